/** A card of each kind, as the server writes it. */
export const ID = "r1";
const ABOUT = { id: ID, reference: "PB-7K3F9Q2" };
const SOON = "2030-01-01T00:00:00.000Z";

export type WireCard = Record<string, unknown>;

export const CARDS = {
  filed: { kind: "filed", ...ABOUT, need: "Pasang plugin", target: "tokobatik.id", urgency: "today", request_kind: "extra", capacity_gb: null },
  quote: {
    kind: "quote", ...ABOUT, number: 1, need: "Pasang plugin", subtotal: 375_000, tax_rate: "11", tax: 41_250, total: 416_250, valid_until: SOON, note: "Termasuk uji",
    lines: [{ what: "Plugin", quantity: "2.5", unit: "jam", unit_price: 150_000, total: 375_000 }],
  },
  choose_payment: { kind: "choose_payment", ...ABOUT, invoice: "INV/1", amount: 416_250, due_at: SOON, methods: ["transfer", "midtrans"] },
  payment: {
    kind: "payment", ...ABOUT, invoice: "INV/1", amount: 416_417, unique_code: 167, due_at: SOON, method: "transfer", url: null,
    accounts: [{ bank: "BCA", number: "123 456", holder: "PT Masternet" }],
  },
  receipt: { kind: "receipt", ...ABOUT, invoice: "INV/1", amount: 416_417, method: "transfer", paid_at: "2026-11-27T03:00:00Z" },
  progress: { kind: "progress", ...ABOUT, text: "Sedang diuji" },
  done: { kind: "done", ...ABOUT, text: null },
  closed: { kind: "closed", ...ABOUT, state: "expired", text: "Masa berlaku habis" },
  status: { kind: "status", requests: [{ id: ID, reference: "PB-7K3F9Q2", need: "Pasang plugin", state: "quoted", text: "menunggu jawaban", total: 416_250, expires_at: SOON }] },
} satisfies Record<string, WireCard>;

const press = (title: string, payload: string): { title: string; payload: string } => ({ title, payload });

export const QUOTE_BUTTONS = [
  press("Terima penawaran", `#paid:accept:${ID}:1`),
  press("Tolak penawaran", `#paid:decline:${ID}:1`),
  press("Tanya dulu", "/minta_manusia"),
];
export const PAYMENT_BUTTONS = [press("Ganti: Bayar online", `#paid:pay:${ID}:midtrans`), press("Batalkan permintaan", `#paid:cancel:${ID}`)];
export const STARS = [5, 4, 3, 2, 1].map((score) => press(`${score} dari 5 - kata`, `#paid-rating:${score}:${ID}`));
