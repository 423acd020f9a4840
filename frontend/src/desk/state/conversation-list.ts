import { Emitter } from "../../shared/emitter";
import { isRecord } from "../../shared/protocol";
import { errorText, type ApiClient } from "../../console/state/api";
import { readList } from "../../console/state/readers";
import { readCounts, readRow } from "./readers";
import type { Counts, Filter, Row } from "./types";

export const PAGE_SIZE = 50;
/** The most that the server gives at once. */
const LARGEST_PAGE = 100;
const SETTLE_MS = 400;
const COUNTS_MS = 1500;

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
  private counting: ReturnType<typeof setTimeout> | null = null;

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

  /** The beginning anew; the rows on screen stay until the answer is here, and those further down beyond it. */
  async reload(): Promise<void> {
    await this.fetch(null, Math.min(Math.max(PAGE_SIZE, this.page.rows.length), LARGEST_PAGE), true);
  }

  /** After a while without news: nothing that is known holds. */
  async restart(): Promise<void> {
    await this.fetch(null, Math.min(Math.max(PAGE_SIZE, this.page.rows.length), LARGEST_PAGE), false);
  }

  stop(): void {
    for (const timer of [this.settling, this.counting]) if (timer) clearTimeout(timer);
    this.settling = this.counting = null;
  }

  async loadMore(): Promise<void> {
    if (!this.page.next || this.loading) return;
    await this.fetch(this.page.next, PAGE_SIZE, true);
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
    else this.countSoon();
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
    const at = rows.findIndex((other) => this.goesBefore(row, other));
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

  /** News go to all consoles alike and hold no counts: they are asked for, but not once for every message. */
  private countSoon(): void {
    this.counting ??= setTimeout(() => {
      this.counting = null;
      void this.count();
    }, COUNTS_MS);
  }

  private async count(): Promise<void> {
    const answer = await this.api.get("/conversations", { filter: "mine", limit: 1 }).catch(() => null);
    this.counts = readCounts(answer?.counts) ?? this.counts;
    this.emit();
  }

  private async fetch(before: string | null, limit: number, keep: boolean): Promise<void> {
    const asked = ++this.asked;
    this.loading = true;
    this.emit();
    try {
      const query = { filter: this.filter, unread: this.unreadOnly ? 1 : null, before, limit };
      const answer = await this.api.get("/conversations", query);
      if (asked !== this.asked) return;
      const rows = readList(answer.conversations, readRow);
      const next = typeof answer.next === "string" ? answer.next : null;
      this.page = before === null ? this.begun(rows, next, keep) : this.continued(rows, next);
      this.counts = readCounts(answer.counts) ?? this.counts;
      this.error = null;
    } catch (error) {
      if (asked === this.asked) this.error = errorText(error);
    }
    if (asked !== this.asked) return;
    this.loading = false;
    this.emit();
  }

  private continued(rows: Row[], next: string | null): Page {
    const ids = new Set(this.page.rows.map((row) => row.id));
    return { rows: [...this.page.rows, ...rows.filter((row) => !ids.has(row.id))], next, loaded: true };
  }

  /** A list that is longer than one answer keeps its rest. */
  private begun(rows: Row[], next: string | null, keep: boolean): Page {
    const last = rows.at(-1);
    if (!keep || next === null || !last || this.page.rows.length <= rows.length) return { rows, next, loaded: true };
    const ids = new Set(rows.map((row) => row.id));
    const rest = this.page.rows.filter((row) => !ids.has(row.id) && !this.goesBefore(row, last));
    return rest.length ? { rows: [...rows, ...rest], next: this.page.next, loaded: true } : { rows, next, loaded: true };
  }

  private goesBefore(a: Row, b: Row): boolean {
    return this.filter === "queue" ? (a.waitingSince ?? "") < (b.waitingSince ?? "") : a.lastAt > b.lastAt;
  }
}
