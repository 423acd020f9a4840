/** Cards of docs/paid-support-protocol.md for the fake server: one of each with `demo kartu`, and a whole request with `demo berbayar`. */

const ID = "a1b2c3";
const ABOUT = { id: ID, reference: "PB-7K3F9Q2" };
const INVOICE = "INV/2026/000123";
const NEED = "Pasang plugin pembayaran di WooCommerce dan uji satu pesanan";
const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

const LINES = [
  { what: "Pemasangan dan pengaturan plugin", quantity: "2.5", unit: "jam", unit_price: 150000, total: 375000 },
  { what: "Uji pesanan dan laporan singkat", quantity: "1", unit: "paket", unit_price: 200000, total: 200000 },
];
const SUMS = { lines: LINES, subtotal: 575000, tax_rate: "11", tax: 63250, total: 638250 };
const cancel = { title: "Batalkan permintaan", payload: `#paid:cancel:${ID}` };
const pay = (method, title) => ({ title, payload: `#paid:pay:${ID}:${method}` });
const WORDS = ["Tidak puas", "Kurang puas", "Cukup", "Puas", "Sangat puas"];

/** [sender, text, card, buttons] */
const CARDS = {
  filed: () => ["bot", "Permintaan Kakak sudah kami catat dengan nomor PB-7K3F9Q2.", { need: NEED, target: "tokobatik.co.id", urgency: "this_week", request_kind: "extra", capacity_gb: null }, [cancel]],
  quote: (number = 1) => ["system", "Penawaran untuk PB-7K3F9Q2: Total: Rp638.250.", { number, ...SUMS, valid_until: inHours(167), note: "Termasuk revisi kecil selama 7 hari setelah selesai.", need: NEED }, [
    { title: "Terima penawaran", payload: `#paid:accept:${ID}:${number}` },
    { title: "Tolak penawaran", payload: `#paid:decline:${ID}:${number}` },
    { title: "Tanya dulu", payload: "/minta_manusia" },
  ]],
  choose_payment: () => ["system", `Tagihan ${INVOICE}: Rp638.250. Pilih cara membayarnya:`, { invoice: INVOICE, amount: 638250, due_at: inHours(23.2), methods: ["transfer", "midtrans"] }, [pay("transfer", "Transfer bank"), pay("midtrans", "Bayar online"), cancel]],
  transfer: () => ["system", `Tagihan ${INVOICE}: bayar tepat Rp638.417.`, { invoice: INVOICE, amount: 638417, unique_code: 167, due_at: inHours(3.2), method: "transfer", url: null, accounts: [
    { bank: "BCA", number: "123 456 7890", holder: "PT Masternet Nusantara" },
    { bank: "Mandiri", number: "137-00-1234567-8", holder: "PT Masternet Nusantara" },
  ] }, [pay("midtrans", "Ganti: Bayar online"), cancel]],
  midtrans: () => ["system", `Tagihan ${INVOICE}: bayar tepat Rp638.250.`, { invoice: INVOICE, amount: 638250, unique_code: null, due_at: inHours(23), method: "midtrans", accounts: [], url: "https://app.sandbox.midtrans.com/snap/v4/redirection/contoh" }, [pay("transfer", "Ganti: Transfer bank"), cancel]],
  receipt: () => ["system", `Pembayaran Rp638.417 untuk tagihan ${INVOICE} sudah kami terima.`, { invoice: INVOICE, amount: 638417, method: "transfer", paid_at: inHours(0) }, []],
  progress: () => ["system", "Kabar pekerjaan PB-7K3F9Q2: Plugin sudah terpasang, sekarang kami uji satu pesanan.", { text: "Plugin sudah terpasang, sekarang kami uji satu pesanan." }, []],
  done: () => ["system", "Pekerjaan PB-7K3F9Q2 sudah selesai. Bagaimana hasilnya, Kak?", { text: "Plugin pembayaran aktif; pesanan uji nomor 1042 berhasil." }, WORDS.map((word, index) => ({ title: `${index + 1} dari 5 - ${word}`, payload: `#paid-rating:${index + 1}:${ID}` }))],
  closed: (state = "cancelled") => ["system", "Permintaan PB-7K3F9Q2 dibatalkan.", { state, text: "Permintaan dibatalkan atas permintaan Kakak. Tidak ada yang perlu dibayar." }, []],
  status: () => ["bot", "Keadaan permintaan bantuan berbayar Kakak:\n- PB-7K3F9Q2: menunggu pembayaran", { requests: [
    { id: ID, reference: "PB-7K3F9Q2", need: NEED, state: "awaiting_payment", text: "menunggu pembayaran", total: 638250, expires_at: inHours(23) },
    { id: "z9", reference: "PB-2M8XW41", need: "Migrasi hosting 40 GB", state: "requested", text: "menunggu penawaran dari staf", total: null, expires_at: null },
  ] }, [{ title: "Bicara dengan staf", payload: "/minta_manusia" }]],
};
const KINDS = { transfer: "payment", midtrans: "payment" };

export class FakeCards {
  constructor(server, stepMs) {
    this.server = server;
    this.stepMs = stepMs;
  }

  /** The title under which a pressed button is stored; null for what is none. */
  titleOf(conversation, payload) {
    if (!/^#paid(-rating)?:/.test(payload)) return null;
    return conversation.messages.flatMap((one) => one.buttons).findLast((button) => button.payload === payload)?.title ?? null;
  }

  show(conversation, name, ...more) {
    const [sender, text, card, buttons] = CARDS[name](...more);
    const about = name === "status" ? {} : ABOUT;
    this.server.post(conversation, { sender, text, buttons, card: { kind: KINDS[name] ?? name, ...about, ...card } });
  }

  steps = {
    kartu: (one) => {
      for (const name of Object.keys(CARDS)) this.show(one, name);
    },
    berbayar: (one) => this.later(one, ["filed", "quote"]),
    lunas: (one) => this.later(one, ["receipt", "progress", "done"]),
    status: (one) => this.show(one, "status"),
  };

  /** True when the message was the press of a card's button. */
  pressed(conversation, payload) {
    const [, action, , method] = /^#paid:(accept|decline|cancel|pay):([^:]+):?(.*)$/.exec(payload) ?? [];
    if (payload.startsWith("#paid-rating:")) this.say(conversation, "Terima kasih atas penilaiannya, Kak.");
    else if (action === "accept") this.answer(conversation, "Terima kasih, Kak. Penawaran PB-7K3F9Q2 sudah disetujui.", ["choose_payment"]);
    else if (action === "pay") this.answer(conversation, "Baik, petunjuk bayarnya kami kirim di sini.", [method]);
    else if (action) this.answer(conversation, "Baik, Kak.", ["closed", action === "decline" ? "declined" : "cancelled"]);
    else return false;
    return true;
  }

  answer(conversation, text, [card, ...more]) {
    setTimeout(() => this.say(conversation, text), this.stepMs).unref();
    setTimeout(() => this.show(conversation, card, ...more), this.stepMs * 2).unref();
  }

  later(conversation, names) {
    names.forEach((name, index) => setTimeout(() => this.show(conversation, name), this.stepMs * index).unref());
  }

  say(conversation, text) {
    this.server.post(conversation, { sender: "bot", text, outcome: "paid_support", clauses: ["H5"] });
  }
}
