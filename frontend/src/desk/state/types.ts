/** Types of docs/desk-protocol.md, as the console uses them. */
import type { Presence } from "../../console/state/types";
import type { ChatMessage, Sender } from "../../shared/protocol";

export const MAX_REPLY_LENGTH = 4000;

export type State = "bot" | "queue" | "agent" | "closed";
export type Filter = "queue" | "mine" | "bot" | "others" | "closed";
export type CloseReason = "solved" | "no_reply" | "spam" | "other";

export const FILTERS: readonly Filter[] = ["queue", "mine", "bot", "others", "closed"];

export interface AgentRef {
  id: string;
  displayName: string;
}

export interface Agent extends AgentRef {
  presence: Presence;
  chats: number;
  maxChats: number | null;
}

export interface Row {
  id: string;
  state: State;
  agent: AgentRef | null;
  lastAt: string;
  lastText: string;
  lastSender: Sender | null;
  unread: number;
  waitingSince: string | null;
  reason: string | null;
  place: number | null;
  mode: "live" | "message" | null;
  contactName: string | null;
  createdAt: string;
}

export interface Counts {
  mine: number;
  queue: number;
  bot: number;
  others: number;
  unread: number;
}

export interface Entity {
  label: string;
  value: string;
  seq: number | null;
}

export interface Change {
  at: string;
  event: string;
  actor: string;
  staff: string | null;
  newAgent: string | null;
  reason: string | null;
  note: string | null;
}

export interface Marks {
  agentReadSeq: number;
  customerReadSeq: number;
  customerDeliveredSeq: number;
}

export interface Detail extends Row, Marks {
  contactEmail: string | null;
  entities: Entity[];
  changes: Change[];
  closeReason: string | null;
  rating: { score: number | null; solved: boolean | null } | null;
  viewers: string[];
}

export interface DeskMessage extends ChatMessage {
  intent: string | null;
  confidence: number | null;
}

export interface Note {
  id: string;
  author: string;
  text: string;
  createdAt: string;
}

export interface Suggestion {
  clause: string;
  label: string;
  title: string;
  text: string;
}

export interface CannedReply {
  id: string;
  shortcut: string;
  title: string;
  text: string;
  shared: boolean;
  mine: boolean;
}

/** `before` and `after` are lists that were changed, such as roles. */
export interface AuditEntry {
  id: number;
  at: string;
  staff: string;
  action: string;
  target: string | null;
  before: string[] | null;
  after: string[] | null;
}

export interface Hit {
  conversationId: string;
  seq: number;
  sender: Sender;
  text: string;
  createdAt: string;
  state: State;
  contactName: string | null;
}
