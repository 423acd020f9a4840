import { isSeq, retryAfterMs, type Ack, type WireError } from "../../shared/protocol";
import { NoAcknowledgement, type Transport } from "../../shared/transport";
import { TEXTS } from "../texts";
import type { Outbox, OutboxItem } from "../../shared/outbox";

const SERVER_FAULT_DELAYS_MS = [2000, 5000, 10_000];
const TIMEOUTS_BEFORE_RECONNECT = 2;

export interface SenderEvents {
  /** True while the conversation is joined on a live connection. */
  ready(): boolean;
  stored(item: OutboxItem, seq: number, createdAt: string): void;
  /** The server no longer knows this socket or its token: join again. */
  rejoin(): void;
  changed(): void;
}

/** Empties the outbox: in order, one at a time, each under its own id until it is acknowledged or refused. */
export class Sender {
  private running = false;
  private again = false;
  private timeouts = 0;
  private faults = 0;
  private rejoins = 0;
  private resumeTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly outbox: Outbox,
    private readonly transport: Transport,
    private readonly events: SenderEvents,
  ) {}

  /** Starts sending unless that is under way, or a pause asked for by the server still runs. */
  kick(): void {
    if (this.resumeTimer) return;
    if (this.running) {
      this.again = true;
      return;
    }
    void this.run();
  }

  stop(): void {
    if (this.resumeTimer) clearTimeout(this.resumeTimer);
    this.resumeTimer = null;
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      do {
        this.again = false;
        let item = this.outbox.next;
        while (item && this.events.ready() && (await this.deliver(item))) item = this.outbox.next;
      } while (this.again && !this.resumeTimer);
    } finally {
      this.running = false;
    }
  }

  /** True when the next message may follow at once. */
  private async deliver(item: OutboxItem): Promise<boolean> {
    const payload = { client_message_id: item.clientMessageId, text: item.text };
    let ack: Ack;
    try {
      ack = await this.transport.request("message_send", payload);
    } catch (error) {
      return this.unanswered(error);
    }
    this.timeouts = 0;
    // It may have come back as message_new meanwhile, or the customer deleted it.
    if (ack.ok) this.accept(item, ack.body);
    else return this.refused(item, ack.error);
    return true;
  }

  private accept(item: OutboxItem, body: Record<string, unknown>): void {
    this.faults = this.rejoins = 0;
    const createdAt = typeof body.created_at === "string" ? body.created_at : item.createdAt;
    const removed = this.outbox.remove(item.clientMessageId);
    if (removed && isSeq(body.seq)) this.events.stored(item, body.seq, createdAt);
    this.events.changed();
  }

  private unanswered(error: unknown): boolean {
    if (!(error instanceof NoAcknowledgement)) throw error;
    if (error.reason === "disconnected") return false; // Goes on after the next join.
    this.timeouts += 1;
    if (this.timeouts < TIMEOUTS_BEFORE_RECONNECT) return true; // The same message under the same id.
    this.timeouts = 0;
    this.transport.reconnect();
    return false;
  }

  private refused(item: OutboxItem, error: WireError): boolean {
    switch (error.code) {
      case "rate_limited":
        this.pause(retryAfterMs(error));
        return false;
      case "not_joined":
      case "unauthorized":
        // Once at once; a server that keeps saying so is not asked in a tight loop.
        if (this.rejoins > 0) this.pause(5000);
        this.rejoins += 1;
        this.events.rejoin();
        return false;
      case "internal_error": {
        const delay = SERVER_FAULT_DELAYS_MS[this.faults];
        if (delay === undefined) break;
        this.faults += 1;
        this.pause(delay);
        return false;
      }
    }
    this.faults = 0;
    this.outbox.fail(item.clientMessageId, error.message || TEXTS.sendFailed);
    this.events.changed();
    return true;
  }

  private pause(ms: number): void {
    this.stop();
    this.resumeTimer = setTimeout(() => {
      this.resumeTimer = null;
      this.kick();
    }, ms);
  }
}
