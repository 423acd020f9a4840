import type { Filter } from "./types";

export type Command =
  | { kind: "next" | "previous" | "open" | "accept" | "transfer" | "return" | "hand-back" | "close" }
  | { kind: "canned" | "note" | "reply" | "unread" | "help" | "escape" | "search" }
  | { kind: "list"; filter: Filter }
  | { kind: "page"; page: "canned" | "report" | "account" | "paid" }
  | { kind: "suggestion"; index: number };

export interface Key {
  key: string;
  /** Where a key's own sign differs with Alt, as on a Mac. */
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

const SINGLE: Readonly<Record<string, Command>> = {
  j: { kind: "next" },
  k: { kind: "previous" },
  Enter: { kind: "open" },
  a: { kind: "accept" },
  t: { kind: "transfer" },
  q: { kind: "return" },
  h: { kind: "hand-back" },
  c: { kind: "close" },
  "/": { kind: "canned" },
  r: { kind: "reply" },
  n: { kind: "note" },
  u: { kind: "unread" },
  "?": { kind: "help" },
};

const AFTER_G: Readonly<Record<string, Command>> = {
  q: { kind: "list", filter: "queue" },
  m: { kind: "list", filter: "mine" },
  b: { kind: "list", filter: "bot" },
  o: { kind: "list", filter: "others" },
  d: { kind: "list", filter: "closed" },
  s: { kind: "search" },
  r: { kind: "page", page: "canned" },
  l: { kind: "page", page: "report" },
  p: { kind: "page", page: "paid" },
  a: { kind: "page", page: "account" },
};

const SEQUENCE_MS = 1500;

/** Turns keys into commands; remembers a `g` for a moment. */
export class Shortcuts {
  private pending = -Infinity;

  /** `typing`: the key goes into a field, where only those with Alt and Escape count. */
  press(key: Key, typing: boolean, now: number): Command | null {
    if (key.ctrlKey || key.metaKey) return null;
    if (key.altKey) return this.withAlt(key);
    if (key.key === "Escape") return { kind: "escape" };
    if (typing) return null;
    const afterG = now - this.pending < SEQUENCE_MS;
    this.pending = -Infinity;
    if (afterG) return AFTER_G[key.key.toLowerCase()] ?? null;
    if (key.key === "g") {
      this.pending = now;
      return null;
    }
    return SINGLE[key.key] ?? null;
  }

  private withAlt(key: Key): Command | null {
    const digit = /^(?:Digit|Numpad)([1-3])$/.exec(key.code)?.[1] ?? (/^[1-3]$/.test(key.key) ? key.key : null);
    return digit ? { kind: "suggestion", index: Number(digit) - 1 } : null;
  }
}

/** The help sheet, in the order in which it is read. */
export const HELP: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: "Daftar",
    keys: [
      ["j / k", "Percakapan berikut / sebelumnya"],
      ["Enter", "Buka percakapan yang disorot"],
      ["u", "Hanya yang belum dibaca"],
      ["g lalu q", "Antrean"],
      ["g lalu m", "Milik saya"],
      ["g lalu b", "Bot"],
      ["g lalu o", "Staf lain"],
      ["g lalu d", "Selesai"],
    ],
  },
  {
    title: "Percakapan",
    keys: [
      ["a", "Terima atau ambil alih"],
      ["t", "Alihkan ke staf lain"],
      ["q", "Kembalikan ke antrean"],
      ["h", "Serahkan ke bot"],
      ["c", "Tutup percakapan"],
      ["Esc", "Kembali ke daftar"],
    ],
  },
  {
    title: "Menulis",
    keys: [
      ["r", "Tulis balasan"],
      ["n", "Tulis catatan internal"],
      ["/", "Cari balasan cepat"],
      ["Alt+1 … 3", "Sisipkan saran butir"],
      ["Enter", "Kirim"],
      ["Shift+Enter", "Baris baru"],
    ],
  },
  {
    title: "Halaman",
    keys: [
      ["g lalu s", "Cari"],
      ["g lalu r", "Balasan cepat"],
      ["g lalu l", "Laporan"],
      ["g lalu p", "Bantuan berbayar"],
      ["g lalu a", "Akun"],
      ["?", "Bantuan ini"],
    ],
  },
];
