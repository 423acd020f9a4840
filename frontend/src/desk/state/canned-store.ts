import { Emitter } from "../../shared/emitter";
import { errorText, type ApiClient } from "../../console/state/api";
import { readList } from "../../console/state/readers";
import { readCanned } from "./readers";
import type { CannedReply } from "./types";

export interface CannedDraft {
  id: string | null;
  shortcut: string;
  title: string;
  text: string;
  shared: boolean;
}

/** Canned replies, own and shared. */
export class CannedStore extends Emitter {
  replies: readonly CannedReply[] = [];
  loaded = false;
  error: string | null = null;

  constructor(private readonly api: ApiClient) {
    super();
  }

  async load(): Promise<void> {
    try {
      const answer = await this.api.get("/canned-replies");
      this.replies = readList(answer.canned_replies, readCanned).sort((a, b) => a.shortcut.localeCompare(b.shortcut, "id"));
      this.loaded = true;
      this.error = null;
    } catch (error) {
      this.error = errorText(error);
    }
    this.emit();
  }

  async save(draft: CannedDraft): Promise<void> {
    const { shortcut, title, text, shared } = draft;
    const body = { shortcut: shortcut.trim().replace(/^\/+/, "").toLowerCase(), title: title.trim(), text: text.trim(), shared };
    if (draft.id === null) await this.api.post("/canned-replies", body);
    else await this.api.put(`/canned-replies/${encodeURIComponent(draft.id)}`, body);
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await this.api.delete(`/canned-replies/${encodeURIComponent(id)}`);
    await this.load();
  }
}

/** Replies whose shortcut, title or text has every word of `query`; those whose shortcut begins with it come first. */
export function searchCanned(replies: readonly CannedReply[], query: string): CannedReply[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const rank = (reply: CannedReply): number => {
    const shortcut = reply.shortcut.toLowerCase();
    if (shortcut.startsWith(wanted)) return 0;
    return reply.title.toLowerCase().includes(wanted) ? 1 : 2;
  };
  return replies
    .filter((reply) => {
      const all = `${reply.shortcut} ${reply.title} ${reply.text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .map((reply) => ({ reply, rank: rank(reply) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ reply }) => reply);
}
