import { Emitter } from "../../shared/emitter";
import { errorText, type ApiClient } from "../../console/state/api";
import { readList } from "../../console/state/readers";
import { readAuditEntry } from "./readers";
import type { AuditEntry } from "./types";

const PAGE = 50;

/** What has happened to accounts, newest first. */
export class AuditStore extends Emitter {
  entries: readonly AuditEntry[] = [];
  status: "idle" | "loading" | "done" | "failed" = "idle";
  error: string | null = null;
  private next: number | null = null;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  /** From the newest on. */
  async load(): Promise<void> {
    await this.read(null);
  }

  async more(): Promise<void> {
    if (this.next !== null && this.status !== "loading") await this.read(this.next);
  }

  private async read(before: number | null): Promise<void> {
    const asked = ++this.asked;
    this.status = "loading";
    this.emit();
    try {
      const answer = await this.api.get("/audit", { before, limit: PAGE });
      if (asked !== this.asked) return;
      const entries = readList(answer.entries, readAuditEntry);
      this.entries = before === null ? entries : [...this.entries, ...entries];
      this.next = typeof answer.next === "number" ? answer.next : null;
      this.status = "done";
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }
}
