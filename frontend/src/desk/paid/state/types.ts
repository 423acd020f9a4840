/** Types of docs/paid-support-protocol.md, as the console uses them. */
import type { QuoteFigures } from "../../../shared/paid/cards";
import type { PaidState, RequestKind, Urgency } from "../../../shared/paid/words";

export interface PaidRow {
  id: string;
  reference: string;
  state: PaidState;
  kind: RequestKind;
  need: string;
  target: string;
  urgency: Urgency;
  capacityGb: number | null;
  conversationId: string;
  createdAt: string;
  updatedAt: string;
  expiresAt: string | null;
  staff: string | null;
  total: number | null;
  invoice: string | null;
  /** Found to be none of the company's business (Hak 4): never quoted again. */
  outOfField: boolean;
  waitsForApproval: boolean;
  surplus: number;
}

export interface Quote extends QuoteFigures {
  createdAt: string;
  createdBy: string | null;
  issuedAt: string | null;
  approvedBy: string | null;
}

export type PaymentState = "opening" | "pending" | "settled" | "failed" | "surplus" | "returned";

export interface Payment {
  orderId: string;
  method: string;
  amount: number;
  uniqueCode: number | null;
  state: PaymentState;
  openedAt: string;
  settledAt: string | null;
  evidence: string | null;
}

export interface Work {
  at: string;
  staff: string;
  text: string;
  minutes: number;
}

export interface PaidChange {
  at: string;
  event: string;
  oldState: string;
  newState: string;
  actor: string;
  staff: string | null;
  reason: string | null;
}

export interface PaidDetail extends PaidRow {
  email: string | null;
  phone: string | null;
  score: number | null;
  quotes: Quote[];
  payments: Payment[];
  work: Work[];
  changes: PaidChange[];
}

export interface PriceItem {
  name: string;
  unit: string;
  unitPrice: number | null;
}

export interface PriceList {
  items: PriceItem[];
  taxRate: string;
  quoteDays: number;
  approvalLimit: number | null;
}

export interface StatementLine {
  date: string;
  amount: number;
  description: string;
}

export interface StatementResult {
  matched: { orderId: string; reference: string; amount: number }[];
  /** Awaited once, but there are several of this amount: staff see which one counts. */
  ambiguous: StatementLine[];
  unmatched: StatementLine[];
  /** Money that pays nothing of ours, such as interest with cents. */
  odd: { date: string; text: string; line: number }[];
  known: number;
}
