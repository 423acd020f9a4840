import { ApiError, errorText, NetworkError, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import type { Toasts } from "../../../console/state/toasts";
import { Emitter } from "../../../shared/emitter";
import type { DetailsStore } from "./details-store";
import type { InboxStore } from "./inbox-store";
import { readGroupDetail } from "./readers";
import type { Decision, GroupDetail } from "./types";

interface Made {
  group: GroupDetail;
  decision: Decision;
  /** Numbers of the changes of the training data, once the server has answered; null where it refused. */
  changes: Promise<number[] | null>;
}

const MOST_UNDONE = 50;
const RETRIES = 3;
const RETRY_MS = 400;

/**
 * What a trainer decides: on screen at once, at the server a moment later. A decision that the server refuses puts its
 * group back, with words about it; one whose answer got lost is sent again under its key.
 */
export class Decisions extends Emitter {
  private made: Made[] = [];
  private readonly attempts: Attempts;
  /** How many are under way. */
  pending = 0;

  constructor(
    api: ApiClient,
    private readonly inbox: InboxStore,
    private readonly details: DetailsStore,
    private readonly toasts: Toasts,
    private readonly changed: () => void,
    private readonly wait: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {
    super();
    this.attempts = new Attempts(api);
  }

  get canUndo(): boolean {
    return this.made.length > 0;
  }

  /** Decides; true once the server has agreed. */
  async decide(group: GroupDetail, decision: Decision): Promise<boolean> {
    this.inbox.take(group.id, decision.action === "skip" ? "skipped" : "gone");
    const changes = this.send(group, decision);
    const entry: Made = { group, decision, changes };
    this.made = [...this.made, entry].slice(-MOST_UNDONE);
    this.emit();
    const done = await changes;
    if (done === null) this.made = this.made.filter((one) => one !== entry);
    this.emit();
    return done !== null;
  }

  /** Takes the newest decision back, with what it has added; the group that is open again. */
  async undo(): Promise<GroupDetail | null> {
    const last = this.made.at(-1);
    if (!last) return null;
    this.made = this.made.slice(0, -1);
    this.emit();
    const changes = await last.changes;
    if (changes === null) return null;
    try {
      // Skipping has changed nothing at the server but the place in the list.
      const answer = last.decision.action === "skip" ? last.group : readGroupDetail(await this.attempts.post(`/inbox/${encodeURIComponent(last.group.id)}/reopen`));
      for (const change of [...changes].reverse()) await this.attempts.post(`/changes/${change}/undo`);
      const group = answer ?? last.group;
      this.details.put(group);
      this.inbox.putBack(group);
      this.toasts.info("Keputusan terakhir dibatalkan.");
      this.changed();
      return group;
    } catch (error) {
      this.made = [...this.made, last];
      this.toasts.error(errorText(error));
      this.emit();
      return null;
    }
  }

  /** Puts a decided group back among the open ones; what was added stays. */
  async reopen(group: GroupDetail): Promise<boolean> {
    try {
      const answer = readGroupDetail(await this.attempts.post(`/inbox/${encodeURIComponent(group.id)}/reopen`));
      if (answer) this.details.put(answer);
      this.changed();
      return true;
    } catch (error) {
      this.toasts.error(errorText(error));
      return false;
    }
  }

  private async send(group: GroupDetail, decision: Decision): Promise<number[] | null> {
    this.pending += 1;
    try {
      const answer = await this.post(group, decision);
      this.details.forget(group.id);
      if (decision.action !== "skip") this.inbox.settle(group.id);
      this.changed();
      return Array.isArray(answer.changes) ? answer.changes.filter((one): one is number => typeof one === "number") : [];
    } catch (error) {
      this.refused(group, error);
      return null;
    } finally {
      this.pending -= 1;
    }
  }

  private async post(group: GroupDetail, decision: Decision): Promise<Record<string, unknown>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempts.post(`/inbox/${encodeURIComponent(group.id)}/decision`, { ...decision, revision: group.revision });
      } catch (error) {
        const unknown = error instanceof NetworkError || (error instanceof ApiError && error.status >= 500 && error.status !== 507);
        if (!unknown || attempt >= RETRIES) throw error;
        await this.wait(RETRY_MS * attempt);
      }
    }
  }

  private refused(group: GroupDetail, error: unknown): void {
    this.details.forget(group.id);
    this.inbox.putBack(group);
    if (error instanceof ApiError && error.code === "decided_already") {
      const { by } = error.data;
      this.toasts.info(
        typeof by === "string" && by
          ? `Sudah diputuskan oleh ${by}. Keputusan Anda tidak dipakai, tidak ada yang hilang.`
          : "Kelompok ini baru saja berubah: ada pesan baru yang serupa. Lihat sekali lagi sebelum memutuskan.",
      );
    } else {
      this.toasts.error(`“${group.text.slice(0, 40)}” kembali ke kotak masuk: ${errorText(error)}`);
    }
    void this.inbox.refresh();
    this.emit();
  }
}
