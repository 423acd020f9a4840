import type { ApiClient } from "../../../console/state/api";
import { readList } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { readRanked, readWarning } from "../../state/readers";
import type { Ranked, Warning } from "../../state/types";

const PAUSE_MS = 350;

export interface Preview {
  warnings: Warning[];
  ranking: Ranked[];
}

/** What a sentence would be warned about, and what the live bot makes of it, while it is being written. */
export class PreviewStore extends Emitter {
  preview: Preview | null = null;
  waiting = false;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: ApiClient,
    private readonly pause = PAUSE_MS,
  ) {
    super();
  }

  /** The text has changed: asks once the writer pauses. */
  look(text: string, intent: string | null): void {
    clearTimeout(this.timer);
    const asked = ++this.asked;
    this.waiting = text.trim() !== "";
    if (!this.waiting) {
      this.preview = null;
      return this.emit();
    }
    this.emit();
    this.timer = setTimeout(() => void this.ask(asked, text.trim(), intent), this.pause);
  }

  private async ask(asked: number, text: string, intent: string | null): Promise<void> {
    const answer = await this.api.post("/sentences/preview", { text, ...(intent ? { intent } : {}) }).catch(() => null);
    if (asked !== this.asked) return;
    this.waiting = false;
    // Without an answer nothing is said, rather than something old.
    this.preview = answer && { warnings: readList(answer.warnings, readWarning), ranking: readList(answer.ranking, readRanked) };
    this.emit();
  }
}
