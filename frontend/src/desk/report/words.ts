/** What the report calls things. */

const REASONS = new Map([
  ["minta_manusia", "Minta bicara dengan staf"],
  ["keluhan_marah", "Keluhan"],
  ["kasus_transaksi", "Cek transaksi sendiri"],
  ["kasus_layanan", "Cek layanan sendiri"],
  ["bot_failed", "Sistem bot terganggu"],
  ["failed_twice", "Bot dua kali tidak paham"],
  ["given_back", "Dikembalikan staf yang mengambil alih dari bot"],
]);

const CLOSE_REASONS = new Map([
  ["solved", "Terselesaikan"],
  ["no_reply", "Pelanggan tidak membalas"],
  ["spam", "Spam"],
  ["other", "Lainnya"],
]);

/** "cek_akun" → "Cek akun", for what has no words of its own here. */
function plain(name: string): string {
  const words = name.replace(/_/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const reasonLabel = (name: string): string => REASONS.get(name) ?? plain(name);
export const closeReasonLabel = (name: string | null): string =>
  name ? (CLOSE_REASONS.get(name) ?? plain(name)) : "Tanpa alasan";

export const BOT_ENDS = [
  { key: "solved", tone: "good", label: "Dinyatakan selesai" },
  { key: "unsolved", tone: "bad", label: "Dinyatakan belum selesai" },
  { key: "left", tone: "quiet", label: "Pergi tanpa menjawab" },
  { key: "handed_over", tone: "main", label: "Beralih ke staf" },
] as const;
