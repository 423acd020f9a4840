import { ApiError, errorText, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import type { Toasts } from "../../../console/state/toasts";
import { Emitter } from "../../../shared/emitter";
import { readChange, readSentence } from "../../state/readers";
import type { Change, Sentence } from "../../state/types";
import { ChangesStore } from "./changes-store";
import { HealthStore } from "./health-store";
import { PreviewStore } from "./preview-store";
import { SentencesStore } from "./sentences-store";

export type Mode = "edit" | "move" | "delete";

/** The sentence that is being worked at; kept here, so that scrolling it out of sight loses nothing. */
export interface Open {
  id: string;
  mode: Mode;
  text: string;
}

/** The training data without a screen: what is listed, and what is done to it. */
export class Workshop extends Emitter {
  readonly list: SentencesStore;
  readonly health: HealthStore;
  readonly changes: ChangesStore;
  readonly preview: PreviewStore;
  open: Open | null = null;
  /** The newest change that was made here. */
  last: Change | null = null;
  busy = false;
  private unpublished: number | null = null;
  private readonly attempts: Attempts;

  constructor(
    api: ApiClient,
    private readonly toasts: Toasts,
    private readonly changed: () => void,
  ) {
    super();
    this.list = new SentencesStore(api);
    this.health = new HealthStore(api);
    this.changes = new ChangesStore(api);
    this.preview = new PreviewStore(api);
    this.attempts = new Attempts(api);
    for (const store of [this.list, this.health, this.changes, this.preview]) store.subscribe(() => this.emit());
  }

  /** How many changes wait to be published: another number than before means that somebody has changed something. */
  notice(unpublished: number): void {
    const before = this.unpublished;
    this.unpublished = unpublished;
    if (before === null || before === unpublished || this.busy) return;
    void this.health.load();
    if (this.changes.status === "ready") void this.changes.load();
    // Whoever is writing is not to lose the place.
    if (this.list.status === "ready" && !this.open) void this.list.refresh();
  }

  start(sentence: Sentence, mode: Mode): void {
    this.open = { id: sentence.id, mode, text: sentence.text };
    this.emit();
  }

  write(text: string): void {
    if (!this.open) return;
    this.open = { ...this.open, text };
    this.preview.look(text, this.list.sentences.find((one) => one.id === this.open?.id)?.intent ?? null);
  }

  close(): void {
    this.open = null;
    this.preview.look("", null);
    this.emit();
  }

  /** Adds a sentence; true when it is there. */
  add(intent: string, text: string, reason: string): Promise<boolean> {
    return this.change("Kalimat ditambahkan.", async () => {
      const answer = await this.attempts.post("/sentences", { intent, text: text.trim(), ...because(reason) });
      this.preview.look("", null);
      void this.list.refresh();
      return answer;
    });
  }

  edit(sentence: Sentence, text: string, reason: string): Promise<boolean> {
    if (text.trim() === sentence.text) return this.unchanged();
    return this.onSentence(sentence, "Kalimat diubah.", () => this.attempts.put(path(sentence), { text: text.trim(), ...because(reason) }));
  }

  move(sentence: Sentence, intent: string, reason = ""): Promise<boolean> {
    return this.onSentence(sentence, "Kalimat dipindahkan.", () => this.attempts.post(`${path(sentence)}/move`, { intent, ...because(reason) }));
  }

  remove(sentence: Sentence, reason: string): Promise<boolean> {
    return this.onSentence(sentence, "Kalimat dihapus.", () => this.attempts.post(`${path(sentence)}/delete`, because(reason)));
  }

  /** Undoes `change`, by default the newest one that was made here. */
  async undo(change: Pick<Change, "number"> | null = this.last): Promise<boolean> {
    if (!change) return false;
    return this.change("Perubahan dibatalkan.", async () => {
      await this.changes.undo(change.number);
      if (this.last?.number === change.number) this.last = null;
      void this.list.refresh();
      return {};
    });
  }

  private unchanged(): Promise<boolean> {
    this.close();
    return Promise.resolve(true);
  }

  private onSentence(sentence: Sentence, done: string, send: () => Promise<Record<string, unknown>>): Promise<boolean> {
    return this.change(done, async () => {
      const answer = await send();
      this.list.replace(sentence.id, readSentence(answer.sentence));
      this.close();
      return answer;
    });
  }

  private async change(done: string, task: () => Promise<Record<string, unknown>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.emit();
    try {
      this.last = readChange((await task()).change) ?? this.last;
      this.toasts.info(done);
      this.changed();
      void this.health.load();
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    } finally {
      this.busy = false;
      this.emit();
    }
  }

  private failed(error: unknown): void {
    this.toasts.error(dataError(error));
    if (!(error instanceof ApiError) || error.status !== 409) return;
    if (error.code === "training_data_broken") return void this.health.load();
    void this.list.refresh();
  }
}

const path = (sentence: Sentence): string => `/sentences/${encodeURIComponent(sentence.id)}`;
const because = (reason: string): { reason?: string } => (reason.trim() ? { reason: reason.trim() } : {});

/** What to tell somebody whose change was refused. */
export function dataError(error: unknown): string {
  if (error instanceof ApiError && error.code === "training_data_broken") {
    const { file, line, problem } = error.data;
    const where = typeof file === "string" ? ` (${file}${typeof line === "number" ? ` baris ${line}` : ""})` : "";
    return `Berkas latih sedang rusak${where}${typeof problem === "string" ? `: ${problem}` : ""}. Tidak ada yang diubah.`;
  }
  return errorText(error);
}
