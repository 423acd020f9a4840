import { formatDay, localDay } from "../../shared/dates";
import type { OutboxItem } from "../../shared/outbox";
import type { DeskMessage, Marks, Note } from "./types";

export type Delivery = "sending" | "sent" | "delivered" | "read" | "failed";

export type Entry =
  | { kind: "day"; key: string; at: string; label: string }
  | { kind: "note"; key: string; at: string; note: Note }
  | { kind: "unsent"; key: string; at: string; item: OutboxItem; delivery: Delivery }
  | { kind: "message"; key: string; at: string; message: DeskMessage; delivery: Delivery | null; start: boolean; end: boolean };

const GROUP_WITHIN_MS = 5 * 60_000;

/** What the log shows from top to bottom: messages, internal notes where they belong in time, then what is unsent. */
export function buildTimeline(
  messages: readonly DeskMessage[],
  notes: readonly Note[],
  unsent: readonly OutboxItem[],
  marks: Marks | null,
  now: Date,
): Entry[] {
  const stored = messages.map((message): Entry => ({
    kind: "message",
    key: message.clientMessageId ?? `seq:${message.seq}`,
    at: message.createdAt,
    message,
    delivery: message.sender === "agent" ? deliveryOf(message.seq, marks) : null,
    start: true,
    end: true,
  }));
  const entries: Entry[] = [...withNotes(stored, notes), ...unsent.map(pending)];
  group(entries);
  return withDays(entries, now);
}

/** Messages keep the order of their seq whatever the clocks say; a note goes before the first message that is newer. */
function withNotes(messages: readonly Entry[], notes: readonly Note[]): Entry[] {
  const waiting = [...notes].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  const entries: Entry[] = [];
  const put = (note: Note): void => void entries.push({ kind: "note", key: `note:${note.id}`, at: note.createdAt, note });
  for (const message of messages) {
    while (waiting[0] && waiting[0].createdAt < message.at) put(waiting.shift()!);
    entries.push(message);
  }
  waiting.forEach(put);
  return entries;
}

function pending(item: OutboxItem): Entry {
  const delivery = item.failure === null ? "sending" : "failed";
  return { kind: "unsent", key: item.clientMessageId, at: item.createdAt, item, delivery };
}

function deliveryOf(seq: number, marks: Marks | null): Delivery {
  if (!marks) return "sent";
  if (marks.customerReadSeq >= seq) return "read";
  return marks.customerDeliveredSeq >= seq ? "delivered" : "sent";
}

function group(entries: Entry[]): void {
  for (let index = 1; index < entries.length; index += 1) {
    const [a, b] = [entries[index - 1]!, entries[index]!];
    if (a.kind !== "message" || b.kind !== "message" || !belongTogether(a.message, b.message)) continue;
    // A line with a mark of its own keeps it, where the next one has another.
    b.start = false;
    a.end = a.delivery !== b.delivery || a.message.outcome !== null;
  }
}

function belongTogether(a: DeskMessage, b: DeskMessage): boolean {
  if (a.sender !== b.sender || a.sender === "system" || a.senderName !== b.senderName) return false;
  return Math.abs(Date.parse(b.createdAt) - Date.parse(a.createdAt)) <= GROUP_WITHIN_MS;
}

function withDays(entries: readonly Entry[], now: Date): Entry[] {
  const result: Entry[] = [];
  let day = "";
  for (const entry of entries) {
    const next = localDay(entry.at);
    if (next && next !== day) {
      day = next;
      result.push({ kind: "day", key: `day:${day}:${entry.key}`, at: entry.at, label: formatDay(entry.at, now) });
    }
    result.push(entry);
  }
  return result;
}
