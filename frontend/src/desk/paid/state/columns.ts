import type { PaidState } from "../../../shared/paid/words";
import type { PaidRow } from "./types";

export type ColumnId = "new" | "quoted" | "payment" | "paid" | "work" | "ended";

export interface Column {
  id: ColumnId;
  label: string;
  states: readonly PaidState[];
  empty: string;
}

/** The board from left to right, as a request goes. */
export const COLUMNS: readonly Column[] = [
  { id: "new", label: "Baru", states: ["requested"], empty: "Tidak ada permintaan yang menunggu penawaran." },
  { id: "quoted", label: "Ditawarkan", states: ["quoted"], empty: "Tidak ada penawaran yang menunggu jawaban." },
  { id: "payment", label: "Menunggu bayar", states: ["accepted", "awaiting_payment"], empty: "Tidak ada tagihan terbuka." },
  { id: "paid", label: "Dibayar", states: ["paid"], empty: "Tidak ada yang menunggu dikerjakan." },
  { id: "work", label: "Dikerjakan", states: ["in_progress"], empty: "Tidak ada pekerjaan berjalan." },
  { id: "ended", label: "Selesai", states: ["done", "declined", "expired", "cancelled", "refunded"], empty: "Belum ada yang selesai." },
];

export const columnOf = (state: PaidState): Column => COLUMNS.find((column) => column.states.includes(state))!;
export const isOpen = (state: PaidState): boolean => columnOf(state).id !== "ended";

export type Counts = Partial<Record<PaidState, number>>;

export const countOf = (column: Column, counts: Counts): number => column.states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

const HURRY = { today: 0, this_week: 1, relaxed: 2 };

/** What needs somebody comes first: by urgency and age while it waits for staff, by its end while it waits for the customer. */
export function inOrder(rows: readonly PaidRow[], column: Column): PaidRow[] {
  const own = rows.filter((row) => column.states.includes(row.state));
  const byAge = (a: PaidRow, b: PaidRow): number => a.createdAt.localeCompare(b.createdAt);
  const byEnd = (a: PaidRow, b: PaidRow): number => (a.expiresAt ?? "9").localeCompare(b.expiresAt ?? "9") || byAge(a, b);
  const byHurry = (a: PaidRow, b: PaidRow): number => HURRY[a.urgency] - HURRY[b.urgency] || byAge(a, b);
  const newest = (a: PaidRow, b: PaidRow): number => b.updatedAt.localeCompare(a.updatedAt);
  if (column.id === "ended") return own.sort(newest);
  return own.sort(column.id === "quoted" || column.id === "payment" ? byEnd : byHurry);
}
