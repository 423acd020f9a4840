import { ApiError, errorText, type ApiClient } from "../../../console/state/api";
import { readList } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { readGroupDetail, readSaid } from "./readers";
import type { GroupDetail, Said } from "./types";

const KEPT = 30;

/** Groups with all that is known of them; those that come next are read ahead, so that they are there at once. */
export class DetailsStore extends Emitter {
  error: string | null = null;
  private readonly details = new Map<string, GroupDetail>();
  private readonly asking = new Map<string, Promise<void>>();
  private readonly talks = new Map<string, readonly Said[] | "failed">();

  constructor(private readonly api: ApiClient) {
    super();
  }

  get(id: string | null): GroupDetail | null {
    return id === null ? null : (this.details.get(id) ?? null);
  }

  /** Reads a group, unless that is under way; `fresh` also when it is known. */
  load(id: string, fresh = false): Promise<void> {
    if (!fresh && this.details.has(id)) return Promise.resolve();
    const running = this.asking.get(id);
    if (running) return running;
    const task = this.read(id).finally(() => this.asking.delete(id));
    this.asking.set(id, task);
    return task;
  }

  put(detail: GroupDetail): void {
    this.details.delete(detail.id);
    this.details.set(detail.id, detail);
    for (const id of this.details.keys()) {
      if (this.details.size <= KEPT) break;
      this.details.delete(id);
    }
    this.emit();
  }

  forget(id: string): void {
    this.details.delete(id);
  }

  conversation(message: string): readonly Said[] | "failed" | null {
    return this.talks.get(message) ?? null;
  }

  async loadConversation(message: string): Promise<void> {
    const known = this.talks.get(message);
    if (known && known !== "failed") return;
    const answer = await this.api.get(`/inbox/messages/${encodeURIComponent(message)}/conversation`).catch(() => null);
    this.talks.set(message, answer ? readList(answer.messages, readSaid) : "failed");
    this.emit();
  }

  private async read(id: string): Promise<void> {
    try {
      const detail = readGroupDetail(await this.api.get(`/inbox/${encodeURIComponent(id)}`));
      this.error = null;
      if (detail) this.put(detail);
    } catch (error) {
      const gone = error instanceof ApiError && error.status === 404;
      this.error = gone ? "Kelompok ini tidak ada lagi: pesannya sudah masuk kelompok lain." : errorText(error);
      this.emit();
    }
  }
}
