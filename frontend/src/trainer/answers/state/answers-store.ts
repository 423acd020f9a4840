import { ApiError, errorText, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import { readList, strings } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { readChange } from "../../state/readers";
import type { Change } from "../../state/types";
import { readAnswer } from "./readers";
import type { Answer } from "./types";

/** What somebody has typed and not saved, of one variant; `from` is the text that they saw. */
interface Draft {
  text: string;
  from: string;
}

/** The bot's fixed answers, what is being typed, and the history of the one that is open. */
export class AnswersStore extends Emitter {
  answers: readonly Answer[] = [];
  status: "idle" | "ready" | "failed" = "idle";
  error: string | null = null;
  onlyReview = false;
  query = "";
  openName: string | null = null;
  variant = 0;
  reason = "";
  changes: readonly Change[] = [];
  /** What the server wants mended before it takes the text. */
  problems: readonly string[] = [];
  /** Somebody else has changed the answer while this was typed. */
  conflict = false;
  busy = false;
  private readonly drafts = new Map<string, Draft>();
  private readonly attempts: Attempts;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
    this.attempts = new Attempts(api);
  }

  get shown(): Answer[] {
    const words = this.query.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const text = (one: Answer): string => [one.title, one.clause ?? "", one.name, ...one.variants.map((variant) => variant.text)].join(" ").toLowerCase();
    return this.answers.filter((one) => (!this.onlyReview || one.review) && words.every((word) => text(one).includes(word)));
  }

  get toReview(): number {
    return this.answers.filter((one) => one.review).length;
  }

  get open(): Answer | null {
    return this.answers.find((one) => one.name === this.openName) ?? null;
  }

  /** The text in the editor: what was typed, else what the bot says. */
  get text(): string {
    return this.drafts.get(this.place)?.text ?? this.saved;
  }

  get changed(): boolean {
    return this.text.trim() !== this.saved.trim();
  }

  hasDraft(name: string): boolean {
    return [...this.drafts.keys()].some((place) => place.startsWith(`${name}/`));
  }

  private get saved(): string {
    return this.open?.variants[this.variant]?.text ?? "";
  }

  private get place(): string {
    return `${this.openName}/${this.variant}`;
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const answers = readList((await this.api.get("/answers")).answers, readAnswer);
      if (asked !== this.asked) return;
      this.answers = answers;
      this.status = "ready";
      this.error = null;
      const draft = this.drafts.get(this.place);
      this.conflict = draft !== undefined && draft.from !== this.saved;
    } catch (error) {
      if (asked !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }

  filter(query: string, onlyReview: boolean): void {
    this.query = query;
    this.onlyReview = onlyReview;
    this.emit();
  }

  show(name: string | null): void {
    if (name === this.openName) return;
    this.openName = name;
    this.pick(0);
    this.changes = [];
    if (name !== null) void this.loadChanges();
  }

  pick(variant: number): void {
    this.variant = variant;
    this.problems = [];
    this.conflict = false;
    this.reason = "";
    this.emit();
  }

  type(text: string): void {
    if (text === this.saved) this.drafts.delete(this.place);
    else this.drafts.set(this.place, { text, from: this.drafts.get(this.place)?.from ?? this.saved });
    this.problems = [];
    this.emit();
  }

  because(reason: string): void {
    this.reason = reason;
  }

  /** Back to what the bot says now. */
  drop(): void {
    this.drafts.delete(this.place);
    this.problems = [];
    this.conflict = false;
    this.emit();
  }

  /** Whether it was saved; what has to be mended first is in `problems`. Throws what cannot be mended here. */
  async save(): Promise<boolean> {
    const answer = this.open;
    if (!answer || this.busy) return false;
    const { place } = this;
    const body = { variant: this.variant, text: this.text, revision: answer.revision, ...(this.reason.trim() ? { reason: this.reason.trim() } : {}) };
    return this.working(async () => {
      try {
        const changed = readAnswer((await this.attempts.put(`/answers/${encodeURIComponent(answer.name)}`, body)).answer);
        this.drafts.delete(place);
        this.reason = "";
        this.problems = [];
        if (changed) this.answers = this.answers.map((one) => (one.name === changed.name ? changed : one));
        void this.loadChanges();
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === "answer_text") this.problems = strings(error.data.problems);
        else if (error.code === "answer_changed") {
          await this.load();
          this.conflict = true;
        } else throw error;
        return false;
      }
    });
  }

  /** The answer stays as it is. */
  async confirm(): Promise<void> {
    const answer = this.open;
    if (!answer) return;
    await this.working(async () => {
      await this.attempts.post(`/answers/${encodeURIComponent(answer.name)}/reviewed`);
      await this.load();
    });
  }

  async undo(change: Change): Promise<void> {
    await this.working(async () => {
      await this.attempts.post(`/changes/${change.number}/undo`);
      await Promise.all([this.load(), this.loadChanges()]);
    });
  }

  private async loadChanges(): Promise<void> {
    const name = this.openName;
    if (name === null) return;
    const answer = await this.api.get(`/answers/${encodeURIComponent(name)}/changes`).catch(() => null);
    if (!answer || name !== this.openName) return;
    this.changes = readList(answer.changes, readChange);
    this.emit();
  }

  private async working<T>(work: () => Promise<T>): Promise<T> {
    this.busy = true;
    this.emit();
    try {
      return await work();
    } finally {
      this.busy = false;
      this.emit();
    }
  }
}
