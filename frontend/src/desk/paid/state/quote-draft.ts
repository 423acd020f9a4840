import { lineTotal, MOST_RUPIAH, parseQuantity, parseRupiah, quantityString, taxOf } from "../../../shared/paid/rupiah";
import type { QuoteFigures } from "../../../shared/paid/cards";
import type { PriceItem, PriceList, Quote } from "./types";

/** A quote as it is being typed: every field is text, also what is not a number yet. */
export interface DraftLine {
  /** Stays the same while other lines come and go. */
  key: number;
  what: string;
  quantity: string;
  unit: string;
  price: string;
}

export interface QuoteDraft {
  lines: DraftLine[];
  days: string;
  note: string;
}

export const MOST_LINES = 40;
const MOST_DAYS = 365;
let lastKey = 0;

export const blankLine = (): DraftLine => ({ key: ++lastKey, what: "", quantity: "1", unit: "jam", price: "" });

const withDots = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+$)/g, ".");

export const lineOf = (item: PriceItem): DraftLine => ({
  ...blankLine(),
  what: item.name,
  unit: item.unit,
  price: item.unitPrice === null ? "" : withDots(item.unitPrice),
});

export const blankDraft = (prices: PriceList): QuoteDraft => ({ lines: [blankLine()], days: String(prices.quoteDays), note: "" });

/** Another quote begins as the last one was. */
export function draftOf(quote: Quote, prices: PriceList): QuoteDraft {
  const lines = quote.lines.map((line) => ({
    ...blankLine(),
    what: line.what,
    quantity: line.quantity.replace(".", ","),
    unit: line.unit,
    price: withDots(line.unitPrice),
  }));
  return { lines, days: String(prices.quoteDays), note: quote.note ?? "" };
}

/** Taken from the price list, an item fills the line that is still blank. */
export function withItem(draft: QuoteDraft, item: PriceItem): QuoteDraft {
  const lines = draft.lines.filter((line) => line.what.trim() || line.price.trim());
  return { ...draft, lines: [...lines, lineOf(item)] };
}

const MESSAGES = {
  what: "Isi nama pekerjaannya.",
  quantity: "Jumlah: angka di atas nol, paling banyak dua desimal, mis. 1,5.",
  unit: "Isi satuannya, mis. jam.",
  price: "Harga: rupiah bulat tanpa sen, mis. 150.000.",
};
export type LineField = keyof typeof MESSAGES;

export interface DraftProblem {
  /** `lines.0.price`, `lines`, `days` */
  field: string;
  message: string;
}

export interface Reckoned {
  figures: Pick<QuoteFigures, "lines" | "subtotal" | "taxRate" | "tax" | "total">;
  problems: DraftProblem[];
}

/** Sums of all lines that can be read, and what is wrong with the others. */
export function reckon(draft: QuoteDraft, taxRate: string): Reckoned {
  const problems: DraftProblem[] = [];
  const lines: QuoteFigures["lines"] = [];
  draft.lines.forEach((line, index) => {
    const [quantity, unitPrice] = [parseQuantity(line.quantity), parseRupiah(line.price)];
    const wrong: Record<LineField, boolean> = { what: !line.what.trim(), quantity: quantity === null, unit: !line.unit.trim(), price: unitPrice === null };
    for (const name of Object.keys(MESSAGES) as LineField[]) {
      if (wrong[name]) problems.push({ field: `lines.${index}.${name}`, message: MESSAGES[name] });
    }
    if (quantity === null || unitPrice === null) return;
    lines.push({ what: line.what.trim(), unit: line.unit.trim(), quantity: quantityString(quantity), unitPrice, total: lineTotal(unitPrice, quantity) });
  });
  const subtotal = lines.reduce((sum, line) => sum + line.total, 0);
  const tax = taxOf(subtotal, taxRate);
  const total = subtotal + tax;
  if (!problems.length && (subtotal === 0 || total > MOST_RUPIAH)) {
    problems.push({ field: "lines", message: subtotal === 0 ? "Total penawaran masih nol." : "Total penawaran terlalu besar." });
  }
  if (!/^\d{1,3}$/.test(draft.days.trim()) || Number(draft.days) < 1 || Number(draft.days) > MOST_DAYS) {
    problems.push({ field: "days", message: `Masa berlaku: 1 sampai ${MOST_DAYS} hari.` });
  }
  return { figures: { lines, subtotal, taxRate, tax, total }, problems };
}

/** What is sent; only for a draft without problems. */
export function quoteBody(draft: QuoteDraft): Record<string, unknown> {
  return {
    lines: draft.lines.map((line) => ({
      what: line.what.trim(),
      quantity: quantityString(parseQuantity(line.quantity)!),
      unit: line.unit.trim(),
      unit_price: parseRupiah(line.price)!,
    })),
    valid_days: Number(draft.days),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
  };
}

/** A total that goes out only after an administrator has agreed. */
export const needsApproval = (total: number, prices: PriceList, admin: boolean): boolean =>
  !admin && prices.approvalLimit !== null && total > prices.approvalLimit;
