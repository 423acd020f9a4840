import { clauseLabel } from "../../shared/clauses";
import { formatDay, localDay } from "../../shared/dates";
import type { ChatMessage, QuickReply, Sender } from "../../shared/protocol";
import type { OutboxItem } from "../../shared/outbox";

export type DeliveryState = "sending" | "sent" | "failed";

export interface MessageEntry {
  kind: "message";
  /** Stays the same when an unsent message gets its seq, so that its element does too. */
  key: string;
  seq: number | null;
  sender: Sender;
  senderName: string | null;
  text: string;
  createdAt: string;
  /** Set on the customer's own messages. */
  state: DeliveryState | null;
  failure: string | null;
  clientMessageId: string | null;
  clauses: string[];
  groupStart: boolean;
  groupEnd: boolean;
}

export interface DayEntry {
  kind: "day";
  key: string;
  day: string;
  label: string;
}

export type TimelineEntry = MessageEntry | DayEntry;

const GROUP_WITHIN_MS = 5 * 60_000;

/** What the log shows, top to bottom: stored messages, then what is unsent, with days and groups marked. */
export function buildTimeline(
  messages: readonly ChatMessage[],
  unsent: readonly OutboxItem[],
  now: Date,
): TimelineEntry[] {
  const entries = [...messages.map(stored), ...unsent.map(pending)];
  entries.forEach((entry, index) => {
    const previous = entries[index - 1];
    if (previous && belongTogether(previous, entry)) previous.groupEnd = entry.groupStart = false;
  });
  const timeline: TimelineEntry[] = [];
  let day = "";
  for (const entry of entries) {
    const entryDay = localDay(entry.createdAt);
    if (entryDay && entryDay !== day) {
      day = entryDay;
      timeline.push({ kind: "day", key: `day:${day}:${entry.key}`, day, label: formatDay(entry.createdAt, now) });
    }
    timeline.push(entry);
  }
  return timeline;
}

/** The buttons that may be pressed: those of the newest bot message, until the customer has written again. */
export function openQuickReplies(
  messages: readonly ChatMessage[],
  unsent: readonly OutboxItem[],
): { seq: number; buttons: QuickReply[] } | null {
  if (unsent.some((item) => item.failure === null)) return null;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]!;
    if (message.sender === "customer") return null;
    if (message.sender === "bot") return message.buttons.length ? { seq: message.seq, buttons: message.buttons } : null;
  }
  return null;
}

function stored(message: ChatMessage): MessageEntry {
  return {
    kind: "message",
    key: message.clientMessageId ?? `seq:${message.seq}`,
    seq: message.seq,
    sender: message.sender,
    senderName: message.senderName,
    text: message.text,
    createdAt: message.createdAt,
    state: message.sender === "customer" ? "sent" : null,
    failure: null,
    clientMessageId: message.clientMessageId,
    clauses: message.clauses.map(clauseLabel).filter((label) => label !== null),
    groupStart: true,
    groupEnd: true,
  };
}

function pending(item: OutboxItem): MessageEntry {
  return {
    kind: "message",
    key: item.clientMessageId,
    seq: null,
    sender: "customer",
    senderName: null,
    text: item.text,
    createdAt: item.createdAt,
    state: item.failure === null ? "sending" : "failed",
    failure: item.failure,
    clientMessageId: item.clientMessageId,
    clauses: [],
    groupStart: true,
    groupEnd: true,
  };
}

function belongTogether(a: MessageEntry, b: MessageEntry): boolean {
  if (a.sender !== b.sender || a.sender === "system" || a.senderName !== b.senderName) return false;
  // A message that is not stored keeps its own line, so that its state stands beside it.
  if (a.state !== b.state || a.state === "failed") return false;
  if (localDay(a.createdAt) !== localDay(b.createdAt)) return false;
  return Math.abs(Date.parse(b.createdAt) - Date.parse(a.createdAt)) <= GROUP_WITHIN_MS;
}
