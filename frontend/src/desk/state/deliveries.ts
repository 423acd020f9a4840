import { Backoff } from "../../shared/backoff";
import { Emitter } from "../../shared/emitter";
import { Outbox, OUTBOX_PREFIX, type OutboxItem } from "../../shared/outbox";
import { isSeq } from "../../shared/protocol";
import type { KeyValueStorage } from "../../shared/storage";
import { ApiError, errorText, type ApiClient } from "../../console/state/api";

const FAULTS_BEFORE_GIVING_UP = 4;

/** Sends what the agent has written: per conversation in order, each under its own id until it is stored or refused. */
export class Deliveries extends Emitter {
  private readonly boxes = new Map<string, Outbox>();
  private readonly running = new Set<string>();
  private readonly pauses = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly backoff = new Backoff();
  /** Server errors in a row, by conversation. */
  private readonly faults = new Map<string, number>();
  private stopped = true;

  constructor(
    private readonly api: ApiClient,
    private readonly storage: KeyValueStorage,
    private readonly stored: (conversationId: string, item: OutboxItem, seq: number) => void,
  ) {
    super();
  }

  unsent(conversationId: string): readonly OutboxItem[] {
    return this.box(conversationId).items;
  }

  send(conversationId: string, text: string): void {
    this.box(conversationId).add(text);
    this.kick(conversationId);
  }

  retry(conversationId: string, clientMessageId: string): void {
    this.box(conversationId).retry(clientMessageId);
    this.kick(conversationId);
  }

  discard(conversationId: string, clientMessageId: string): void {
    this.box(conversationId).remove(clientMessageId);
    this.emit();
  }

  /** It has come back as a message of the log. */
  settle(conversationId: string, clientMessageId: string): void {
    if (this.box(conversationId).remove(clientMessageId)) this.emit();
  }

  /** Signed in, or the network is back: what waits is sent at once. */
  resume(): void {
    this.stopped = false;
    this.backoff.reset();
    for (const timer of this.pauses.values()) clearTimeout(timer);
    this.pauses.clear();
    for (const key of this.storage.keys()) {
      const at = key.indexOf(`:${OUTBOX_PREFIX}`);
      if (at > 0) this.kick(key.slice(0, at));
    }
  }

  /** Signed out: nothing is sent until `resume`, and nothing is lost. */
  stop(): void {
    this.stopped = true;
    for (const timer of this.pauses.values()) clearTimeout(timer);
    this.pauses.clear();
  }

  /** Another account works here now. */
  forgetAll(): void {
    this.boxes.clear();
    for (const key of this.storage.keys()) if (key.includes(`:${OUTBOX_PREFIX}`)) this.storage.remove(key);
  }

  private kick(conversationId: string): void {
    this.emit();
    if (this.stopped || this.running.has(conversationId) || this.pauses.has(conversationId)) return;
    void this.run(conversationId);
  }

  private async run(conversationId: string): Promise<void> {
    this.running.add(conversationId);
    const box = this.box(conversationId);
    for (let item = box.next; item && !this.stopped; item = box.next) {
      try {
        await this.deliver(conversationId, box, item);
        this.faults.delete(conversationId);
      } catch (error) {
        const pause = this.pauseAfter(error, conversationId);
        if (pause !== null) {
          this.pause(conversationId, pause);
          break;
        }
        if (error instanceof ApiError && error.code === "not_signed_in") break;
        this.faults.delete(conversationId);
        box.fail(item.clientMessageId, errorText(error));
      }
      this.emit();
    }
    this.running.delete(conversationId);
    this.emit();
  }

  private async deliver(conversationId: string, box: Outbox, item: OutboxItem): Promise<void> {
    const body = { client_message_id: item.clientMessageId, text: item.text };
    const answer = await this.api.post(`/conversations/${encodeURIComponent(conversationId)}/messages`, body);
    this.backoff.reset();
    // It may have come back as message_new meanwhile.
    if (box.remove(item.clientMessageId) && isSeq(answer.seq)) this.stored(conversationId, item, answer.seq);
  }

  /** Milliseconds until the same message is sent again, or null when it was refused for good. */
  private pauseAfter(error: unknown, conversationId: string): number | null {
    if (!(error instanceof ApiError)) return this.backoff.next();
    if (error.code === "rate_limited") return error.retryAfterMs;
    if (error.status < 500) return null;
    const faults = (this.faults.get(conversationId) ?? 0) + 1;
    this.faults.set(conversationId, faults);
    return faults < FAULTS_BEFORE_GIVING_UP ? this.backoff.next() : null;
  }

  private pause(conversationId: string, ms: number): void {
    const resume = (): void => {
      this.pauses.delete(conversationId);
      this.kick(conversationId);
    };
    this.pauses.set(conversationId, setTimeout(resume, ms));
  }

  private box(conversationId: string): Outbox {
    let box = this.boxes.get(conversationId);
    if (!box) {
      box = new Outbox(within(this.storage, `${conversationId}:`));
      this.boxes.set(conversationId, box);
    }
    return box;
  }
}

/** The part of `storage` whose keys begin with `prefix`. */
function within(storage: KeyValueStorage, prefix: string): KeyValueStorage {
  return {
    get: (key) => storage.get(prefix + key),
    set: (key, value) => storage.set(prefix + key, value),
    remove: (key) => storage.remove(prefix + key),
    keys: () => storage.keys().filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
  };
}
