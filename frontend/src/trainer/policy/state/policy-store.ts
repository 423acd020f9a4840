import { errorText, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import { count, readList, record, string, stringOrNull, strings, type Wire } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import type { DiffPart } from "../../parts/diff-view";

export interface PolicyClause {
  id: string;
  title: string;
  change: string;
  before: string | null;
  after: string | null;
  diff: DiffPart[];
  /** The number under which our answers still have it. */
  movedFrom: string | null;
  answers: string[];
  intent: string | null;
  sentences: number;
}

const readPart = record<DiffPart>((value) => ({ op: string(value.op), text: string(value.text) }));

const readClause = record<PolicyClause>((value) =>
  stringOrNull(value.id) === null
    ? null
    : {
        id: string(value.id),
        title: string(value.title),
        change: string(value.change),
        before: stringOrNull(value.before),
        after: stringOrNull(value.after),
        diff: readList(value.diff, readPart),
        movedFrom: stringOrNull(value.moved_from),
        answers: strings(value.answers),
        intent: stringOrNull(value.intent),
        sentences: count(value.sentences),
      },
);

/** The imported policy beside the former one. */
export class PolicyStore extends Emitter {
  importedAt: string | null = null;
  beforeAt: string | null = null;
  clauses: readonly PolicyClause[] = [];
  status: "idle" | "ready" | "failed" = "idle";
  error: string | null = null;
  onlyChanged = true;
  busy = false;
  private readonly attempts: Attempts;

  constructor(private readonly api: ApiClient) {
    super();
    this.attempts = new Attempts(api);
  }

  get changed(): PolicyClause[] {
    return this.clauses.filter((clause) => clause.change !== "same");
  }

  get shown(): readonly PolicyClause[] {
    return this.onlyChanged && this.changed.length ? this.changed : this.clauses;
  }

  async load(): Promise<void> {
    try {
      this.took(await this.api.get("/policy"));
    } catch (error) {
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }

  filter(onlyChanged: boolean): void {
    this.onlyChanged = onlyChanged;
    this.emit();
  }

  /** Throws what the server says of the document; the former one stays. */
  async import(text: string): Promise<void> {
    this.busy = true;
    this.emit();
    try {
      this.took(await this.attempts.post("/policy", { text }));
      this.onlyChanged = true;
    } finally {
      this.busy = false;
      this.emit();
    }
  }

  private took(answer: Wire): void {
    this.importedAt = stringOrNull(answer.imported_at);
    this.beforeAt = stringOrNull(answer.before_at);
    this.clauses = readList(answer.clauses, readClause);
    this.status = "ready";
    this.error = null;
  }
}
