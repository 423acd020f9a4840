import { formatRupiah } from "../../../shared/paid/rupiah";
import { STATE_LABELS, type PaidState } from "../../../shared/paid/words";
import type { PaymentState } from "./types";

/** Words of the board for what the protocol names in short; a server of another version may know more names. */

const EVENTS = new Map([
  ["quote", "Penawaran dibuat"],
  ["accept", "Penawaran diterima"],
  ["bill", "Tagihan dibuat"],
  ["pay", "Dibayar"],
  ["start", "Pekerjaan dimulai"],
  ["finish", "Pekerjaan selesai"],
  ["decline", "Penawaran ditolak pelanggan"],
  ["reject", "Ditolak staf"],
  ["expire", "Kedaluwarsa"],
  ["cancel", "Dibatalkan"],
  ["refund", "Dana dikembalikan"],
  ["request", "Permintaan masuk"],
]);

export const PAYMENT_LABELS: Record<PaymentState, string> = {
  opening: "Disiapkan",
  pending: "Menunggu",
  settled: "Diterima",
  failed: "Gagal",
  surplus: "Kelebihan, harus dikembalikan",
  returned: "Sudah dikembalikan",
};

export type RejectReason = "out_of_field" | "included" | "not_possible" | "other";

export const REJECT_REASONS: readonly { value: RejectReason; label: string; hint: string }[] = [
  { value: "out_of_field", label: "Di luar bidang kami", hint: "Hak 4: pekerjaan teknis di luar bidang kami ditolak dengan alasan, dan tidak pernah ditawarkan. Permintaan ini tidak dapat ditawarkan lagi." },
  { value: "included", label: "Sudah termasuk layanan", hint: "Kewajiban 4: bantuan ini tidak dikenai biaya. Lanjutkan lewat chat." },
  { value: "not_possible", label: "Tidak dapat dikerjakan", hint: "Jelaskan sebabnya di catatan." },
  { value: "other", label: "Alasan lain", hint: "Tulis alasannya di catatan; pelanggan membacanya." },
];

const REASONS = new Map<string, string>(REJECT_REASONS.map(({ value, label }) => [value, label]));
const ACTORS = new Map([
  ["customer", "Pelanggan"],
  ["staff", "Staf"],
  ["system", "Sistem"],
]);

const plain = (name: string): string => {
  const words = name.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const paidEventLabel = (name: string): string => EVENTS.get(name) ?? plain(name);
export const paidActorLabel = (name: string): string => ACTORS.get(name) ?? plain(name);
/** Why: `out_of_field: note` with its name in words; what staff typed is shown as they typed it. */
export function paidReasonLabel(reason: string): string {
  const [name = "", ...note] = reason.split(": ");
  const label = REASONS.get(name);
  return label ? [label, ...note].join(": ") : reason;
}
export const paidStateLabel = (state: string): string => STATE_LABELS[state as PaidState] ?? plain(state);

const FIELDS: readonly [RegExp, string][] = [
  [/^lines\.(\d+)\.what$/, "nama pekerjaan"],
  [/^lines\.(\d+)\.quantity$/, "jumlah"],
  [/^lines\.(\d+)\.unit$/, "satuan"],
  [/^lines\.(\d+)\.unit_price$/, "harga"],
  [/^lines$/, "rincian penawaran"],
  [/^valid_days$/, "masa berlaku"],
  [/^note$/, "catatan"],
  [/^amount$/, "jumlah uang"],
  [/^evidence$/, "bukti"],
  [/^text$/, "catatan pekerjaan"],
  [/^minutes$/, "lama pekerjaan"],
  [/^reason$/, "alasan"],
  [/^(?:csv|statement)$/, "berkas mutasi"],
];

const STATEMENT: ReadonlyMap<unknown, string> = new Map([
  ["size", "Berkasnya terlalu besar atau kosong."],
  ["header", "Kolom tanggal, keterangan, atau jumlah tidak ditemukan."],
  ["cells", "Jumlah kolomnya tidak sama dengan judulnya."],
  ["date", "Tanggalnya tidak dapat dibaca."],
  ["amount", "Jumlahnya tidak dapat dibaca."],
]);

/** Where in a bank statement the reading has ended, and why. */
export function statementText(data: Record<string, unknown>): string {
  const line = Number.isSafeInteger(data.line) ? ` Baris ${data.line as number} tidak dapat dibaca.` : "";
  const reason = STATEMENT.get(data.reason);
  return line + (reason ? ` ${reason}` : "");
}

/** The amounts that are waited for, where another one was written down. */
export function expectedText({ expected }: Record<string, unknown>): string {
  const amounts = Array.isArray(expected) ? expected.filter(Number.isSafeInteger).map(formatRupiah) : [];
  return amounts.length ? ` Yang ditunggu: ${amounts.join(" atau ")}.` : "";
}

/** "Periksa harga pada baris 2." */
export function fieldText(field: string): string {
  for (const [pattern, name] of FIELDS) {
    const match = pattern.exec(field);
    if (match) return `Periksa ${name}${match[1] ? ` pada baris ${Number(match[1]) + 1}` : ""}.`;
  }
  return "Periksa kembali isian Anda.";
}
