import type { KeyValueStorage } from "../../shared/storage";

export type DraftKind = "reply" | "note";

/** What has been typed and not sent, by conversation. */
export class Drafts {
  constructor(private readonly storage: KeyValueStorage) {}

  get(conversationId: string, kind: DraftKind): string {
    return this.storage.get(`${kind}:${conversationId}`) ?? "";
  }

  set(conversationId: string, kind: DraftKind, text: string): void {
    if (text) this.storage.set(`${kind}:${conversationId}`, text);
    else this.storage.remove(`${kind}:${conversationId}`);
  }

  has(conversationId: string): boolean {
    return this.get(conversationId, "reply").trim() !== "";
  }

  forgetAll(): void {
    for (const key of this.storage.keys()) if (/^(reply|note):/.test(key)) this.storage.remove(key);
  }
}
