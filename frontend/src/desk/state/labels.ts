import { plain } from "../../console/state/labels";
import type { Row, State } from "./types";

/** Words of the console for what the protocol names in short; a server of another version may know more names. */

export const STATE_LABELS: Record<State, string> = { bot: "Bot", queue: "Antrean", agent: "Staf", closed: "Selesai" };

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

export const reasonLabel = (name: string): string => REASONS.get(name) ?? plain(name);
export const closeReasonLabel = (name: string): string => CLOSE_REASONS.get(name) ?? plain(name);
export const eventLabel = (name: string): string => EVENTS.get(name) ?? plain(name);

/** What a customer without a name is called: short, and the same wherever it is shown. */
export function customerName(row: Pick<Row, "id" | "contactName">): string {
  return row.contactName ?? `Pengunjung ${row.id.replace(/-/g, "").slice(0, 4).toUpperCase()}`;
}
