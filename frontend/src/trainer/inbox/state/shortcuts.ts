/** What a key asks for in the inbox. */
export type InboxCommand =
  | { kind: "confirm" | "topic" | "outside" | "edit" | "mark" | "skip" | "ignore" | "send" | "undo" | "next" | "previous" | "back" }
  | { kind: "rank"; index: number };

const KEYS: Readonly<Record<string, InboxCommand>> = {
  Enter: { kind: "confirm" },
  y: { kind: "confirm" },
  "1": { kind: "rank", index: 0 },
  "2": { kind: "rank", index: 1 },
  "3": { kind: "rank", index: 2 },
  t: { kind: "topic" },
  x: { kind: "outside" },
  e: { kind: "edit" },
  m: { kind: "mark" },
  s: { kind: "skip" },
  i: { kind: "ignore" },
  k: { kind: "send" },
  u: { kind: "undo" },
  j: { kind: "next" },
  ArrowDown: { kind: "next" },
  ArrowUp: { kind: "previous" },
  Escape: { kind: "back" },
};

export const inboxCommand = (key: string): InboxCommand | null => KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null;

export const HELP: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: "Memutuskan",
    keys: [
      ["Enter / y", "Bot sudah benar"],
      ["1 … 3", "Pindah ke topik ke-1, 2, atau 3"],
      ["t", "Cari topik lain"],
      ["x", "Di luar layanan (lalu o atau t)"],
      ["s", "Lewati dulu"],
      ["i", "Abaikan untuk seterusnya"],
      ["k", "Kirim ke rekan"],
      ["u", "Batalkan keputusan terakhir"],
    ],
  },
  {
    title: "Kalimat",
    keys: [
      ["e", "Ubah dan pilih kalimat"],
      ["m", "Tandai data di teks terpilih"],
      ["Esc", "Tutup panel"],
    ],
  },
  {
    title: "Berpindah",
    keys: [
      ["j / ↓", "Kelompok berikutnya"],
      ["↑", "Kelompok sebelumnya"],
      ["g lalu k", "Kotak masuk"],
      ["g lalu d", "Data latih"],
      ["g lalu l", "Latih & terbitkan"],
      ["g lalu r", "Tren"],
      ["?", "Bantuan ini"],
    ],
  },
];
