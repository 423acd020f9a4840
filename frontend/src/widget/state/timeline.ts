import { clauseLabel } from "../../shared/clauses";
import { formatDay, localDay } from "../../shared/dates";
import type { ChatMessage, QuickReply, Sender } from "../../shared/protocol";
import type { KnownCard } from "../../shared/paid/cards";
import type { OutboxItem } from "../../shared/outbox";
import { standings, type CardStanding } from "./paid-cards";

export type DeliveryState = "sending" | "sent" | "read" | "failed";

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
  buttons: QuickReply[];
  /** Drawn in place of the text. */
  card: KnownCard | null;
  /** Of a card of paid support, and of its buttons. */
  standing: CardStanding | null;
  /** Title of the button that the customer has pressed. */
  chosen: string | null;
  /** The newest of the customer's messages that staff have read: the one that says so in words. */
  lastRead: boolean;
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
  agentReadSeq = 0,
): TimelineEntry[] {
  const standing = standings(messages, unsent);
  const entries = [
    ...messages.map((message) => stored(message, agentReadSeq, standing.get(message.seq) ?? null)),
    ...unsent.map(pending),
  ];
  markChosen(entries);
  const lastRead = entries.filter((entry) => entry.state === "read").at(-1);
  if (lastRead) lastRead.lastRead = true;
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

/** Which button was pressed is in the log: the customer's next message is its title, or a later one where it is a card's. */
function markChosen(entries: readonly MessageEntry[]): void {
  let asking: MessageEntry | null = null;
  let cards: MessageEntry[] = [];
  for (const entry of entries) {
    if (entry.buttons.length) asking = entry;
    if (entry.standing?.live) cards = [entry, ...cards];
    if (entry.sender !== "customer" || entry.state === "failed") continue;
    const has = (one: MessageEntry | null): boolean => one?.buttons.some((button) => button.title === entry.text) === true;
    const pressed = has(asking) ? asking : cards.find((card) => card.chosen === null && has(card));
    if (pressed) pressed.chosen = entry.text;
    asking = null;
  }
}

function stored(message: ChatMessage, agentReadSeq: number, standing: CardStanding | null): MessageEntry {
  const own = message.sender === "customer";
  return {
    kind: "message",
    key: message.clientMessageId ?? `seq:${message.seq}`,
    seq: message.seq,
    sender: message.sender,
    senderName: message.senderName,
    text: message.text,
    createdAt: message.createdAt,
    state: !own ? null : message.seq <= agentReadSeq ? "read" : "sent",
    failure: null,
    clientMessageId: message.clientMessageId,
    clauses: message.clauses.map(clauseLabel).filter((label) => label !== null),
    buttons: own ? [] : message.buttons,
    card: own || message.card?.kind === "unknown" ? null : message.card,
    standing,
    chosen: null,
    lastRead: false,
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
    text: item.title ?? item.text,
    createdAt: item.createdAt,
    state: item.failure === null ? "sending" : "failed",
    failure: item.failure,
    clientMessageId: item.clientMessageId,
    clauses: [],
    buttons: [],
    card: null,
    standing: null,
    chosen: null,
    lastRead: false,
    groupStart: true,
    groupEnd: true,
  };
}

function belongTogether(a: MessageEntry, b: MessageEntry): boolean {
  if (a.card || b.card || a.sender !== b.sender || a.sender === "system" || a.senderName !== b.senderName) return false;
  // A message that is not stored keeps its own line, so that its state stands beside it.
  if (a.state !== b.state || a.state === "failed") return false;
  if (localDay(a.createdAt) !== localDay(b.createdAt)) return false;
  return Math.abs(Date.parse(b.createdAt) - Date.parse(a.createdAt)) <= GROUP_WITHIN_MS;
}
