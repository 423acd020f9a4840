import { errorText, type ApiClient } from "../../../console/state/api";
import { readList } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { cursor } from "../../state/readers";
import { readCounts, readGroup } from "./readers";
import type { Counts, Group, ListName } from "./types";

const PAGE = 50;

/** The groups of one list, those first that help the bot most. */
export class InboxStore extends Emitter {
  list: ListName = "open";
  reason: string | null = null;
  counts: Counts = { open: 0, mine: 0, done: 0, ignored: 0 };
  status: "idle" | "loading" | "ready" | "failed" = "idle";
  error: string | null = null;
  private loaded: readonly Group[] = [];
  /** Decided here, while the server may not know it yet; skipped ones stand behind all others. */
  private readonly gone = new Set<string>();
  private skipped: readonly string[] = [];
  private next: string | number | null = null;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  get groups(): Group[] {
    const left = this.loaded.filter((group) => !this.gone.has(group.id));
    const later = (group: Group): number => this.skipped.indexOf(group.id);
    return left.filter((group) => later(group) < 0).concat(left.filter((group) => later(group) >= 0).sort((a, b) => later(a) - later(b)));
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  /** How many are open, those that were decided a moment ago left out. */
  get open(): number {
    const mine = this.list === "open" ? this.loaded.filter((group) => this.gone.has(group.id)).length : 0;
    return Math.max(0, this.counts.open - mine);
  }

  find(id: string): Group | null {
    return this.loaded.find((group) => group.id === id) ?? null;
  }

  async show(list: ListName, reason: string | null = null): Promise<void> {
    this.list = list;
    this.reason = reason;
    this.loaded = [];
    this.next = null;
    this.status = "loading";
    this.emit();
    await this.refresh();
  }

  /** What is listed, anew: as many as are on screen. */
  async refresh(): Promise<void> {
    const asked = ++this.asked;
    const wanted = Math.max(PAGE, this.loaded.length);
    const found = new Map<string, Group>();
    try {
      let before: string | number | null = null;
      do {
        const answer = await this.page(before);
        if (asked !== this.asked) return;
        for (const group of readList(answer.groups, readGroup)) found.set(group.id, group);
        this.counts = readCounts(answer.counts);
        before = cursor(answer.next);
      } while (before !== null && found.size < wanted);
      this.loaded = [...found.values()];
      this.next = before;
      this.settled(null);
    } catch (error) {
      if (asked === this.asked) this.settled(errorText(error));
    }
  }

  async more(): Promise<void> {
    if (this.next === null || this.status === "loading") return;
    const asked = ++this.asked;
    this.status = "loading";
    this.emit();
    try {
      const answer = await this.page(this.next);
      if (asked !== this.asked) return;
      const known = new Set(this.loaded.map((group) => group.id));
      this.loaded = [...this.loaded, ...readList(answer.groups, readGroup).filter((group) => !known.has(group.id))];
      this.next = cursor(answer.next);
      this.settled(null);
    } catch (error) {
      if (asked === this.asked) this.settled(errorText(error));
    }
  }

  /** The number of open ones alone, for pages that list nothing. */
  async count(): Promise<void> {
    const answer = await this.api.get("/inbox", { state: "open", limit: 1 }).catch(() => null);
    if (!answer) return;
    this.counts = readCounts(answer.counts);
    this.emit();
  }

  /** Takes a group out of the list, or behind all others, before the server has answered. */
  take(id: string, how: "gone" | "skipped"): void {
    if (how === "gone") this.gone.add(id);
    else this.skipped = [...this.skipped.filter((one) => one !== id), id];
    this.emit();
  }

  /** The server has refused it, or it was undone: back to where it helps most. */
  putBack(group: Group): void {
    this.gone.delete(group.id);
    this.skipped = this.skipped.filter((one) => one !== group.id);
    if (!this.find(group.id) && this.list === "open") {
      const at = this.loaded.findIndex((one) => one.gain < group.gain);
      this.loaded = at < 0 ? [...this.loaded, group] : [...this.loaded.slice(0, at), group, ...this.loaded.slice(at)];
      this.counts = { ...this.counts, open: this.counts.open + 1 };
    }
    this.asked += 1;
    this.emit();
  }

  /** The server knows of the decision: from here on its list is right. */
  settle(id: string): void {
    this.loaded = this.loaded.filter((group) => group.id !== id || !this.gone.has(id));
    if (this.gone.delete(id) && this.list === "open") this.counts = { ...this.counts, open: Math.max(0, this.counts.open - 1) };
    // An answer that was asked for before the decision is of no use.
    this.asked += 1;
    this.emit();
  }

  /** The one `step` further from `id`; the first where it is not listed. */
  beside(id: string | null, step: 1 | -1): Group | null {
    const { groups } = this;
    const at = groups.findIndex((group) => group.id === id);
    if (at < 0) return groups[0] ?? null;
    return groups[at + step] ?? null;
  }

  private page(before: string | number | null): Promise<Record<string, unknown>> {
    return this.api.get("/inbox", { state: this.list, reason: this.reason, before, limit: PAGE });
  }

  private settled(error: string | null): void {
    this.status = error === null ? "ready" : "failed";
    this.error = error;
    this.emit();
  }
}
