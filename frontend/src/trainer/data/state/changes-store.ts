import { errorText, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import { count, readList } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { cursor, readChange } from "../../state/readers";
import type { Change } from "../../state/types";

const PAGE = 50;

/** Who has changed what, newest first. */
export class ChangesStore extends Emitter {
  changes: readonly Change[] = [];
  unpublished = 0;
  status: "idle" | "loading" | "ready" | "failed" = "idle";
  error: string | null = null;
  private next: string | number | null = null;
  private asked = 0;
  private readonly attempts: Attempts;

  constructor(private readonly api: ApiClient) {
    super();
    this.attempts = new Attempts(api);
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  load(): Promise<void> {
    return this.read(null);
  }

  async more(): Promise<void> {
    if (this.next !== null && this.status !== "loading") await this.read(this.next);
  }

  /** Undoes a change; refused with words where what it has changed is another by now. */
  async undo(number: number): Promise<Change | null> {
    const change = readChange((await this.attempts.post(`/changes/${number}/undo`)).change);
    this.changes = this.changes.map((one) => (one.number === number ? { ...one, canUndo: false, undoneBy: change?.number ?? null } : one));
    if (change) this.changes = [change, ...this.changes];
    this.emit();
    return change;
  }

  private async read(before: string | number | null): Promise<void> {
    const asked = ++this.asked;
    this.status = "loading";
    this.emit();
    try {
      const answer = await this.api.get("/changes", { before, limit: PAGE });
      if (asked !== this.asked) return;
      const found = readList(answer.changes, readChange);
      this.changes = before === null ? found : [...this.changes, ...found];
      this.unpublished = count(answer.unpublished);
      this.next = cursor(answer.next);
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
