import { readMessages, retryAfterMs, type Ack, type ConversationKey, type ChatMessage } from "../../shared/protocol";
import type { Transport } from "../../shared/transport";
import { Backoff } from "../../shared/backoff";
import type { Identity } from "./identity";
import type { CrossTabLock } from "./once";
import { OpeningFailed, type OpenConversation } from "./open-conversation";

export interface SessionEvents {
  /** Where a join begins: everything newer than this is asked for. */
  joinAfter(): number;
  /** `body` is the whole acknowledgement. */
  joined(after: number, messages: ChatMessage[], body: Record<string, unknown>): void;
  /** The conversation on screen ended: its messages go, what is unsent stays. */
  replaced(): void;
  /** Whether something waits to be sent, so that a new conversation is needed. */
  hasUnsent(): boolean;
  /** The server could not be reached by HTTP; a connection that drops is reported by the transport. */
  unreachable(): void;
}

/** Gets from nothing, or from a stored token, to a joined conversation, and back there after every loss. */
export class Session {
  private current: ConversationKey | null;
  private opening = false;
  private joining = false;
  private joinAgain = false;
  private isJoined = false;
  private retryTimer: ReturnType<typeof setTimeout> | null = null;
  private readonly backoff = new Backoff();

  constructor(
    private readonly deps: { transport: Transport; identity: Identity; lock: CrossTabLock; open: OpenConversation },
    private readonly events: SessionEvents,
  ) {
    this.current = deps.identity.load();
  }

  get key(): ConversationKey | null {
    return this.current;
  }

  get joined(): boolean {
    return this.isJoined && this.deps.transport.connected;
  }

  /** Makes sure that a conversation is open and joined, or on the way there. */
  begin(): void {
    if (this.current) this.deps.transport.connect();
    else if (!this.opening && !this.retryTimer) void this.open();
  }

  /** After a connect, and whenever a seq is missing. */
  join(): void {
    if (!this.current || !this.deps.transport.connected) return;
    if (this.joining) {
      this.joinAgain = true;
      return;
    }
    void this.runJoin();
  }

  disconnected(): void {
    this.isJoined = false;
    // A pause before opening goes on; one before joining ends, as the next connect joins.
    if (this.current) this.stopRetry();
  }

  /** The server does not know this socket any more. */
  rejoin(): void {
    this.isJoined = false;
    this.join();
  }

  /** The network is back: try at once instead of after the rest of a pause. */
  hurry(): void {
    if (this.current) {
      this.deps.transport.reconnect();
    } else if (this.retryTimer) {
      this.stopRetry();
      this.begin();
    }
  }

  /** Another tab has opened a conversation: there is one per browser. */
  adoptStored(): void {
    const stored = this.deps.identity.load();
    if (!stored || stored.token === this.current?.token) return;
    const before = this.current;
    this.current = stored;
    this.isJoined = false;
    this.stopRetry();
    if (!before) return this.begin();
    this.events.replaced();
    this.deps.transport.reconnect();
  }

  private async open(): Promise<void> {
    const { identity, lock, open, transport } = this.deps;
    this.opening = true;
    try {
      const key = await lock.run("open", async () => {
        const existing = identity.load();
        if (existing) return existing;
        const opened = await open();
        identity.save(opened);
        return opened;
      });
      this.current ??= key;
      this.backoff.reset();
      if (transport.connected) this.join();
      else transport.connect();
    } catch (error) {
      this.events.unreachable();
      this.retry((error instanceof OpeningFailed && error.retryMs) || this.backoff.next(), () => this.begin());
    } finally {
      this.opening = false;
    }
  }

  private async runJoin(): Promise<void> {
    this.joining = true;
    do {
      this.joinAgain = false;
      await this.joinOnce();
    } while (this.joinAgain && this.current && this.deps.transport.connected);
    this.joining = false;
  }

  private async joinOnce(): Promise<void> {
    const key = this.current;
    if (!key) return;
    this.stopRetry();
    const after = this.events.joinAfter();
    let ack: Ack;
    try {
      ack = await this.deps.transport.request("conversation_join", { token: key.token, after });
    } catch {
      // Without a connection the next connect joins; with one, silence is answered by asking again.
      if (this.deps.transport.connected) this.retry(this.backoff.next(), () => this.join());
      return;
    }
    if (this.current !== key) {
      this.joinAgain = true;
    } else if (ack.ok) {
      this.backoff.reset();
      this.isJoined = true;
      this.events.joined(after, readMessages(ack.body.messages), ack.body);
    } else if (ack.error.code === "unauthorized") {
      this.abandon(key);
    } else {
      const delay = ack.error.code === "rate_limited" ? retryAfterMs(ack.error) : this.backoff.next();
      this.retry(delay, () => this.join());
    }
  }

  /** The token is worth nothing any more: what is unsent goes into a new conversation. */
  private abandon(key: ConversationKey): void {
    this.deps.identity.forget(key);
    this.current = this.deps.identity.load();
    this.isJoined = false;
    this.events.replaced();
    if (this.current) this.joinAgain = true;
    else if (this.events.hasUnsent()) this.begin();
    else this.deps.transport.close();
  }

  private retry(delay: number, action: () => void): void {
    this.stopRetry();
    this.retryTimer = setTimeout(() => {
      this.retryTimer = null;
      action();
    }, delay);
  }

  private stopRetry(): void {
    if (this.retryTimer) clearTimeout(this.retryTimer);
    this.retryTimer = null;
  }
}
