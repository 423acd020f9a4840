import type { Presence, Row, State } from "./types";

/** Words of the console for what the protocol names in short; a server of another version may know more names. */

export const STATE_LABELS: Record<State, string> = { bot: "Bot", queue: "Antrean", agent: "Staf", closed: "Selesai" };
export const PRESENCE_LABELS: Record<Presence, string> = { online: "Online", away: "Istirahat", offline: "Offline" };

const OUTCOMES = new Map([
  ["answer", "Dijawab"],
  ["refuse", "Ditolak"],
  ["paid_support", "Bantuan berbayar"],
  ["handoff", "Dialihkan ke staf"],
  ["smalltalk", "Basa-basi"],
  ["clarify", "Bertanya balik"],
]);

const REASONS = new Map([
  ["minta_manusia", "Minta bicara dengan staf"],
  ["keluhan_marah", "Keluhan"],
  ["kasus_transaksi", "Cek transaksi sendiri"],
  ["kasus_layanan", "Cek layanan sendiri"],
  ["bot_failed", "Sistem bot terganggu"],
  ["given_back", "Dikembalikan staf yang mengambil alih dari bot"],
]);

const CLOSE_REASONS = new Map([
  ["solved", "Terselesaikan"],
  ["no_reply", "Pelanggan tidak membalas"],
  ["spam", "Spam"],
  ["other", "Lainnya"],
]);

const EVENTS = new Map([
  ["request", "Minta staf"],
  ["accept", "Diterima"],
  ["assign", "Ditugaskan"],
  ["take_over", "Diambil alih"],
  ["transfer", "Dialihkan"],
  ["give_up", "Kembali ke antrean"],
  ["leave_queue", "Keluar dari antrean"],
  ["hand_back", "Diserahkan ke bot"],
  ["close", "Ditutup"],
  ["reopen", "Dibuka lagi"],
]);

const ENTITIES = new Map([
  ["nama_domain", "Domain"],
  ["surel", "E-mail"],
  ["telepon", "Telepon"],
  ["rupiah", "Nominal"],
  ["kapasitas", "Kapasitas"],
  ["nomor_invoice", "Invoice"],
  ["tanggal", "Tanggal"],
]);

const ACTORS = new Map([
  ["customer", "Pelanggan"],
  ["bot", "Bot"],
  ["agent", "Staf"],
  ["system", "Sistem"],
]);

/** "cek_akun" → "Cek akun", for what has no words of its own here. */
export const plain = (name: string): string => {
  const words = name.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const entityLabel = (name: string): string => ENTITIES.get(name) ?? plain(name);
export const outcomeLabel = (name: string): string => OUTCOMES.get(name) ?? plain(name);
export const reasonLabel = (name: string): string => REASONS.get(name) ?? plain(name);
export const closeReasonLabel = (name: string): string => CLOSE_REASONS.get(name) ?? plain(name);
export const eventLabel = (name: string): string => EVENTS.get(name) ?? plain(name);
export const actorLabel = (name: string): string => ACTORS.get(name) ?? plain(name);

/** What a customer without a name is called: short, and the same wherever it is shown. */
export function customerName(row: Pick<Row, "id" | "contactName">): string {
  return row.contactName ?? `Pengunjung ${row.id.replace(/-/g, "").slice(0, 4).toUpperCase()}`;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => Array.from(word)[0]!.toUpperCase()).join("");
}

/** One of `count` colours, always the same for one id. */
export function hue(id: string, count = 6): number {
  let sum = 7;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return sum % count;
}
