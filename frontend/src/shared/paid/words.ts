/** What requests for paid support are called; a server of another version may know more names. */

export const PAID_STATES = [
  "requested", "quoted", "accepted", "awaiting_payment", "paid", "in_progress", "done", "declined", "expired", "cancelled", "refunded",
] as const;
export type PaidState = (typeof PAID_STATES)[number];

export const URGENCIES = ["today", "this_week", "relaxed"] as const;
export type Urgency = (typeof URGENCIES)[number];

export const REQUEST_KINDS = ["extra", "revision", "migration"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const STATE_LABELS: Record<PaidState, string> = {
  requested: "Menunggu penawaran",
  quoted: "Menunggu jawaban",
  accepted: "Disetujui",
  awaiting_payment: "Menunggu pembayaran",
  paid: "Dibayar",
  in_progress: "Dikerjakan",
  done: "Selesai",
  declined: "Tidak dilanjutkan",
  expired: "Kedaluwarsa",
  cancelled: "Dibatalkan",
  refunded: "Dana dikembalikan",
};

export const URGENCY_LABELS: Record<Urgency, string> = { today: "Hari ini", this_week: "Minggu ini", relaxed: "Tidak mendesak" };

export const KIND_LABELS: Record<RequestKind, string> = { extra: "Pekerjaan tambahan", revision: "Revisi", migration: "Migrasi" };

const METHODS = new Map([
  ["transfer", "Transfer bank"],
  ["midtrans", "Bayar online"],
]);

export const methodLabel = (method: string): string => METHODS.get(method) ?? method;
