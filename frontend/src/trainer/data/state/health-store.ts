import type { ApiClient } from "../../../console/state/api";
import { count, readList, record, string, stringOrNull, strings } from "../../../console/state/readers";
import { isRecord } from "../../../shared/protocol";
import { Emitter } from "../../../shared/emitter";
import type { Broken } from "./types";

const readBroken = record<Broken>((value) => (stringOrNull(value.file) === null ? null : { file: string(value.file), problem: string(value.problem) }));

/** What the training data are warned about, as a whole. */
export class HealthStore extends Emitter {
  counts: Readonly<Record<string, number>> = {};
  thin: readonly string[] = [];
  checkedAt: string | null = null;
  files: readonly Broken[] = [];

  constructor(private readonly api: ApiClient) {
    super();
  }

  /** How many warnings there are of all kinds. */
  get all(): number {
    return Object.values(this.counts).reduce((sum, one) => sum + one, 0);
  }

  async load(): Promise<void> {
    const answer = await this.api.get("/warnings").catch(() => null);
    if (!answer) return;
    this.counts = isRecord(answer.counts) ? Object.fromEntries(Object.entries(answer.counts).map(([kind, value]) => [kind, count(value)])) : {};
    this.thin = strings(answer.thin);
    this.checkedAt = stringOrNull(answer.checked_at);
    this.files = readList(answer.files, readBroken);
    this.emit();
  }
}
