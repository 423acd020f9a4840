import type { Ack, ChatMessage, ConversationKey } from "../../src/shared/protocol";
import { SafeStorage } from "../../src/shared/storage";
import { NoAcknowledgement, type Transport, type TransportEvents } from "../../src/shared/transport";
import { ChatStore } from "../../src/widget/state/chat-store";
import type { CrossTabLock } from "../../src/widget/state/once";

type Wire = Record<string, unknown> & { seq: number };

/** A server in memory: conversations, and every fault that a test wants to see. */
export class FakeBackend {
  readonly conversations = new Map<string, Wire[]>();
  readonly transports = new Set<FakeTransport>();
  readonly received: { event: string; payload: Record<string, unknown> }[] = [];
  opened = 0;
  openFails = 0;
  owner = "bot";
  /** What a join tells beside messages and owner; a server may know nothing of it. */
  handover: Record<string, unknown> = {};
  /** Answers a request instead of the backend; "silence" stores nothing, "lost ack" stores and stays silent. */
  script: ((event: string, payload: Record<string, unknown>) => Ack | "silence" | "lost ack" | undefined) | null = null;
  pushes = true;

  open = async (): Promise<ConversationKey> => {
    if (this.openFails > 0) {
      this.openFails -= 1;
      throw new Error("no network");
    }
    this.opened += 1;
    const token = `token-${this.opened}`;
    this.conversations.set(token, []);
    return { conversationId: `conversation-${this.opened}`, token };
  };

  log(token = "token-1"): Wire[] {
    return this.conversations.get(token)!;
  }

  texts(token = "token-1"): unknown[] {
    return this.log(token).map((message) => message.text);
  }

  post(message: Partial<Record<keyof ChatMessage | "client_message_id" | "sender_name", unknown>>, token = "token-1"): Wire {
    const log = this.log(token);
    const stored: Wire = { sender: "bot", text: "", created_at: "2026-11-22T10:00:00.000Z", ...message, seq: log.length + 1 };
    log.push(stored);
    if (this.pushes) this.push(stored, token);
    return stored;
  }

  push(message: unknown, token = "token-1"): void {
    for (const transport of this.transports) {
      if (transport.connected && transport.token === token) transport.events.message(message);
    }
  }

  /** Tells every tab of the conversation, and whoever joins later. */
  setOwner(owner: string, more: Record<string, unknown> = {}): void {
    this.owner = owner;
    this.handover = { agent_name: null, closed: false, queue: null, ...more };
    this.tell("ownerChanged", { owner, ...this.handover });
  }

  tell(event: "typing" | "ownerChanged" | "queueChanged" | "readChanged", payload: unknown, token = "token-1"): void {
    for (const transport of this.transports) {
      if (transport.connected && transport.token === token) transport.events[event](payload);
    }
  }

  payloads(event: string): Record<string, unknown>[] {
    return this.received.filter((request) => request.event === event).map((request) => request.payload);
  }

  count(event: string): number {
    return this.received.filter((request) => request.event === event).length;
  }

  answer(transport: FakeTransport, event: string, payload: Record<string, unknown>): Ack | null {
    this.received.push({ event, payload });
    const scripted = this.script?.(event, payload);
    if (scripted === "silence") return null;
    if (scripted && scripted !== "lost ack") return scripted;
    const ack = this.handle(transport, event, payload);
    return scripted === "lost ack" ? null : ack;
  }

  /** The server stores the title of a card's button in place of its payload. */
  private titleOf(text: unknown, token: string): unknown {
    const buttons = this.log(token).flatMap((message) => (Array.isArray(message.buttons) ? (message.buttons as { title: string; payload: string }[]) : []));
    return (String(text).startsWith("#paid") && buttons.find((button) => button.payload === text)?.title) || text;
  }

  private handle(transport: FakeTransport, event: string, payload: Record<string, unknown>): Ack {
    if (event === "conversation_join") {
      const log = this.conversations.get(String(payload.token));
      if (!log) return refusal("unauthorized");
      transport.token = String(payload.token);
      const messages = log.filter((message) => message.seq > Number(payload.after));
      return { ok: true, body: { messages, owner: this.owner, ...this.handover } };
    }
    if (event !== "message_send") return { ok: true, body: {} };
    if (!transport.token) return refusal("not_joined");
    const { client_message_id, text } = payload;
    const known = this.log(transport.token).find((message) => message.client_message_id === client_message_id);
    const stored = known ?? this.post({ sender: "customer", text: this.titleOf(text, transport.token), client_message_id }, transport.token);
    return { ok: true, body: { seq: stored.seq, created_at: stored.created_at, duplicate: Boolean(known) } };
  }
}

export function refusal(code: string, data: Record<string, unknown> = {}, message = `pesan ${code}`): Ack {
  return { ok: false, error: { code, message, data } };
}

/** One socket of one tab. */
export class FakeTransport implements Transport {
  events!: TransportEvents;
  connected = false;
  token: string | null = null;
  online = true;
  reconnects = 0;
  private waiting = new Set<(error: Error) => void>();

  constructor(private readonly backend: FakeBackend) {
    backend.transports.add(this);
  }

  listen(events: TransportEvents): void {
    this.events = events;
  }
  connect(): void {
    if (!this.connected && this.online) queueMicrotask(() => this.goUp());
  }
  reconnect(): void {
    this.reconnects += 1;
    this.drop();
    this.connect();
  }
  close(): void {
    this.drop();
  }

  goUp(): void {
    if (this.connected) return;
    this.connected = true;
    this.events.connected();
  }

  drop(): void {
    if (!this.connected) return;
    this.connected = false;
    this.token = null;
    for (const reject of this.waiting) reject(new NoAcknowledgement("disconnected"));
    this.waiting.clear();
    this.events.disconnected();
  }

  request(event: string, payload: object): Promise<Ack> {
    if (!this.connected) return Promise.reject(new NoAcknowledgement("disconnected"));
    const ack = this.backend.answer(this, event, payload as Record<string, unknown>);
    if (ack) return Promise.resolve(ack);
    return new Promise((_, reject) => {
      this.waiting.add(reject);
      setTimeout(() => this.waiting.delete(reject) && reject(new NoAcknowledgement("timeout")), 10_000);
    });
  }
}

/** A Storage in memory, shared by tabs that are given the same one. */
export class MemoryStorage implements Storage {
  readonly entries = new Map<string, string>();
  get length(): number {
    return this.entries.size;
  }
  key = (index: number): string | null => [...this.entries.keys()][index] ?? null;
  getItem = (key: string): string | null => this.entries.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.entries.set(key, value);
  removeItem = (key: string): void => void this.entries.delete(key);
  clear = (): void => this.entries.clear();
}

/** One task at a time, over all tabs of a test. */
export class FakeLock implements CrossTabLock {
  private last: Promise<unknown> = Promise.resolve();
  run<T>(_name: string, task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task, task);
    this.last = result.catch(() => undefined);
    return result;
  }
}

export interface Tab {
  store: ChatStore;
  transport: FakeTransport;
  storage: SafeStorage;
}

export function openTab(backend: FakeBackend, shared: Storage | null, lock: CrossTabLock = new FakeLock()): Tab {
  const transport = new FakeTransport(backend);
  const storage = new SafeStorage("test:", () => shared);
  const store = new ChatStore({ transport, storage, lock, open: backend.open });
  return { store, transport, storage };
}
