import { Emitter } from "../../shared/emitter";
import { errorText, type ApiClient } from "../../console/state/api";
import { readList } from "../../console/state/readers";
import { readHit } from "./readers";
import type { Hit } from "./types";

export const MIN_QUERY = 2;
const PAUSE_MS = 250;

/** Search over all messages; only the answer to the newest query counts. */
export class SearchStore extends Emitter {
  query = "";
  hits: readonly Hit[] = [];
  next: string | null = null;
  status: "idle" | "loading" | "done" | "failed" = "idle";
  error: string | null = null;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly api: ApiClient) {
    super();
  }

  /** Waits until the typing pauses. */
  type(query: string): void {
    if (query === this.query) return;
    this.query = query;
    this.asked += 1;
    if (this.timer) clearTimeout(this.timer);
    if (query.trim().length < MIN_QUERY) {
      this.hits = [];
      this.next = null;
      this.status = "idle";
    } else {
      this.status = "loading";
      this.timer = setTimeout(() => void this.run(null), PAUSE_MS);
    }
    this.emit();
  }

  submit(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.query.trim().length >= MIN_QUERY) void this.run(null);
  }

  async more(): Promise<void> {
    if (this.next && this.status !== "loading") await this.run(this.next);
  }

  private async run(before: string | null): Promise<void> {
    const asked = ++this.asked;
    this.status = "loading";
    this.emit();
    try {
      const answer = await this.api.get("/search", { q: this.query.trim(), before, limit: 30 });
      if (asked !== this.asked) return;
      const hits = readList(answer.hits, readHit);
      this.hits = before === null ? hits : [...this.hits, ...hits];
      this.next = typeof answer.next === "string" ? answer.next : null;
      this.status = "done";
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }
}

/** `text` cut around its first match, in pieces of which some are to be marked. */
export function highlight(text: string, query: string, around = 90): { text: string; hit: boolean }[] {
  const words = query.trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!words.length) return [{ text, hit: false }];
  const pattern = new RegExp(`(${words.join("|")})`, "giu");
  const first = text.search(pattern);
  const from = first > around ? text.lastIndexOf(" ", first - around / 2) + 1 : 0;
  const shown = (from > 0 ? "… " : "") + text.slice(from, from + around * 3) + (from + around * 3 < text.length ? " …" : "");
  return shown
    .split(pattern)
    .map((piece, index) => ({ text: piece, hit: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
