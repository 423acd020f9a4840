/** Types of docs/protocol.md, and readers that accept nothing malformed from the wire. */

import { readCard, type PaidCard } from "./paid/cards";

export const MAX_MESSAGE_LENGTH = 1000;

export type Sender = "customer" | "bot" | "agent" | "system";
export type Owner = "bot" | "queue" | "agent";

export interface QuickReply {
  title: string;
  payload: string;
}

export interface ChatMessage {
  seq: number;
  sender: Sender;
  /** Display name of a support agent; the server may leave it out. */
  senderName: string | null;
  text: string;
  buttons: QuickReply[];
  /** Of paid support: what a client may draw in place of the text. */
  card: PaidCard | null;
  outcome: string | null;
  clauses: string[];
  replyTo: number | null;
  clientMessageId: string | null;
  createdAt: string;
}

export interface WireError {
  code: string;
  message: string;
  data: Record<string, unknown>;
}

export type Ack = { ok: true; body: Record<string, unknown> } | { ok: false; error: WireError };

export interface ConversationKey {
  conversationId: string;
  token: string;
}

const SENDERS: readonly string[] = ["customer", "bot", "agent", "system"];
const OWNERS: readonly string[] = ["bot", "queue", "agent"];

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

function readButtons(value: unknown): QuickReply[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap((button) => {
    const title = text(button.title)?.trim();
    return title ? [{ title, payload: text(button.payload) ?? title }] : [];
  });
}

/** A Message from the wire, or null when it is not one. */
export function readMessage(value: unknown): ChatMessage | null {
  if (!isRecord(value)) return null;
  const { seq, sender } = value;
  const body = text(value.text);
  if (!isSeq(seq) || typeof sender !== "string" || !SENDERS.includes(sender) || body === null) return null;
  const clauses = Array.isArray(value.clauses) ? value.clauses : [];
  return {
    seq,
    sender: sender as Sender,
    senderName: text(value.sender_name),
    text: body,
    buttons: readButtons(value.buttons),
    card: readCard(value.card),
    outcome: text(value.outcome),
    clauses: clauses.filter((id): id is string => typeof id === "string"),
    replyTo: isSeq(value.reply_to) ? value.reply_to : null,
    clientMessageId: text(value.client_message_id),
    createdAt: text(value.created_at) ?? new Date().toISOString(),
  };
}

export function readMessages(value: unknown): ChatMessage[] {
  return Array.isArray(value) ? value.map(readMessage).filter((message) => message !== null) : [];
}

export function readOwner(value: unknown): Owner | null {
  return typeof value === "string" && OWNERS.includes(value) ? (value as Owner) : null;
}

export function readError(value: unknown): WireError {
  const error = isRecord(value) ? value : {};
  return {
    code: text(error.code) ?? "internal_error",
    message: text(error.message) ?? "",
    data: isRecord(error.data) ? error.data : {},
  };
}

/** An acknowledgement; anything that is not `{"ok": true}` counts as an error. */
export function readAck(value: unknown): Ack {
  if (isRecord(value) && value.ok === true) return { ok: true, body: value };
  return { ok: false, error: readError(isRecord(value) ? value.error : null) };
}

/** Milliseconds to wait after `rate_limited`, between 0.5 s and 5 minutes. */
export function retryAfterMs(error: WireError, fallbackMs = 5000): number {
  const seconds = Number(error.data.retry_after);
  const ms = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : fallbackMs;
  return Math.min(Math.max(ms, 500), 300_000);
}

/** Length as the server counts it: code points, not UTF-16 units. */
export function messageLength(value: string): number {
  return Array.from(value).length;
}
