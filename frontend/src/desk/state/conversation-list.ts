import { Emitter } from "../../shared/emitter";
import { isRecord } from "../../shared/protocol";
import { errorText, type ApiClient } from "./api";
import { readCounts, readList, readRow } from "./readers";
import type { Counts, Filter, Row } from "./types";

export const PAGE_SIZE = 50;
const SETTLE_MS = 400;

interface Page {
  rows: Row[];
  next: string | null;
  loaded: boolean;
}

const emptyPage = (): Page => ({ rows: [], next: null, loaded: false });

/** The list of conversations under one filter at a time, kept up to date by news. */
export class ConversationList extends Emitter {
  filter: Filter = "queue";
  unreadOnly = false;
  counts: Counts = { mine: 0, queue: 0, bot: 0, others: 0, unread: 0 };
  loading = false;
  error: string | null = null;
  /** Stays in the list although it has been read meanwhile. */
  openId: string | null = null;
  private page = emptyPage();
  private asked = 0;
  private settling: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly api: ApiClient,
    private readonly myId: () => string | null,
  ) {
    super();
  }

  get rows(): readonly Row[] {
    return this.page.rows;
  }

  get hasMore(): boolean {
    return this.page.next !== null;
  }

  /** Nothing is known yet, as opposed to: there is nothing. */
  get blank(): boolean {
    return !this.page.loaded;
  }

  show(filter: Filter, unreadOnly = this.unreadOnly): Promise<void> {
    if (filter !== this.filter || unreadOnly !== this.unreadOnly) this.page = emptyPage();
    this.filter = filter;
    this.unreadOnly = unreadOnly;
    return this.reload();
  }

  /** The first pages anew, as many as are shown; the rows on screen stay until the answer is here. */
  async reload(): Promise<void> {
    const limit = Math.min(Math.max(PAGE_SIZE, this.page.rows.length), 200);
    await this.fetch(null, limit);
  }

  async loadMore(): Promise<void> {
    if (!this.page.next || this.loading) return;
    await this.fetch(this.page.next, PAGE_SIZE);
  }

  /** The neighbour of `id`, or the first row. */
  neighbour(id: string | null, step: 1 | -1): Row | null {
    const at = this.page.rows.findIndex((row) => row.id === id);
    if (at < 0) return this.page.rows[0] ?? null;
    return this.page.rows[at + step] ?? null;
  }

  /** News of one conversation: it moves within the list, into it, or out of it. */
  apply(payload: unknown): Row | null {
    if (!isRecord(payload)) return null;
    const row = readRow(payload.conversation);
    const counts = readCounts(payload.counts);
    if (counts) this.counts = counts;
    if (row) this.put(row);
    this.emit();
    return row;
  }

  put(row: Row): void {
    const before = this.page.rows.find((other) => other.id === row.id);
    const rows = this.page.rows.filter((other) => other.id !== row.id);
    if (this.belongs(row)) {
      const at = before ? this.placeOf(rows, row, before) : this.position(rows, row);
      // Beyond the last row that is loaded there may be others before it.
      if (before || at < rows.length || !this.page.next) rows.splice(at, 0, row);
    }
    this.page.rows = rows;
    // Who returns to the front of the queue, and how it moves up, only the server knows.
    if (this.filter === "queue" && before?.state !== row.state) this.reloadSoon();
    this.emit();
  }

  private placeOf(rows: Row[], row: Row, before: Row): number {
    const moved = this.filter === "queue" ? row.waitingSince !== before.waitingSince : row.lastAt !== before.lastAt;
    return moved ? this.position(rows, row) : this.page.rows.indexOf(before);
  }

  private position(rows: Row[], row: Row): number {
    const at =
      this.filter === "queue"
        ? rows.findIndex((other) => (other.waitingSince ?? "") > (row.waitingSince ?? ""))
        : rows.findIndex((other) => other.lastAt < row.lastAt);
    return at < 0 ? rows.length : at;
  }

  private belongs(row: Row): boolean {
    if (this.unreadOnly && row.unread === 0 && row.id !== this.openId) return false;
    switch (this.filter) {
      case "mine":
        return row.state === "agent" && row.agent?.id === this.myId();
      case "others":
        return row.state === "agent" && row.agent?.id !== this.myId();
      default:
        return row.state === this.filter;
    }
  }

  private reloadSoon(): void {
    if (this.settling) clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.settling = null;
      if (this.filter === "queue") void this.reload();
    }, SETTLE_MS);
  }

  private async fetch(before: string | null, limit: number): Promise<void> {
    const asked = ++this.asked;
    this.loading = true;
    this.emit();
    try {
      const query = { filter: this.filter, unread: this.unreadOnly ? 1 : null, before, limit };
      const answer = await this.api.get("/conversations", query);
      if (asked !== this.asked) return;
      const rows = readList(answer.conversations, readRow);
      const known = before === null ? [] : this.page.rows;
      const ids = new Set(known.map((row) => row.id));
      this.page = {
        rows: [...known, ...rows.filter((row) => !ids.has(row.id))],
        next: typeof answer.next === "string" ? answer.next : null,
        loaded: true,
      };
      this.counts = readCounts(answer.counts) ?? this.counts;
      this.error = null;
    } catch (error) {
      if (asked === this.asked) this.error = errorText(error);
    }
    if (asked !== this.asked) return;
    this.loading = false;
    this.emit();
  }
}
