import type { Presence } from "./types";

/** Words that every console of staff uses; a server of another version may know more names. */

export const PRESENCE_LABELS: Record<Presence, string> = { online: "Online", away: "Istirahat", offline: "Offline" };

const OUTCOMES = new Map([
  ["answer", "Dijawab"],
  ["refuse", "Ditolak"],
  ["paid_support", "Bantuan berbayar"],
  ["handoff", "Dialihkan ke staf"],
  ["smalltalk", "Basa-basi"],
  ["clarify", "Bertanya balik"],
]);

/** What the bot finds in a text, by the names of the training data. */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
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
export const actorLabel = (name: string): string => ACTORS.get(name) ?? plain(name);
export const outcomeLabel = (name: string): string => OUTCOMES.get(name) ?? plain(name);

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
