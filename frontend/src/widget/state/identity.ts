import { isRecord, isSeq, type ConversationKey } from "../../shared/protocol";
import type { KeyValueStorage } from "../../shared/storage";

export const CONVERSATION_KEY = "conversation";
export const SEEN_KEY = "seen";

/** Which conversation this browser holds, and up to which seq the customer has seen it. */
export class Identity {
  constructor(private readonly storage: KeyValueStorage) {}

  load(): ConversationKey | null {
    const value = parse(this.storage.get(CONVERSATION_KEY));
    if (!isRecord(value)) return null;
    const { conversationId, token } = value;
    const complete = typeof conversationId === "string" && typeof token === "string" && token !== "";
    return complete ? { conversationId, token } : null;
  }

  save(key: ConversationKey): void {
    this.storage.set(CONVERSATION_KEY, JSON.stringify(key));
  }

  /** Forgets the conversation unless another tab has put a newer one in its place. */
  forget(key: ConversationKey): void {
    if (this.load()?.token === key.token) this.storage.remove(CONVERSATION_KEY);
  }

  lastSeen(key: ConversationKey): number {
    const value = parse(this.storage.get(SEEN_KEY));
    if (!isRecord(value) || value.conversationId !== key.conversationId) return 0;
    return isSeq(value.seq) ? value.seq : 0;
  }

  markSeen(key: ConversationKey, seq: number): void {
    if (seq <= this.lastSeen(key)) return;
    this.storage.set(SEEN_KEY, JSON.stringify({ conversationId: key.conversationId, seq }));
  }
}

function parse(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    return null;
  }
}
