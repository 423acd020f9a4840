import { Emitter } from "../../../shared/emitter";
import { PAID_STATES } from "../../../shared/paid/words";
import { isRecord } from "../../../shared/protocol";
import { errorText, type ApiClient } from "../../../console/state/api";
import { readList } from "../../../console/state/readers";
import type { Counts } from "./columns";
import { readPaidRow } from "./readers";
import type { PaidRow } from "./types";

const PAGE = 100;
/** More open requests than that are not worked from a board. */
const MOST_PAGES = 5;
const PAUSE_MS = 250;
const RECOUNT_MS = 400;

/** All requests that are open, the newest of those that have ended, or what a search has found. */
export class BoardStore extends Emitter {
  counts: Counts = {};
  query = "";
  status: "idle" | "loading" | "ready" | "failed" = "idle";
  error: string | null = null;
  private rowsById = new Map<string, PaidRow>();
  /** What was told while a load was under way, which may have begun before it. */
  private fresh = new Map<string, PaidRow>();
  private olderCursor: string | null = null;
  private asked = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private recount: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: ApiClient) {
    super();
  }

  get rows(): PaidRow[] {
    return [...this.rowsById.values()];
  }

  /** Ended requests beyond those that are here. */
  get hasOlder(): boolean {
    return this.olderCursor !== null;
  }

  /** What only staff can move on: the badge of the page. */
  get waiting(): number {
    return (this.counts.requested ?? 0) + (this.counts.paid ?? 0);
  }

  stop(): void {
    clearTimeout(this.pause);
    clearTimeout(this.recount);
    this.asked += 1;
    this.rowsById = new Map();
    this.counts = {};
    this.query = "";
    this.status = "idle";
  }

  /** Waits until the typing pauses. */
  search(query: string): void {
    this.query = query;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.load(), PAUSE_MS);
    this.emit();
  }

  async load(): Promise<void> {
    clearTimeout(this.pause);
    const ticket = ++this.asked;
    const found = new Map<string, PaidRow>();
    this.status = "loading";
    this.fresh = new Map();
    this.emit();
    try {
      const query = this.query.trim();
      const counts = query ? await this.pages("all", query, found) : await this.pages("open", "", found);
      const ended = query ? null : await this.page("closed", "", null, found);
      if (ticket !== this.asked) return;
      this.counts = counts;
      this.olderCursor = ended?.next ?? null;
      for (const [id, row] of this.fresh) {
        const known = found.get(id);
        if (known ? known.updatedAt < row.updatedAt : !query) found.set(id, row);
      }
      this.rowsById = found;
      this.status = "ready";
      this.error = null;
    } catch (error) {
      if (ticket !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }

  async loadOlder(): Promise<void> {
    const ticket = this.asked;
    const found = new Map<string, PaidRow>();
    try {
      const { next } = await this.page("closed", "", this.olderCursor, found);
      if (ticket !== this.asked) return;
      for (const [id, row] of found) if (!this.rowsById.has(id)) this.rowsById.set(id, row);
      this.olderCursor = next;
    } catch (error) {
      this.error = errorText(error);
    }
    this.emit();
  }

  /** News of the socket, or the answer to something done here. */
  apply(payload: unknown): PaidRow | null {
    const row = readPaidRow(isRecord(payload) ? payload.request : null);
    if (row) this.put(row);
    return row;
  }

  put(row: PaidRow): void {
    if (this.status === "loading") this.fresh.set(row.id, row);
    const known = this.rowsById.get(row.id);
    // An older copy may come later than a newer one.
    if (known && known.updatedAt > row.updatedAt) return;
    if (known || (!this.query.trim() && this.status === "ready")) this.rowsById.set(row.id, row);
    if (!known || known.state !== row.state) this.countAgain();
    this.emit();
  }

  /** Numbers of the whole, without the rows. */
  async loadCounts(): Promise<void> {
    const answer = await this.api.get("/paid-requests", { state: "open", limit: 1 }).catch(() => null);
    if (!answer) return;
    this.counts = readCounts(answer.counts);
    this.emit();
  }

  /** Once for many news. */
  private countAgain(): void {
    clearTimeout(this.recount);
    this.recount = setTimeout(() => void this.loadCounts(), RECOUNT_MS);
  }

  private async pages(state: string, query: string, found: Map<string, PaidRow>): Promise<Counts> {
    let answer = await this.page(state, query, null, found);
    const { counts } = answer;
    for (let page = 1; answer.next && page < MOST_PAGES; page += 1) answer = await this.page(state, query, answer.next, found);
    return counts;
  }

  private async page(state: string, q: string, before: string | null, found: Map<string, PaidRow>): Promise<{ next: string | null; counts: Counts }> {
    const answer = await this.api.get("/paid-requests", { state, q, before, limit: PAGE });
    for (const row of readList(answer.requests, readPaidRow)) found.set(row.id, row);
    return { next: typeof answer.next === "string" ? answer.next : null, counts: readCounts(answer.counts) };
  }
}

function readCounts(value: unknown): Counts {
  if (!isRecord(value)) return {};
  return Object.fromEntries(PAID_STATES.flatMap((state) => (Number.isSafeInteger(value[state]) ? [[state, value[state] as number]] : [])));
}

