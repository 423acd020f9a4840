import { Emitter } from "../../shared/emitter";
import type { ApiClient } from "../../console/state/api";
import { readList } from "../../console/state/readers";
import { readNote, readSuggestion } from "./readers";
import type { Note, Suggestion } from "./types";

const SUGGESTIONS = 3;

/** What stands beside the log of the open conversation: internal notes, and clauses that fit the customer's last message. */
export class Beside extends Emitter {
  notes: readonly Note[] = [];
  suggestions: readonly Suggestion[] = [];
  private id: string | null = null;
  private suggestedFor = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  /** Another conversation, or none. */
  turnTo(id: string | null): void {
    this.id = id;
    this.notes = this.suggestions = [];
    this.suggestedFor = 0;
  }

  async loadNotes(): Promise<void> {
    const notes = await this.ask("notes");
    if (!notes) return;
    this.notes = readList(notes.notes, readNote);
    this.emit();
  }

  async addNote(text: string): Promise<void> {
    if (this.id === null) return;
    await this.api.post(this.path("notes"), { text });
    await this.loadNotes();
  }

  /** Asks once for each message of the customer. */
  async suggestFor(seq: number): Promise<void> {
    if (seq === 0 || seq === this.suggestedFor) return;
    this.suggestedFor = seq;
    const answer = await this.ask("suggestions");
    if (!answer || seq !== this.suggestedFor) return;
    this.suggestions = readList(answer.suggestions, readSuggestion).slice(0, SUGGESTIONS);
    this.emit();
  }

  private path(what: string): string {
    return `/conversations/${encodeURIComponent(this.id ?? "")}/${what}`;
  }

  /** Null where nothing came, or came too late: the conversation goes on without it. */
  private async ask(what: string): Promise<Record<string, unknown> | null> {
    const { id } = this;
    if (id === null) return null;
    const answer = await this.api.get(this.path(what)).catch(() => null);
    return id === this.id ? answer : null;
  }
}
