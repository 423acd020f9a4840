import { Emitter } from "../../shared/emitter";
import { MessageLog } from "../../shared/message-log";
import { isRecord } from "../../shared/protocol";
import { TypingIndicator, TypingNotifier } from "../../shared/typing";
import { ApiError, errorText, type ApiClient } from "../../console/state/api";
import { Beside } from "./beside";
import type { Deliveries } from "./deliveries";
import type { Live } from "./live";
import { laterMarks } from "./marks";
import { readList } from "../../console/state/readers";
import { readDeskMessage, readDetail, readMarks, readViewers } from "./readers";
import type { Detail, DeskMessage, Row } from "./types";

export const LOG_PAGE = 200;

export type OpenStatus = "none" | "loading" | "ready" | "missing" | "failed";

/** The conversation on screen: its log, kept complete over reconnects, and everything around it. */
export class ConversationStore extends Emitter {
  id: string | null = null;
  status: OpenStatus = "none";
  error: string | null = null;
  detail: Detail | null = null;
  readonly beside: Beside;
  viewers: readonly string[] = [];
  private log = new MessageLog<DeskMessage>();
  private readonly indicator = new TypingIndicator(() => this.emit());
  private readonly notifier = new TypingNotifier((active) => this.tellTyping(active));
  private watching: string | null = null;
  private readSent = 0;

  constructor(
    private readonly api: ApiClient,
    private readonly live: Live,
    private readonly deliveries: Deliveries,
    private readonly myId: () => string | null,
  ) {
    super();
    this.beside = new Beside(api);
    this.beside.subscribe(() => this.emit());
    live.on("message_new", (payload) => this.onMessage(payload));
    live.on("typing", (payload) => this.onTyping(payload));
    live.on("read_changed", (payload) => this.onRead(payload));
    live.on("viewers_changed", (payload) => this.onViewers(payload));
  }

  get messages(): readonly DeskMessage[] {
    return this.log.messages;
  }

  get isMine(): boolean {
    return this.detail?.state === "agent" && this.detail.agent?.id === this.myId();
  }

  /** Who types on the other side. */
  get typing(): "customer" | "bot" | "agent" | null {
    if (this.indicator.has("customer")) return "customer";
    return this.indicator.sender;
  }

  private get lastOfCustomer(): number {
    return [...this.log.messages].reverse().find((message) => message.sender === "customer")?.seq ?? 0;
  }

  private get path(): string {
    return `/conversations/${encodeURIComponent(this.id ?? "")}`;
  }

  async open(id: string): Promise<void> {
    if (id === this.id && this.status !== "failed") return;
    this.reset(id, "loading");
    await this.load();
  }

  close(): void {
    if (this.id === null) return;
    this.reset(null, "none");
    this.watching = null;
    this.live.tell("unwatch", {});
  }

  /** Everything anew: after an error, a reconnect, or a change that somebody else made. */
  async load(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    try {
      const detail = readDetail(await this.api.get(this.path));
      if (id !== this.id) return;
      if (detail) this.take(detail);
      await this.fill(id);
      if (id !== this.id) return;
      this.status = "ready";
      this.error = null;
      this.emit();
      void this.watch();
      void this.beside.loadNotes();
      this.suggest();
    } catch (error) {
      if (id !== this.id) return;
      // What is on screen stays there; a conversation that was never shown needs a word.
      if (this.status !== "ready") this.status = error instanceof ApiError && error.status === 404 ? "missing" : "failed";
      this.error = errorText(error);
      this.emit();
    }
  }

  /** The Detail that an action has answered, or the Row that news have brought. */
  take(change: Detail | Row): void {
    if (change.id !== this.id) return;
    const whole = "changes" in change;
    const before = this.detail;
    // Another owner, or something new in the log: history, what the customer named and the rating may be others.
    const moved =
      before &&
      (before.state !== change.state || before.agent?.id !== change.agent?.id || before.lastAt !== change.lastAt);
    if (whole) {
      // An answer that was on its way while news came may know less than they told.
      this.detail = { ...change, ...laterMarks(change, before ?? change) };
      this.viewers = change.viewers;
    } else if (this.detail) {
      this.detail = { ...this.detail, ...change };
    }
    if (!this.isMine) this.notifier.stop();
    if (moved && !whole) void this.refreshDetail();
    this.emit();
  }

  /** From here on the server pushes; what came between is part of the answer. */
  async watch(): Promise<void> {
    const id = this.id;
    if (id === null || !this.live.isConnected) return;
    const after = this.log.completeThrough;
    try {
      const ack = await this.live.request("watch", { conversation_id: id, after });
      if (id !== this.id || !ack.ok) return;
      this.watching = id;
      this.log.merge(after, readList(ack.body.messages, readDeskMessage));
      this.viewers = readViewers(ack.body.viewers);
      this.settle();
      this.emit();
    } catch {
      // The next connect watches again.
    }
  }

  /** After a reconnect: news may be missing. */
  async catchUp(): Promise<void> {
    this.watching = null;
    if (this.id !== null) await this.load();
  }

  stored(conversationId: string, message: DeskMessage): void {
    if (conversationId !== this.id || this.log.messages.some((known) => known.seq === message.seq)) return;
    this.log.add(message);
    this.emit();
  }

  /** The agent sees what the customer of their own conversation has written last. Nobody else waits for a mark. */
  markRead(): void {
    const seq = this.lastOfCustomer;
    if (!this.isMine || !this.detail || seq <= Math.max(this.readSent, this.detail.agentReadSeq)) return;
    this.readSent = seq;
    const id = this.id;
    this.api.put(`${this.path}/read`, { seq }).catch(() => {
      if (id === this.id) this.readSent = 0;
    });
  }

  /** `text` is what stands in the field now. */
  agentTypes(text: string): void {
    if (this.isMine && text.trim()) this.notifier.input();
    else this.notifier.stop();
  }

  agentSends(text: string): void {
    if (this.id === null) return;
    this.notifier.stop();
    this.deliveries.send(this.id, text);
  }

  async saveContact(contact: { name: string; email: string }): Promise<void> {
    const detail = readDetail(await this.api.put(`${this.path}/contact`, contact));
    if (detail) this.take(detail);
  }

  private reset(id: string | null, status: OpenStatus): void {
    this.notifier.stop();
    this.indicator.clearAll();
    this.id = id;
    this.status = status;
    this.error = this.detail = null;
    this.viewers = [];
    this.beside.turnTo(id);
    this.log = new MessageLog();
    this.readSent = 0;
    this.emit();
  }

  private async fill(id: string): Promise<void> {
    for (;;) {
      const after = this.log.completeThrough;
      const answer = await this.api.get(`${this.path}/messages`, { after, limit: LOG_PAGE });
      if (id !== this.id) return;
      const messages = readList(answer.messages, readDeskMessage);
      this.log.merge(after, messages);
      this.settle();
      if (messages.length < LOG_PAGE || this.log.completeThrough === after) return;
    }
  }

  private async refreshDetail(): Promise<void> {
    const id = this.id;
    try {
      const detail = readDetail(await this.api.get(this.path));
      if (detail && id === this.id) this.take(detail);
    } catch {
      // The row has told the state; the history comes with the next look.
    }
  }

  private suggest(): void {
    void this.beside.suggestFor(this.lastOfCustomer);
  }

  private settle(): void {
    if (this.id === null) return;
    for (const message of this.log.messages) {
      if (message.clientMessageId && message.sender === "agent") this.deliveries.settle(this.id, message.clientMessageId);
    }
  }

  private about(payload: unknown): payload is Record<string, unknown> {
    return isRecord(payload) && this.id !== null && payload.conversation_id === this.id;
  }

  private onMessage(payload: unknown): void {
    const message = readDeskMessage(payload);
    if (!message || !this.about(payload) || !this.log.add(message)) return;
    this.indicator.clear(message.sender);
    this.settle();
    if (this.log.hasGap) void this.watch();
    if (message.sender === "customer") this.suggest();
    this.emit();
  }

  private onTyping(payload: unknown): void {
    if (!this.about(payload)) return;
    const { sender, active } = payload;
    // Our own typing may come back to us.
    if (sender === "customer" || sender === "bot" || (sender === "agent" && !this.isMine)) {
      this.indicator.set(sender, active === true);
    }
  }

  private onRead(payload: unknown): void {
    if (!this.about(payload) || !this.detail) return;
    this.detail = { ...this.detail, ...laterMarks(this.detail, readMarks(payload)) };
    this.emit();
  }

  private onViewers(payload: unknown): void {
    if (!this.about(payload)) return;
    this.viewers = readViewers(payload.viewers);
    this.emit();
  }

  private tellTyping(active: boolean): void {
    if (this.watching === this.id && this.id !== null) this.live.tell("typing", { conversation_id: this.id, active });
  }
}
