import { errorText, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import { numberOrNull, readList, record, string, stringOrNull, strings } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { isRecord } from "../../../shared/protocol";
import type { KeptConversation, KeptMessage, KeptTurn, Result, Results } from "./types";

const readMessage = record<KeptMessage>((value) =>
  stringOrNull(value.id) === null ? null : { id: string(value.id), text: string(value.text), outcomes: strings(value.outcomes), clauses: strings(value.clauses) },
);

const readTurn = record<KeptTurn>((value) => ({
  text: string(value.text),
  intent: string(value.intent),
  outcome: string(value.outcome),
  clauses: strings(value.clauses),
}));

const readConversation = record<KeptConversation>((value) =>
  stringOrNull(value.id) === null ? null : { id: string(value.id), name: string(value.name), turns: readList(value.turns, readTurn) },
);

const readResult = record<Result>((value) => {
  const actual = isRecord(value.actual) ? value.actual : {};
  return { right: value.right === true, actual: { outcome: string(actual.outcome), clauses: strings(actual.clauses), intent: string(actual.intent) } };
});

const rows = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

function readResults(value: unknown): Results | null {
  if (!isRecord(value)) return null;
  return {
    version: numberOrNull(value.version),
    at: string(value.at),
    messages: new Map(rows(value.messages).flatMap((row) => (readResult(row) ? [[string(row.id), readResult(row)!]] : []))),
    conversations: new Map(rows(value.conversations).map((row) => [string(row.id), readList(row.turns, readResult)])),
  };
}

/** What is kept as a test, and what it came to when it was last run. */
export class KeptStore extends Emitter {
  messages: readonly KeptMessage[] = [];
  conversations: readonly KeptConversation[] = [];
  results: Results | null = null;
  status: "idle" | "ready" | "failed" = "idle";
  error: string | null = null;
  onlyWrong = false;
  private readonly attempts: Attempts;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
    this.attempts = new Attempts(api);
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const answer = await this.api.get("/tests");
      if (asked !== this.asked) return;
      this.messages = readList(answer.messages, readMessage);
      this.conversations = readList(answer.conversations, readConversation);
      this.results = readResults(answer.results);
      this.status = "ready";
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }

  filter(onlyWrong: boolean): void {
    this.onlyWrong = onlyWrong;
    this.emit();
  }

  /** null: not run since it was kept or changed. */
  verdict(test: KeptMessage | KeptConversation): boolean | null {
    if (!("turns" in test)) return this.results?.messages.get(test.id)?.right ?? null;
    const turns = this.results?.conversations.get(test.id);
    return turns?.length === test.turns.length ? turns.every((turn) => turn.right) : null;
  }

  get score(): { right: number; run: number; all: number } {
    const verdicts = [...this.messages, ...this.conversations].map((test) => this.verdict(test));
    return { right: verdicts.filter((one) => one === true).length, run: verdicts.filter((one) => one !== null).length, all: verdicts.length };
  }

  async run(): Promise<void> {
    await this.attempts.post("/tests/run");
  }

  async addMessage(text: string, outcomes: string[], clauses: string[]): Promise<void> {
    await this.attempts.post("/tests/messages", { text, outcomes, clauses });
    await this.load();
  }

  async deleteMessage(id: string): Promise<void> {
    await this.attempts.post(`/tests/messages/${encodeURIComponent(id)}/delete`);
    await this.load();
  }

  async saveConversation(id: string | null, name: string, turns: KeptTurn[]): Promise<void> {
    if (id === null) await this.attempts.post("/tests/conversations", { name, turns });
    else await this.attempts.put(`/tests/conversations/${encodeURIComponent(id)}`, { name, turns });
    await this.load();
  }

  /** Gives what was kept, to be looked through. */
  async addFromChat(conversationId: string, until: number | null, name: string): Promise<KeptConversation | null> {
    const body = { conversation_id: conversationId, name, ...(until === null ? {} : { until }) };
    const kept = readConversation(await this.attempts.post("/tests/conversations/from-chat", body));
    await this.load();
    return kept;
  }

  async deleteConversation(id: string): Promise<void> {
    await this.attempts.post(`/tests/conversations/${encodeURIComponent(id)}/delete`);
    await this.load();
  }
}
