import { errorText, type ApiClient } from "../../../console/state/api";
import { count, readList, stringOrNull } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { cursor, readVersion } from "../../state/readers";
import type { Version } from "../../state/types";
import { readDifference } from "./readers";
import type { Difference } from "./types";

const PAGE = 50;

/** What a version that only listens would have understood otherwise. */
export class ShadowStore extends Emitter {
  version: Version | null = null;
  since: string | null = null;
  seen = 0;
  different = 0;
  differences: readonly Difference[] = [];
  error: string | null = null;
  private next: string | number | null = null;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  load(): Promise<void> {
    return this.read(null);
  }

  async more(): Promise<void> {
    if (this.next !== null) await this.read(this.next);
  }

  private async read(before: string | number | null): Promise<void> {
    const asked = ++this.asked;
    try {
      const answer = await this.api.get("/shadow", { before, limit: PAGE });
      if (asked !== this.asked) return;
      const found = readList(answer.differences, readDifference);
      this.version = readVersion(answer.version);
      this.since = stringOrNull(answer.since);
      this.seen = count(answer.seen);
      this.different = count(answer.different);
      this.differences = before === null ? found : [...this.differences, ...found];
      this.next = cursor(answer.next);
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.error = errorText(error);
    }
    this.emit();
  }
}
