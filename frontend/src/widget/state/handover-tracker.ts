import { BOT_ANSWERS, readAgentReadSeq, readHandover, readQueue, type Handover } from "../../shared/handover";
import { Announcer } from "./announcer";
import { ownerLine } from "./owner-line";

/** Follows who answers the customer, and how far staff have read. */
export class HandoverTracker {
  private now: Handover = BOT_ANSWERS;
  private readByAgent = 0;
  private readonly announcer: Announcer;

  constructor(private readonly changed: () => void) {
    this.announcer = new Announcer(topicOf(BOT_ANSWERS), changed);
  }

  get current(): Handover {
    return this.now;
  }

  /** Every message up to here has been read by a support agent; 0 where nothing is known. */
  get agentReadSeq(): number {
    return this.readByAgent;
  }

  /** The owner line for screen readers, which are not told of every step in the queue. */
  get announcement(): string {
    return this.announcer.text;
  }

  /** The acknowledgement of a join, or the payload of `owner_changed`. */
  take(payload: unknown): void {
    const next = readHandover(payload, this.now);
    this.raiseRead(payload);
    if (next) this.now = next;
    this.report();
  }

  queueChanged(payload: unknown): void {
    this.now = { ...this.now, queue: readQueue(payload) };
    // Ahead of owner_changed it says nothing yet.
    if (this.now.owner === "queue") this.report();
  }

  readChanged(payload: unknown): void {
    if (this.raiseRead(payload)) this.changed();
  }

  /** Another conversation begins. */
  reset(): void {
    this.now = BOT_ANSWERS;
    this.readByAgent = 0;
    this.announcer.reset(topicOf(BOT_ANSWERS));
  }

  /** Events may arrive out of order, but what was read stays read. */
  private raiseRead(payload: unknown): boolean {
    const seq = readAgentReadSeq(payload) ?? 0;
    if (seq <= this.readByAgent) return false;
    this.readByAgent = seq;
    return true;
  }

  private report(): void {
    this.announcer.tell(topicOf(this.now), this.now.queue?.place ?? null, ownerLine(this.now));
    this.changed();
  }
}

const topicOf = ({ owner, agentName, closed, queue }: Handover): string =>
  closed ? "closed" : [owner, agentName, owner === "queue" && (queue?.mode ?? "live")].join(":");
