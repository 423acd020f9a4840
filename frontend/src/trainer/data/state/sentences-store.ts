import { errorText, type ApiClient } from "../../../console/state/api";
import { count, readList } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { cursor, readSentence } from "../../state/readers";
import type { Sentence } from "../../state/types";
import type { Wanted } from "./types";

const PAGE = 100;

/** The training sentences that are asked for, page by page as they come into sight. */
export class SentencesStore extends Emitter {
  wanted: Wanted = { intent: null, q: "", warning: null };
  sentences: readonly Sentence[] = [];
  total = 0;
  status: "idle" | "loading" | "ready" | "failed" = "idle";
  error: string | null = null;
  private next: string | number | null = null;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  async show(wanted: Wanted): Promise<void> {
    this.wanted = wanted;
    this.sentences = [];
    this.total = 0;
    this.next = null;
    this.status = "loading";
    this.emit();
    await this.read(null, PAGE);
  }

  async more(): Promise<void> {
    if (this.next === null || this.status === "loading") return;
    this.status = "loading";
    this.emit();
    await this.read(this.next, PAGE);
  }

  /** Anew, as far as it was read; what is shown stays until all of it is there. */
  refresh(): Promise<void> {
    return this.read(null, Math.max(PAGE, this.sentences.length));
  }

  /** Another version of `id` here, or none any more, as the server has just said. */
  replace(id: string, sentence: Sentence | null): void {
    const before = this.sentences.length;
    this.sentences = this.sentences.flatMap((one) => (one.id !== id ? one : sentence && this.fits(sentence) ? sentence : []));
    this.total = Math.max(0, this.total - (before - this.sentences.length));
    this.emit();
  }

  private fits(sentence: Sentence): boolean {
    return this.wanted.intent === null || sentence.intent === this.wanted.intent;
  }

  /** Reads `wanted` sentences from `before` on. */
  private async read(before: string | number | null, wanted: number): Promise<void> {
    const asked = ++this.asked;
    const found = before === null ? [] : [...this.sentences];
    const enough = before === null ? wanted : found.length + wanted;
    const { intent, q, warning } = this.wanted;
    try {
      let next = before;
      do {
        const answer = await this.api.get("/sentences", { intent, q: q.trim(), warning, before: next, limit: PAGE });
        if (asked !== this.asked) return;
        found.push(...readList(answer.sentences, readSentence));
        this.total = count(answer.total);
        next = cursor(answer.next);
      } while (next !== null && found.length < enough);
      this.sentences = found;
      this.next = next;
      this.status = "ready";
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }
}
