import { ConnectionMonitor } from "../../shared/connection";
import { Emitter } from "../../shared/emitter";
import type { Handover } from "../../shared/handover";
import { MessageLog } from "../../shared/message-log";
import { isRecord, readMessage, type ChatMessage, type QuickReply } from "../../shared/protocol";
import { Outbox, OUTBOX_PREFIX, type OutboxItem } from "../../shared/outbox";
import type { KeyValueStorage } from "../../shared/storage";
import type { Transport } from "../../shared/transport";
import { TypingIndicator, TypingNotifier } from "../../shared/typing";
import { HandoverTracker } from "./handover-tracker";
import { CONVERSATION_KEY, Identity, SEEN_KEY } from "./identity";
import type { CrossTabLock } from "./once";
import type { OpenConversation } from "./open-conversation";
import { Receipts } from "./receipts";
import { Sender } from "./sender";
import { Session } from "./session";

export interface ChatDependencies {
  transport: Transport;
  storage: KeyValueStorage;
  lock: CrossTabLock;
  open: OpenConversation;
}

/** The chat without a screen: the log, what is unsent, and the connection. Subscribers are told of every change. */
export class ChatStore extends Emitter {
  private readonly log = new MessageLog();
  private readonly outbox: Outbox;
  private readonly identity: Identity;
  private readonly session: Session;
  private readonly sender: Sender;
  private readonly connection = new ConnectionMonitor(() => this.emit());
  private readonly indicator = new TypingIndicator(() => this.emit());
  private readonly notifier: TypingNotifier;
  private readonly tracker = new HandoverTracker(() => this.emit());
  private readonly receipts = new Receipts((seen) => this.sendSeen(seen));
  private watching = false;
  private replayed = false;
  private wasRenewed = false;

  constructor(private readonly deps: ChatDependencies) {
    super();
    const { transport, storage } = deps;
    this.outbox = new Outbox(storage);
    this.identity = new Identity(storage);
    this.session = new Session(
      { ...deps, identity: this.identity },
      {
        joinAfter: () => this.log.completeThrough,
        joined: (after, messages, body) => this.onJoined(after, messages, body),
        replaced: () => this.onReplaced(),
        hasUnsent: () => this.outbox.next !== null,
        unreachable: () => this.connection.down(),
      },
    );
    this.sender = new Sender(this.outbox, transport, {
      ready: () => this.session.joined,
      stored: (item, seq, createdAt) => this.onStored(item, seq, createdAt),
      rejoin: () => this.session.rejoin(),
      changed: () => this.emit(),
    });
    this.notifier = new TypingNotifier((active) => this.sendTyping(active));
    transport.listen({
      connected: () => this.onConnected(),
      disconnected: () => this.onDisconnected(),
      message: (payload) => this.onMessage(payload),
      typing: (payload) => this.onTyping(payload),
      ownerChanged: (payload) => this.onOwnerChanged(payload),
      queueChanged: (payload) => this.tracker.queueChanged(payload),
      readChanged: (payload) => this.tracker.readChanged(payload),
    });
  }

  get messages(): readonly ChatMessage[] {
    return this.log.messages;
  }
  get unsent(): readonly OutboxItem[] {
    return this.outbox.items;
  }
  get handover(): Handover {
    return this.tracker.current;
  }
  get agentReadSeq(): number {
    return this.tracker.agentReadSeq;
  }
  /** What screen readers are told of the handover. */
  get announcement(): string {
    return this.tracker.announcement;
  }
  get typing(): "bot" | "agent" | null {
    return this.indicator.sender;
  }
  get connectionLost(): boolean {
    return this.connection.lost;
  }
  /** An earlier conversation exists and its messages are not here yet. */
  get loading(): boolean {
    return this.session.key !== null && !this.replayed && this.log.messages.length === 0;
  }
  /** The earlier conversation had expired. */
  get renewed(): boolean {
    return this.wasRenewed;
  }
  get unread(): number {
    const key = this.session.key;
    if (!key || this.watching) return 0;
    const seen = this.identity.lastSeen(key);
    return this.log.messages.filter((message) => message.seq > seen && message.sender !== "customer").length;
  }

  /** Goes on with an earlier conversation, or with what could not be sent; without either nothing is opened. */
  start(): void {
    if (!this.session.key && !this.outbox.next) return;
    this.connection.down();
    this.session.begin();
  }

  /** Takes a message for sending; from here on it is kept until the server has it. */
  send(text: string): void {
    const trimmed = text.trim();
    if (!trimmed) return;
    this.notifier.stop();
    this.outbox.add(trimmed);
    this.deliver();
  }

  /** Sends what a button stands for; the log shows its title, as the server stores that. */
  press(button: QuickReply): void {
    this.outbox.add(button.payload, button.title);
    this.deliver();
  }

  retry(clientMessageId: string): void {
    this.outbox.retry(clientMessageId);
    this.deliver();
  }

  discard(clientMessageId: string): void {
    this.outbox.remove(clientMessageId);
    this.emit();
  }

  customerTyping(text: string): void {
    if (text.trim()) this.notifier.input();
    else this.notifier.stop();
  }

  /** While the customer looks at the log, everything in it counts as seen. */
  setWatching(watching: boolean): void {
    this.watching = watching;
    this.markSeen();
    this.emit();
  }

  networkLost(): void {
    if (this.session.key) this.connection.down();
  }

  networkBack(): void {
    this.session.hurry();
  }

  /** The page is looked at again; a phone may have cut the connection meanwhile. */
  pageVisible(): void {
    if (!this.deps.transport.connected) this.session.hurry();
  }

  /** Another tab wrote to the storage that both share. */
  storageChanged(key: string, removed: boolean): void {
    if (key === CONVERSATION_KEY) this.session.adoptStored();
    else if (key === SEEN_KEY) this.emit();
    else if (key.startsWith(OUTBOX_PREFIX) && removed) this.discard(key.slice(OUTBOX_PREFIX.length));
  }

  private deliver(): void {
    if (!this.deps.transport.connected) this.connection.down();
    this.session.begin();
    this.sender.kick();
    this.emit();
  }

  private onConnected(): void {
    this.connection.up();
    this.session.join();
  }

  private onDisconnected(): void {
    this.session.disconnected();
    this.indicator.clearAll();
    if (this.session.key || this.outbox.next) this.connection.down();
    this.emit();
  }

  private onJoined(after: number, messages: ChatMessage[], body: Record<string, unknown>): void {
    this.log.merge(after, messages);
    for (const message of messages) this.settle(message);
    this.tracker.take(body);
    this.replayed = true;
    this.markSeen();
    this.receipts.resume();
    this.sender.kick();
    this.emit();
  }

  private onMessage(payload: unknown): void {
    const message = readMessage(payload);
    if (!message || !this.log.add(message)) return;
    this.settle(message);
    this.afterNewMessage();
  }

  private onStored(item: OutboxItem, seq: number, createdAt: string): void {
    // message_new brings the server's own copy, which then replaces this one.
    if (this.log.messages.some((message) => message.seq === seq)) return;
    this.log.add({
      seq,
      sender: "customer",
      senderName: null,
      text: item.title ?? item.text,
      buttons: [],
      card: null,
      outcome: null,
      clauses: [],
      replyTo: null,
      clientMessageId: item.clientMessageId,
      createdAt,
    });
    this.afterNewMessage();
  }

  private afterNewMessage(): void {
    this.wasRenewed = false;
    // Whatever the browser says about its network: this came through.
    this.connection.up();
    if (this.log.hasGap) this.session.join();
    this.markSeen();
    this.emit();
  }

  /** A message that is in the log is no longer unsent, and its sender is done typing. */
  private settle(message: ChatMessage): void {
    if (message.clientMessageId) this.outbox.remove(message.clientMessageId);
    this.indicator.clear(message.sender);
  }

  private onTyping(payload: unknown): void {
    if (!isRecord(payload)) return;
    const { sender, active } = payload;
    if (sender === "bot" || sender === "agent") this.indicator.set(sender, active === true);
  }

  private onOwnerChanged(payload: unknown): void {
    this.tracker.take(payload);
    // An agent who left does not type any more, whatever the last news was.
    if (this.handover.owner !== "agent") this.indicator.clear("agent");
  }

  private onReplaced(): void {
    this.log.clear();
    this.indicator.clearAll();
    this.replayed = false;
    this.tracker.reset();
    this.receipts.reset();
    this.wasRenewed = true;
    this.connection.up();
    this.emit();
  }

  private markSeen(): void {
    const key = this.session.key;
    if (!key) return;
    this.receipts.delivered(this.log.completeThrough);
    if (!this.watching) return;
    this.identity.markSeen(key, this.log.lastSeq);
    this.receipts.read(this.log.completeThrough);
  }

  private async sendSeen(seen: object): Promise<boolean> {
    if (!this.session.joined) return false;
    const answered = await this.deps.transport.request("seen", seen).catch(() => null);
    return answered?.ok === true;
  }

  private sendTyping(active: boolean): void {
    // Of no consequence when it gets lost.
    if (this.session.joined) this.deps.transport.request("typing", { active }).catch(() => undefined);
  }
}
