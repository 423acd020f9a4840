import { safeHref } from "../rich-text";
import { PAID_STATES, REQUEST_KINDS, URGENCIES, type PaidState, type RequestKind, type Urgency } from "./words";

/** The cards of docs/paid-support-protocol.md. Whatever cannot be read in full is an `unknown` card, shown as its text. */

export interface QuoteLine {
  what: string;
  quantity: string;
  unit: string;
  unitPrice: number;
  total: number;
}

export interface QuoteFigures {
  number: number;
  lines: QuoteLine[];
  subtotal: number;
  taxRate: string;
  tax: number;
  total: number;
  validUntil: string;
  note: string | null;
}

export interface BankAccount {
  bank: string;
  number: string;
  holder: string;
}

export interface StatusRow {
  id: string;
  reference: string;
  need: string;
  state: PaidState | null;
  text: string;
  total: number | null;
  expiresAt: string | null;
}

interface About {
  id: string;
  reference: string;
}

export interface FiledCard extends About {
  kind: "filed";
  need: string;
  target: string | null;
  urgency: Urgency;
  requestKind: RequestKind;
  capacityGb: number | null;
}
export interface QuoteCard extends About, QuoteFigures {
  kind: "quote";
  need: string;
}
export interface ChoosePaymentCard extends About {
  kind: "choose_payment";
  invoice: string;
  amount: number;
  dueAt: string;
  methods: string[];
}
export interface PaymentCard extends About {
  kind: "payment";
  invoice: string;
  amount: number;
  uniqueCode: number | null;
  dueAt: string;
  method: string;
  accounts: BankAccount[];
  /** The page of the payment service; only one that may be opened. */
  url: string | null;
}
export interface ReceiptCard extends About {
  kind: "receipt";
  invoice: string;
  amount: number;
  method: string;
  paidAt: string;
}
export interface ProgressCard extends About {
  kind: "progress";
  text: string;
}
export interface DoneCard extends About {
  kind: "done";
  text: string | null;
}
export interface ClosedCard extends About {
  kind: "closed";
  state: PaidState;
  text: string;
}
export interface StatusCard {
  kind: "status";
  id: null;
  requests: StatusRow[];
}
export interface UnknownCard {
  kind: "unknown";
  id: string | null;
}

export type KnownCard = FiledCard | QuoteCard | ChoosePaymentCard | PaymentCard | ReceiptCard | ProgressCard | DoneCard | ClosedCard | StatusCard;
export type PaidCard = KnownCard | UnknownCard;

type Wire = Record<string, unknown>;

/** A field that is not what it has to be; only thrown and caught in here. */
class Unreadable extends Error {}

const isWire = (value: unknown): value is Wire => typeof value === "object" && value !== null && !Array.isArray(value);

function words(value: unknown): string {
  if (typeof value !== "string" || !value.trim()) throw new Unreadable();
  return value;
}
function rupiah(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Unreadable();
  return value as number;
}
function moment(value: unknown): string {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) throw new Unreadable();
  return value;
}
function decimal(value: unknown): string {
  if (typeof value !== "string" || !/^\d+(\.\d+)?$/.test(value)) throw new Unreadable();
  return value;
}
function oneOf<T extends string>(value: unknown, all: readonly T[]): T {
  if (!all.includes(value as T)) throw new Unreadable();
  return value as T;
}
function list<T>(value: unknown, read: (one: Wire) => T): T[] {
  if (!Array.isArray(value) || !value.every(isWire)) throw new Unreadable();
  return value.map(read);
}
function texts(value: unknown): string[] {
  if (!Array.isArray(value)) throw new Unreadable();
  return value.map(words);
}
const optional = <T>(value: unknown, read: (value: unknown) => T): T | null => (value === null || value === undefined || value === "" ? null : read(value));

/** The figures of a quote, in a card or in the desk. Throws what `tolerant` catches. */
function quoteFigures(wire: Wire): QuoteFigures {
  return {
    number: rupiah(wire.number),
    lines: list(wire.lines, (line) => ({
      what: words(line.what),
      quantity: decimal(line.quantity),
      unit: words(line.unit),
      unitPrice: rupiah(line.unit_price),
      total: rupiah(line.total),
    })),
    subtotal: rupiah(wire.subtotal),
    taxRate: decimal(wire.tax_rate),
    tax: rupiah(wire.tax),
    total: rupiah(wire.total),
    validUntil: moment(wire.valid_until),
    note: optional(wire.note, words),
  };
}

/** An address that may be opened from a payment card: https, or http on this very machine, as in a trial run. */
export function paymentHref(value: unknown): string | null {
  const href = typeof value === "string" ? safeHref(value) : null;
  if (!href) return null;
  const { protocol, hostname } = new URL(href);
  const loopback = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
  return protocol === "https:" || loopback ? href : null;
}

const READERS: Record<KnownCard["kind"], (wire: Wire, about: () => About) => KnownCard> = {
  filed: (wire, about) => ({
    kind: "filed",
    ...about(),
    need: words(wire.need),
    target: optional(wire.target, words),
    urgency: oneOf(wire.urgency, URGENCIES),
    requestKind: oneOf(wire.request_kind, REQUEST_KINDS),
    capacityGb: optional(wire.capacity_gb, rupiah),
  }),
  quote: (wire, about) => ({ kind: "quote", ...about(), need: words(wire.need), ...quoteFigures(wire) }),
  choose_payment: (wire, about) => ({
    kind: "choose_payment",
    ...about(),
    invoice: words(wire.invoice),
    amount: rupiah(wire.amount),
    dueAt: moment(wire.due_at),
    methods: texts(wire.methods),
  }),
  payment: (wire, about) => ({
    kind: "payment",
    ...about(),
    invoice: words(wire.invoice),
    amount: rupiah(wire.amount),
    uniqueCode: optional(wire.unique_code, rupiah),
    dueAt: moment(wire.due_at),
    method: words(wire.method),
    accounts: list(wire.accounts, (one) => ({ bank: words(one.bank), number: words(one.number), holder: words(one.holder) })),
    url: paymentHref(wire.url),
  }),
  receipt: (wire, about) => ({
    kind: "receipt",
    ...about(),
    invoice: words(wire.invoice),
    amount: rupiah(wire.amount),
    method: words(wire.method),
    paidAt: moment(wire.paid_at),
  }),
  progress: (wire, about) => ({ kind: "progress", ...about(), text: words(wire.text) }),
  done: (wire, about) => ({ kind: "done", ...about(), text: optional(wire.text, words) }),
  closed: (wire, about) => ({ kind: "closed", ...about(), state: oneOf(wire.state, PAID_STATES), text: words(wire.text) }),
  status: (wire) => ({
    kind: "status",
    id: null,
    requests: list(wire.requests, (one) => ({
      id: words(one.id),
      reference: words(one.reference),
      need: words(one.need),
      // Its text says it in any case.
      state: PAID_STATES.find((state) => state === one.state) ?? null,
      text: words(one.text),
      total: optional(one.total, rupiah),
      expiresAt: optional(one.expires_at, moment),
    })),
  }),
};

/** The card of a message; null where there is none. Never throws. */
export function readCard(value: unknown): PaidCard | null {
  if (!isWire(value)) return null;
  const id = typeof value.id === "string" && value.id ? value.id : null;
  // Its id still says which request it is about, so that it takes the place of earlier cards.
  const unknown: UnknownCard = { kind: "unknown", id };
  const reader = typeof value.kind === "string" && Object.keys(READERS).includes(value.kind) ? READERS[value.kind as KnownCard["kind"]] : null;
  if (!reader) return unknown;
  return tolerant(() => reader(value, () => ({ id: words(value.id), reference: words(value.reference) }))) ?? unknown;
}

export const readQuoteFigures = (value: unknown): QuoteFigures | null => (isWire(value) ? tolerant(() => quoteFigures(value)) : null);

function tolerant<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
