/** Readers of docs/paid-support-protocol.md: null for what is not of the expected shape. */
import { readQuoteFigures } from "../../../shared/paid/cards";
import { PAID_STATES, REQUEST_KINDS, URGENCIES } from "../../../shared/paid/words";
import { isRecord } from "../../../shared/protocol";
import { readList } from "../../../console/state/readers";
import type { PaidChange, PaidDetail, PaidRow, Payment, PaymentState, PriceItem, PriceList, Quote, StatementLine, StatementResult, Work } from "./types";

type Wire = Record<string, unknown>;

const PAYMENT_STATES: readonly PaymentState[] = ["opening", "pending", "settled", "failed", "surplus", "returned"];

const string = (value: unknown): string => (typeof value === "string" ? value : "");
const stringOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const whole = (value: unknown): number => (Number.isSafeInteger(value) ? (value as number) : 0);
const wholeOrNull = (value: unknown): number | null => (Number.isSafeInteger(value) ? (value as number) : null);
const oneOf = <T extends string>(value: unknown, all: readonly T[]): T | null => all.find((one) => one === value) ?? null;
const record = <T>(read: (value: Wire) => T | null) => (value: unknown): T | null => (isRecord(value) ? read(value) : null);

export const readPaidRow = record<PaidRow>((value) => {
  const state = oneOf(value.state, PAID_STATES);
  const id = string(value.id);
  if (!state || !id) return null;
  return {
    id,
    reference: string(value.reference),
    state,
    kind: oneOf(value.kind, REQUEST_KINDS) ?? "extra",
    need: string(value.need),
    target: string(value.target),
    urgency: oneOf(value.urgency, URGENCIES) ?? "relaxed",
    capacityGb: wholeOrNull(value.capacity_gb),
    conversationId: string(value.conversation_id),
    createdAt: string(value.created_at),
    updatedAt: string(value.updated_at) || string(value.created_at),
    expiresAt: stringOrNull(value.expires_at),
    staff: stringOrNull(value.staff),
    total: wholeOrNull(value.total),
    invoice: stringOrNull(value.invoice),
    outOfField: value.out_of_field === true,
    waitsForApproval: value.waits_for_approval === true,
    surplus: whole(value.surplus),
  };
});

const readQuote = record<Quote>((value) => {
  const figures = readQuoteFigures(value);
  return figures && {
    ...figures,
    createdAt: string(value.created_at),
    createdBy: stringOrNull(value.created_by),
    issuedAt: stringOrNull(value.issued_at),
    approvedBy: stringOrNull(value.approved_by),
  };
});

const readPayment = record<Payment>((value) => {
  const state = oneOf(value.state, PAYMENT_STATES);
  return state && {
    orderId: string(value.order_id),
    method: string(value.method),
    amount: whole(value.amount),
    uniqueCode: wholeOrNull(value.unique_code),
    state,
    openedAt: string(value.opened_at),
    settledAt: stringOrNull(value.settled_at),
    evidence: stringOrNull(value.evidence),
  };
});

const readWork = record<Work>((value) => ({
  at: string(value.at),
  staff: string(value.staff),
  text: string(value.text),
  minutes: whole(value.minutes),
}));

const readChange = record<PaidChange>((value) => ({
  at: string(value.at),
  event: string(value.event),
  oldState: string(value.old_state),
  newState: string(value.new_state),
  actor: string(value.actor),
  staff: stringOrNull(value.staff),
  reason: stringOrNull(value.reason),
}));

export const readPaidDetail = record<PaidDetail>((value) => {
  const row = readPaidRow(value);
  return row && {
    ...row,
    email: stringOrNull(value.email),
    phone: stringOrNull(value.phone),
    score: wholeOrNull(value.score),
    quotes: readList(value.quotes, readQuote),
    payments: readList(value.payments, readPayment),
    work: readList(value.work, readWork),
    changes: readList(value.changes, readChange),
  };
});

const readPriceItem = record<PriceItem>((value) =>
  stringOrNull(value.name) === null ? null : { name: string(value.name), unit: string(value.unit), unitPrice: wholeOrNull(value.unit_price) },
);

export const readPriceList = (value: Wire): PriceList => ({
  items: readList(value.items, readPriceItem),
  taxRate: typeof value.tax_rate === "string" && /^\d+(\.\d+)?$/.test(value.tax_rate) ? value.tax_rate : "0",
  quoteDays: whole(value.quote_days) || 7,
  // The server writes 0 where there is none.
  approvalLimit: wholeOrNull(value.approval_limit) || null,
});

const readLine = record<StatementLine>((one) => ({ date: string(one.date), amount: whole(one.amount), description: string(one.description) }));

export const readStatement = (value: Wire): StatementResult => ({
  matched: readList(
    value.matched,
    record((one) => ({ orderId: string(one.order_id), reference: string(one.reference), amount: whole(one.amount) })),
  ),
  ambiguous: readList(value.ambiguous, readLine),
  unmatched: readList(value.unmatched, readLine),
  odd: readList(
    value.odd,
    record((one) => ({ date: string(one.date), text: string(one.text), line: whole(one.line) })),
  ),
  known: whole(value.known),
});
