/** Paid support of the fake console: believable requests in every state, and the routes of docs/paid-support-protocol.md over them. */

const UNIQUE = 167;
const LIMIT = 5_000_000;
export const PRICES = {
  items: [
    { name: "Pekerjaan teknis", unit: "jam", unit_price: 150_000 },
    { name: "Pemasangan plugin", unit: "plugin", unit_price: 200_000 },
    { name: "Pembersihan malware", unit: "website", unit_price: 750_000 },
    { name: "Migrasi di atas batas gratis", unit: "GB", unit_price: 12_500 },
    { name: "Pekerjaan khusus", unit: "paket", unit_price: null },
  ],
  tax_rate: "11", quote_days: 7, approval_limit: LIMIT,
};
const OPEN = ["requested", "quoted", "accepted", "awaiting_payment", "paid", "in_progress"];
const iso = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

const toHundredths = (text) => {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : NaN;
};
const half = (amount, by) => Math.floor((2 * amount + by) / (2 * by));

function quoteOf(number, lines, more = {}) {
  const priced = lines.map(({ what, quantity, unit, unit_price }) => ({ what, quantity, unit, unit_price, total: half(unit_price * toHundredths(quantity), 100) }));
  const subtotal = priced.reduce((sum, line) => sum + line.total, 0);
  const tax = half(subtotal * 11, 100);
  return {
    number, lines: priced, subtotal, tax_rate: "11", tax, total: subtotal + tax, valid_until: iso(150), note: null, created_at: iso(-18), created_by: "Rina Kusuma",
    issued_at: iso(-18), approved_by: null, ...more,
  };
}

const hour = (quantity, what = "Pekerjaan teknis") => ({ what, quantity, unit: "jam", unit_price: 150_000 });

/** [state, need, target, urgency, hours since it came, more] */
const REQUESTS = [
  ["requested", "Website toko batik kena malware, muncul iklan judi di halaman depan. Tolong dibersihkan hari ini juga kalau bisa.", "tokobatik.co.id", "today", 1.2, { quotes: [] }],
  ["requested", "Pasang SSL wildcard dan arahkan semua subdomain", "rumahkayu.id", "this_week", 7, { quotes: [] }],
  ["requested", "Migrasi hosting 40 GB dari penyedia lama, termasuk 12 akun e-mail", "kedaitani.com", "relaxed", 26, { kind: "migration", capacity_gb: 40, quotes: [quoteOf(1, [{ what: "Migrasi di atas batas gratis", quantity: "400", unit: "GB", unit_price: 12_500 }], { issued_at: null, created_by: "Budi Santoso" })], waits: true }],
  ["quoted", "Revisi tampilan halaman produk di luar masa garansi", "batikcantik.com", "this_week", 30, { kind: "revision", quotes: [quoteOf(1, [hour("4")]), quoteOf(2, [hour("2.5"), { what: "Uji di tiga peramban", quantity: "1", unit: "paket", unit_price: 100_000 }], { note: "Termasuk satu kali revisi kecil." })], expires: 150 }],
  ["quoted", "Pasang plugin pembayaran WooCommerce", "warungkopi.co.id", "today", 60, { quotes: [quoteOf(1, [{ what: "Pemasangan plugin", quantity: "2", unit: "plugin", unit_price: 200_000 }])], expires: 9.4 }],
  ["accepted", "Optimasi kecepatan WordPress", "sekolahceria.sch.id", "relaxed", 31, { quotes: [quoteOf(1, [hour("3")])] }],
  ["awaiting_payment", "Pindah ke server VPS dan atur cadangan harian", "klinikutama.com", "this_week", 50, { quotes: [quoteOf(1, [hour("6"), { what: "Pengaturan cadangan", quantity: "1", unit: "paket", unit_price: 350_000 }])], expires: 3.2, payment: "pending" }],
  ["awaiting_payment", "Perbaikan formulir kontak yang tidak mengirim e-mail", "cvmaju.id", "relaxed", 70, { quotes: [quoteOf(1, [hour("1")])], expires: 20 }],
  ["paid", "Pembersihan malware dan pengerasan keamanan", "hotelmelati.com", "today", 28, { quotes: [quoteOf(1, [{ what: "Pembersihan malware", quantity: "1", unit: "website", unit_price: 750_000 }])], payment: "settled" }],
  ["in_progress", "Integrasi ongkir RajaOngkir di toko online", "sepatuku.co.id", "this_week", 90, { quotes: [quoteOf(1, [hour("8.5")])], payment: "settled", work: 2 }],
  ["done", "Pasang Google Analytics dan laporan bulanan", "travelceria.com", "relaxed", 200, { quotes: [quoteOf(1, [hour("2")])], payment: "settled", work: 1, score: 5, surplus: true }],
  ["declined", "Perbaikan laptop kantor yang lambat", "", "today", 120, { quotes: [], reason: "out_of_field" }],
  ["expired", "Penambahan fitur reservasi meja", "restopadang.id", "relaxed", 300, { quotes: [quoteOf(1, [hour("12")], { valid_until: iso(-20) })], payment: "failed" }],
  ["cancelled", "Ganti tema WordPress", "bukusaku.com", "relaxed", 140, { quotes: [quoteOf(1, [hour("5")])] }],
  ["refunded", "Pemulihan basis data yang terhapus", "koperasijaya.or.id", "today", 400, { quotes: [quoteOf(1, [hour("6")])], payment: "settled", work: 1 }],
];

export class FakePaid {
  constructor(desk, Refusal) {
    this.desk = desk;
    this.Refusal = Refusal;
    this.answers = new Map();
    const homes = desk.conversations.filter((one) => one.messages.length > 2);
    this.requests = REQUESTS.map((row, index) => this.make(row, index, homes[index % homes.length]));
  }

  make([state, need, target, urgency, age, more], index, conversation) {
    const request = {
      id: `p-${index + 1}`, reference: `PB-${"7K3F9Q2M8XW41RT5"[index]}${"QX2M8"[index % 5]}${(4711 + index * 37).toString(36).toUpperCase().slice(0, 3)}Z${index % 10}`,
      state, kind: more.kind ?? "extra", need, target, urgency, capacity_gb: more.capacity_gb ?? null, conversation_id: conversation?.id ?? "c-0",
      created_at: iso(-age), updated_at: iso(-Math.min(age / 3, 20)), expires_at: more.expires ? iso(more.expires) : null,
      staff: index === 0 || index === 1 ? null : index % 2 ? "Budi Santoso" : "Rina Kusuma", invoice: null, waits_for_approval: more.waits === true,
      email: index % 3 ? "pelanggan@example.com" : null, phone: index % 2 ? "+62 812-3456-7890" : null, score: more.score ?? null,
      quotes: structuredClone(more.quotes), payments: [], work: [], changes: [], out_of_field: more.reason === "out_of_field",
    };
    const total = request.quotes.at(-1)?.total ?? 0;
    if (more.payment || state === "awaiting_payment") request.invoice = `INV/2026/${String(118 + index).padStart(6, "0")}`;
    if (more.payment) {
      request.payments.push({ order_id: `o-${index}`, method: "transfer", amount: total + UNIQUE, unique_code: UNIQUE, state: more.payment, opened_at: iso(-age / 4), settled_at: more.payment === "settled" ? iso(-age / 5) : null, evidence: more.payment === "settled" ? "Mutasi BCA, baris 14" : null });
    }
    if (more.surplus) request.payments.push({ order_id: `o-${index}-2`, method: "transfer", amount: total, unique_code: null, state: "surplus", opened_at: iso(-30), settled_at: iso(-30), evidence: "Mutasi BCA, baris 22" });
    for (let work = 0; work < (more.work ?? 0); work += 1) request.work.push({ at: iso(-5 + work), staff: "Rina Kusuma", text: ["Menyiapkan salinan percobaan dan memasang plugin ongkir.", "Menguji ongkos kirim ke lima kota; dua kurir masih salah tarif."][work], minutes: 90 });
    this.change(request, "request", "customer", null, -age);
    if (request.quotes.some((one) => one.issued_at)) this.change(request, "quote", "staff", "Rina Kusuma", -age * 0.8);
    if (request.invoice || state === "accepted") this.change(request, "accept", "customer", null, -age * 0.5);
    if (request.payments[0]?.state === "settled") this.change(request, "pay", "system", null, -age / 5);
    const end = { declined: "reject", expired: "expire", cancelled: "cancel", refunded: "refund", done: "finish" }[state];
    if (end) this.change(request, end, end === "expire" ? "system" : "staff", end === "expire" ? null : "Rina Kusuma", -3, more.reason);
    return request;
  }

  change(request, event, actor, staff, hours = 0, reason = null) {
    request.changes.push({ at: iso(hours), event, old_state: "", new_state: request.state, actor, staff, reason });
  }

  find(id) {
    const found = this.requests.find((one) => one.id === id);
    if (!found) throw new this.Refusal(404, "not_found", "Permintaan tidak ditemukan.");
    return found;
  }

  row(one) {
    const { id, reference, state, kind, need, target, urgency, capacity_gb, conversation_id, created_at, updated_at, expires_at, staff, invoice, waits_for_approval, out_of_field } = one;
    const surplus = one.payments.filter((payment) => payment.state === "surplus").reduce((sum, payment) => sum + payment.amount, 0);
    return { id, reference, state, kind, need, target, urgency, capacity_gb, conversation_id, created_at, updated_at, expires_at, staff, invoice, waits_for_approval, out_of_field, surplus, total: one.quotes.at(-1)?.total ?? null };
  }

  detail(one) {
    const { email, phone, score, quotes, payments, work, changes } = one;
    return { ...this.row(one), email, phone, score, quotes, payments, work, changes };
  }

  list(query) {
    const [state, q] = [query.get("state") ?? "open", (query.get("q") ?? "").toLowerCase()];
    const wanted = { open: (one) => OPEN.includes(one.state), closed: (one) => !OPEN.includes(one.state), all: () => true }[state] ?? ((one) => one.state === state);
    const home = query.get("conversation_id");
    const matches = (one) => !q || one.reference.toLowerCase() === q || one.invoice?.toLowerCase() === q || one.target.toLowerCase().startsWith(q);
    const found = this.requests.filter((one) => wanted(one) && (!home || one.conversation_id === home) && matches(one)).sort((a, b) => b.updated_at.localeCompare(a.updated_at));
    const start = Number(query.get("before") ?? 0);
    const end = start + Math.min(Number(query.get("limit") ?? 50), 100);
    const counts = {};
    for (const one of this.requests) counts[one.state] = (counts[one.state] ?? 0) + 1;
    return { requests: found.slice(start, end).map((one) => this.row(one)), next: end < found.length ? String(end) : null, counts };
  }

  /** The same key again gives the same answer. */
  once({ body }, act) {
    if (!/^[A-Za-z0-9_.:-]{1,64}$/.test(body.key ?? "")) this.invalid("key");
    if (!this.answers.has(body.key)) this.answers.set(body.key, act());
    return [200, this.answers.get(body.key)];
  }

  invalid(field) {
    throw new this.Refusal(400, "paid_support_invalid", "Isian belum benar.", { field });
  }

  /** Changes a request in one of `from`, and tells everybody. */
  move(context, from, event, act) {
    return this.once(context, () => {
      const one = this.find(context.id);
      if (!from.includes(one.state)) throw new this.Refusal(409, "paid_state", "Permintaan sudah berubah.", { state: one.state });
      act(one);
      if (event) this.change(one, event, "staff", context.me.display_name, 0, [context.body.reason, context.body.note].filter(Boolean).join(": ") || null);
      return this.told(one);
    });
  }

  told(one) {
    one.updated_at = iso(0);
    this.desk.space.emit("paid_changed", { request: this.row(one) });
    return this.detail(one);
  }

  quote(context) {
    const { me, body } = context;
    return this.move(context, ["requested", "quoted", "expired", "declined"], null, (one) => {
      if (one.out_of_field) throw new this.Refusal(409, "out_of_field", "Di luar bidang kami.");
      body.lines.forEach((line, index) => {
        if (Number.isNaN(toHundredths(line.quantity))) this.invalid(`lines.${index}.quantity`);
        if (!Number.isSafeInteger(line.unit_price)) this.invalid(`lines.${index}.unit_price`);
      });
      const made = quoteOf(one.quotes.length + 1, body.lines, { created_at: iso(0), created_by: me.display_name, issued_at: iso(0), note: body.note ?? null, valid_until: iso(24 * (body.valid_days ?? 7)) });
      one.quotes.push(made);
      one.waits_for_approval = made.total > LIMIT && !me.permissions.includes("administer");
      if (one.waits_for_approval) made.issued_at = null;
      else this.issue(one, made, me);
    });
  }

  issue(one, quote, me) {
    Object.assign(one, { state: "quoted", waits_for_approval: false, expires_at: quote.valid_until, staff: me.display_name });
    this.change(one, "quote", "staff", me.display_name);
    const home = this.desk.conversations.find((each) => each.id === one.conversation_id);
    if (home) this.desk.post(home, { sender: "system", text: `Penawaran untuk ${one.reference}: Rp${quote.total}` });
  }

  pay(one, amount, evidence) {
    const open = one.payments.find((payment) => payment.state === "pending");
    const total = one.quotes.at(-1).total;
    if (amount !== open?.amount && amount !== total) throw new this.Refusal(400, "paid_support_invalid", "Jumlah tidak cocok.", { field: "amount", expected: [...(open ? [open.amount] : []), total] });
    const settled = { state: "settled", settled_at: iso(0), evidence };
    if (open) Object.assign(open, settled);
    else one.payments.push({ order_id: `o-${one.id}`, method: "transfer", amount, unique_code: null, opened_at: iso(0), ...settled });
    Object.assign(one, { state: "paid", expires_at: null });
  }

  importStatement(context) {
    return this.once(context, () => {
      const result = { matched: [], ambiguous: [], unmatched: [], odd: [], known: 0 };
      context.body.csv.split(/\r?\n/).forEach((line, index) => {
        const [date, description, text] = line.split(";");
        const amount = Number((text ?? "").replace(/\D/g, ""));
        if (!amount) return;
        const pending = this.requests.find((one) => one.payments.some((payment) => payment.state === "pending" && payment.amount === amount));
        if (this.requests.some((one) => one.payments.some((payment) => payment.state === "settled" && payment.amount === amount))) result.known += 1;
        else if (!pending) result.unmatched.push({ date, amount, description });
        else {
          result.matched.push({ order_id: pending.payments[0].order_id, reference: pending.reference, amount });
          this.pay(pending, amount, `Mutasi, baris ${index + 1}`);
          this.change(pending, "pay", "system", null);
          this.told(pending);
        }
      });
      return result;
    });
  }
}

const admin = (paid, me) => {
  if (!me.permissions.includes("administer")) throw new paid.Refusal(403, "forbidden", "Akun Anda tidak memiliki izin untuk tindakan ini.");
};
const AT_WORK = ["paid", "in_progress", "done"];

export const PAID_ROUTES = [
  ["GET", "/paid-requests", (paid, { query }) => [200, paid.list(query)]],
  ["GET", "/paid-requests/:id", (paid, { id }) => [200, paid.detail(paid.find(id))]],
  ["POST", "/paid-requests/:id/quotes", (paid, context) => paid.quote(context)],
  ["POST", "/paid-requests/:id/quotes/:number/approve", (paid, context) => {
    admin(paid, context.me);
    return paid.move(context, ["requested", "quoted", "expired", "declined"], null, (one) => {
      const quote = one.quotes.at(-1);
      Object.assign(quote, { issued_at: iso(0), approved_by: context.me.display_name });
      paid.issue(one, quote, context.me);
    });
  }],
  ["POST", "/paid-requests/:id/reject", (paid, context) => paid.move(context, ["requested", "quoted"], "reject", (one) => Object.assign(one, { state: "declined", expires_at: null, out_of_field: context.body.reason === "out_of_field" }))],
  ["POST", "/paid-requests/:id/cancel", (paid, context) => paid.move(context, OPEN.slice(0, 4), "cancel", (one) => Object.assign(one, { state: "cancelled", expires_at: null }))],
  ["POST", "/paid-requests/:id/payments", (paid, context) => paid.move(context, ["awaiting_payment", "expired"], "pay", (one) => paid.pay(one, context.body.amount, context.body.evidence))],
  ["POST", "/paid-requests/:id/start", (paid, context) => paid.move(context, ["paid"], "start", (one) => Object.assign(one, { state: "in_progress", staff: context.me.display_name }))],
  ["POST", "/paid-requests/:id/work", (paid, context) => paid.move(context, AT_WORK, null, (one) => one.work.push({ at: iso(0), staff: context.me.display_name, text: context.body.text, minutes: context.body.minutes }))],
  ["POST", "/paid-requests/:id/finish", (paid, context) => paid.move(context, ["in_progress"], "finish", (one) => Object.assign(one, { state: "done" }))],
  ["POST", "/paid-requests/:id/refund", (paid, context) => {
    admin(paid, context.me);
    return paid.move(context, AT_WORK, "refund", (one) => Object.assign(one, { state: "refunded" }));
  }],
  ["POST", "/paid-payments/:id/returned", (paid, context) => {
    admin(paid, context.me);
    return paid.once(context, () => {
      const one = paid.requests.find((each) => each.payments.some((payment) => payment.order_id === context.id));
      Object.assign(one.payments.find((payment) => payment.order_id === context.id), { state: "returned", evidence: context.body.evidence });
      return paid.told(one);
    });
  }],
  ["POST", "/bank-statements", (paid, context) => paid.importStatement(context)],
  ["GET", "/price-list", () => [200, PRICES]],
  ["GET", "/paid-events.csv", (paid) => [200, ["at;reference;event;amount", ...paid.requests.flatMap((one) => one.changes.map((change) => [change.at, one.reference, change.event, one.quotes.at(-1)?.total ?? ""].join(";")))].join("\r\n")]],
].map(([method, path, handler]) => [method, path, (desk, context) => handler(desk.paid, context)]);
