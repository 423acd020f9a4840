import { isRecord } from "./protocol";
import type { KeyValueStorage } from "./storage";
import { newUuid } from "./uuid";

export const OUTBOX_PREFIX = "outbox:";

export interface OutboxItem {
  readonly clientMessageId: string;
  readonly text: string;
  /** What is shown in place of the text: the title of a button whose payload is sent. */
  readonly title: string | null;
  readonly createdAt: string;
  /** Rises with every message, across tabs too as far as clocks allow. */
  readonly order: number;
  /** What the server said when it refused the message; such an item waits for the customer. */
  readonly failure: string | null;
}

/**
 * What the customer has sent and the server has not acknowledged.
 * One storage key per message, so that two tabs never overwrite each other's list.
 */
export class Outbox {
  private list: OutboxItem[] = [];

  constructor(private readonly storage: KeyValueStorage) {
    for (const key of storage.keys()) {
      if (!key.startsWith(OUTBOX_PREFIX)) continue;
      const item = readItem(storage.get(key));
      if (item) this.list.push(item);
      else storage.remove(key);
    }
    this.list.sort((a, b) => a.order - b.order);
  }

  get items(): readonly OutboxItem[] {
    return this.list;
  }

  /** The oldest message that may be sent now. */
  get next(): OutboxItem | null {
    return this.list.find((item) => item.failure === null) ?? null;
  }

  has(clientMessageId: string): boolean {
    return this.list.some((item) => item.clientMessageId === clientMessageId);
  }

  add(text: string, title: string | null = null): OutboxItem {
    const now = new Date();
    const item: OutboxItem = {
      clientMessageId: newUuid(),
      text,
      title,
      createdAt: now.toISOString(),
      order: this.nextOrder(now.getTime()),
      failure: null,
    };
    this.put(item);
    return item;
  }

  fail(clientMessageId: string, failure: string): void {
    const item = this.find(clientMessageId);
    if (item) this.put({ ...item, failure });
  }

  /** A refused message goes to the end of the queue, under the same id. */
  retry(clientMessageId: string): void {
    const item = this.find(clientMessageId);
    if (item) this.put({ ...item, failure: null, order: this.nextOrder(Date.now()) });
  }

  /** Acknowledged, or given up by the customer. */
  remove(clientMessageId: string): OutboxItem | null {
    const item = this.find(clientMessageId);
    if (!item) return null;
    this.list = this.list.filter((other) => other !== item);
    this.storage.remove(OUTBOX_PREFIX + clientMessageId);
    return item;
  }

  private find(clientMessageId: string): OutboxItem | null {
    return this.list.find((item) => item.clientMessageId === clientMessageId) ?? null;
  }

  private put(item: OutboxItem): void {
    this.list = [...this.list.filter((other) => other.clientMessageId !== item.clientMessageId), item];
    this.list.sort((a, b) => a.order - b.order);
    this.storage.set(OUTBOX_PREFIX + item.clientMessageId, JSON.stringify(item));
  }

  private nextOrder(now: number): number {
    return Math.max(now, (this.list.at(-1)?.order ?? 0) + 1);
  }
}

function readItem(json: string | null): OutboxItem | null {
  try {
    const value: unknown = JSON.parse(json ?? "");
    if (!isRecord(value)) return null;
    const { clientMessageId, text, title, createdAt, order, failure } = value;
    if (typeof clientMessageId !== "string" || typeof text !== "string") return null;
    return {
      clientMessageId,
      text,
      title: typeof title === "string" ? title : null,
      createdAt: typeof createdAt === "string" ? createdAt : new Date().toISOString(),
      order: typeof order === "number" ? order : 0,
      failure: typeof failure === "string" ? failure : null,
    };
  } catch {
    return null;
  }
}
