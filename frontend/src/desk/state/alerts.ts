import { customerName } from "./labels";
import type { Counts, Row } from "./types";

export interface Alert {
  /** Who waits for a person is told louder than the next message of a running chat. */
  kind: "queue" | "message";
  title: string;
  body: string;
  conversationId: string;
}

/** The title of the page: what waits comes first, as tabs show only its beginning. */
export function pageTitle(counts: Counts, page: string): string {
  if (counts.queue > 0) return `(${counts.queue}) Antrean · Masternet`;
  if (counts.unread > 0) return `(${counts.unread}) Pesan baru · Masternet`;
  return `${page} · Masternet`;
}

export function queueAlert(row: Row): Alert {
  const body = row.lastText || "Meminta bicara dengan staf.";
  return { kind: "queue", title: `${customerName(row)} menunggu`, body, conversationId: row.id };
}

/** The alert for news of `row`, or null where it is none: only what a customer writes to `myId`, and nobody looks at. */
export function messageAlert(row: Row, before: Row | null, myId: string | null, watched: boolean): Alert | null {
  const mine = row.state === "agent" && row.agent?.id === myId;
  if (!mine || watched || row.lastSender !== "customer" || row.unread === 0) return null;
  if (before && before.unread >= row.unread) return null;
  return { kind: "message", title: customerName(row), body: row.lastText, conversationId: row.id };
}
