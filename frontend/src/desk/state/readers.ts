/** Readers of docs/desk-protocol.md: null for what is not of the expected shape, so that one bad row spoils nothing else. */
import { count, id, numberOrNull, readList, readPresence, record, string, stringOrNull, strings, type Wire } from "../../console/state/readers";
import { isRecord, isSeq, readMessage, type Sender } from "../../shared/protocol";
import type {
  Agent, AgentRef, AuditEntry, CannedReply, Change, Counts, Detail, DeskMessage, Entity, Hit, Marks, Note, Row, State, Suggestion,
} from "./types";

const STATES: readonly unknown[] = ["bot", "queue", "agent", "closed"];
const SENDERS: readonly unknown[] = ["customer", "bot", "agent", "system"];

const sender = (value: unknown): Sender | null => (SENDERS.includes(value) ? (value as Sender) : null);
const state = (value: unknown): State | null => (STATES.includes(value) ? (value as State) : null);

const readAgentRef = record<AgentRef>((value) => ({ id: id(value.id), displayName: string(value.display_name) }));

export const readAgent = record<Agent>((value) => ({
  id: id(value.id),
  displayName: string(value.display_name),
  presence: readPresence(value.presence),
  chats: count(value.chats),
  maxChats: numberOrNull(value.max_chats),
}));

export const readRow = record<Row>((value) => {
  const known = state(value.state);
  if (!known || !stringOrNull(id(value.id))) return null;
  return {
    id: id(value.id),
    state: known,
    agent: readAgentRef(value.agent),
    lastAt: string(value.last_at) || string(value.created_at),
    lastText: string(value.last_text),
    lastSender: sender(value.last_sender),
    unread: count(value.unread),
    waitingSince: stringOrNull(value.waiting_since),
    reason: stringOrNull(value.reason),
    place: numberOrNull(value.place),
    mode: value.mode === "live" || value.mode === "message" ? value.mode : null,
    contactName: stringOrNull(value.contact_name),
    createdAt: string(value.created_at),
  };
});

export const readCounts = record<Counts>((value) => ({
  mine: count(value.mine),
  queue: count(value.queue),
  bot: count(value.bot),
  others: count(value.others),
  unread: count(value.unread),
}));

const readEntity = record<Entity>((value) =>
  stringOrNull(value.value) === null
    ? null
    : { label: string(value.label), value: string(value.value), seq: isSeq(value.seq) ? value.seq : null },
);

const readChange = record<Change>((value) => ({
  at: string(value.at),
  event: string(value.event),
  actor: string(value.actor),
  staff: stringOrNull(value.staff),
  newAgent: stringOrNull(value.new_agent),
  reason: stringOrNull(value.reason),
  note: stringOrNull(value.note),
}));

const readRating = record<NonNullable<Detail["rating"]>>((value) => ({
  score: numberOrNull(value.score),
  solved: typeof value.solved === "boolean" ? value.solved : null,
}));

export const readMarks = (value: Wire): Marks => ({
  agentReadSeq: count(value.agent_read_seq),
  customerReadSeq: count(value.customer_read_seq),
  customerDeliveredSeq: count(value.customer_delivered_seq),
});

export const readDetail = record<Detail>((value) => {
  const row = readRow(value);
  return row && {
    ...row,
    contactEmail: stringOrNull(value.contact_email),
    entities: readList(value.entities, readEntity),
    changes: readList(value.changes, readChange),
    closeReason: stringOrNull(value.close_reason),
    ...readMarks(value as Wire),
    rating: readRating(value.rating),
    viewers: strings(value.viewers),
  };
});

export const readDeskMessage = record<DeskMessage>((value) => {
  const message = readMessage(value);
  return message && { ...message, intent: stringOrNull(value.intent), confidence: numberOrNull(value.confidence) };
});

export const readNote = record<Note>((value) => ({
  id: id(value.id),
  author: isRecord(value.author) ? string(value.author.display_name) : string(value.author),
  text: string(value.text),
  createdAt: string(value.created_at),
}));

export const readSuggestion = record<Suggestion>((value) =>
  stringOrNull(value.text) === null
    ? null
    : { clause: string(value.clause), label: string(value.label), title: string(value.title), text: string(value.text) },
);

export const readCanned = record<CannedReply>((value) => ({
  id: id(value.id),
  shortcut: string(value.shortcut),
  title: string(value.title),
  text: string(value.text),
  shared: value.shared === true,
  mine: value.mine === true,
}));

export const readHit = record<Hit>((value) => {
  const who = sender(value.sender);
  const where = state(value.state);
  if (!who || !where || !isSeq(value.seq)) return null;
  return {
    conversationId: id(value.conversation_id),
    seq: value.seq,
    sender: who,
    text: string(value.text),
    createdAt: string(value.created_at),
    state: where,
    contactName: stringOrNull(value.contact_name),
  };
});

export const readAuditEntry = record<AuditEntry>((value) => {
  if (typeof value.id !== "number" || stringOrNull(value.action) === null) return null;
  const detail = isRecord(value.detail) ? value.detail : {};
  const list = (one: unknown): string[] | null => (Array.isArray(one) ? strings(one) : null);
  return {
    id: value.id,
    at: string(value.at),
    staff: string(value.staff),
    action: string(value.action),
    target: stringOrNull(value.target),
    before: list(detail.old),
    after: list(detail.new),
  };
});

export const readViewers = strings;
