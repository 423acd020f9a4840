/** Made-up accounts and conversations for the fake desk; the same ones each time, but for the dates. */
import { randomUUID } from "node:crypto";

export const PASSWORD = "rahasia-sekali";
export const CODE = "123456";

const LEAD = ["signed_in", "serve", "lead", "train", "administer"];
const AGENT = ["signed_in", "serve"];

export const AUDIT = [
  { id: 3, at: "2026-11-27T02:10:00.000Z", staff: "?", action: "sign_in_failed", target: "budi", detail: {} },
  { id: 2, at: "2026-11-26T03:00:00.000Z", staff: "cli", action: "roles_set", target: "rina", detail: { old: ["agent"], new: ["agent", "admin"] } },
  { id: 1, at: "2026-11-25T01:00:00.000Z", staff: "cli", action: "account_added", target: "rina", detail: {} },
];

export const makeStaff = () =>
  [
    { id: "u-rina", username: "rina", display_name: "Rina Kusuma", roles: ["agent", "admin"], permissions: LEAD, presence: "online", max_chats: 6 },
    { id: "u-budi", username: "budi", display_name: "Budi Santoso", roles: ["agent"], permissions: AGENT, presence: "online", max_chats: 4 },
    { id: "u-siti", username: "siti", display_name: "Siti Rahma", roles: ["agent"], permissions: AGENT, presence: "away", max_chats: 4 },
    { id: "u-dewi", username: "dewi", display_name: "Dewi Lestari", roles: ["agent"], permissions: AGENT, presence: "offline", max_chats: null, has_totp: true },
    { id: "u-tono", username: "tono", display_name: "Tono", roles: ["trainer"], permissions: ["signed_in", "train"], presence: "offline", max_chats: null },
  ].map((staff) => ({ has_totp: false, password: PASSWORD, ...staff }));

export const makeCanned = () =>
  [
    ["salam", "Pembuka", "{salam}, Kak {nama_pelanggan}. Saya {nama_staf} dari Masternet, siap membantu.", true],
    ["cek-invoice", "Mengecek invoice", "Baik, Kak. Saya cek dulu invoice {nomor_invoice}, mohon ditunggu sebentar.", true],
    ["cek-domain", "Mengecek domain", "Saya periksa domain {nama_domain} sekarang, Kak. Mohon ditunggu sebentar.", true],
    ["minta-data", "Meminta data akun", "Boleh dibantu alamat e-mail yang terdaftar di akun Kakak? Kata sandi tidak perlu dikirim.", true],
    ["tunggu", "Mohon menunggu", "Terima kasih sudah menunggu, Kak. Saya masih mengeceknya dengan tim teknis.", true],
    ["tutup", "Penutup", "Terima kasih sudah menghubungi Masternet, Kak {nama_pelanggan}. Jika ada kendala lagi, silakan chat kami kembali.", true],
    ["migrasi", "Langkah migrasi", "Untuk migrasi, mohon siapkan:\n- alamat panel hosting lama\n- daftar website yang dipindahkan\n- waktu yang Kakak inginkan", false],
  ].map(([shortcut, title, text, shared]) => ({ id: `c-${shortcut}`, shortcut, title, text, shared, owner: shared ? null : "u-rina" }));

const NAMES = [
  "Andi Pratama", "Bagus Wirawan", "Citra Anggraini", "Dian Permata", "Eko Saputra", "Fitri Handayani", "Galih Nugroho", "Hana Safira",
  "Indra Gunawan", "Joko Susilo", "Kartika Sari", "Lukman Hakim", "Maya Puspita", "Nanda Aulia", "Putri Maharani", "Rizky Ramadhan",
];

const TALKS = [
  ["cara_bayar", "Kak, bayar hosting bisa lewat apa saja ya?", "answer", ["K5"], "Pembayaran bisa Kakak pilih di halaman tagihan (Kewajiban 5). Buka menu Tagihan, pilih yang belum lunas, lalu pilih cara bayarnya."],
  ["bantuan_migrasi", "mau pindah dari hosting lama, dibantu ga?", "answer", ["H14"], "Migrasi dapat kami bantu, Kak (Hak 14). Ceritakan dulu website apa saja yang ingin dipindahkan."],
  ["tempo_bayar", "Invoice INV-20418 jatuh temponya kapan ya? domain saya tokobatik.id", "answer", ["H6"], "Batas waktu pembayaran tertera pada tagihan, Kak (Hak 6). Layanan berlanjut bila dibayar sebelum tanggal itu."],
  ["di_luar_topik", "bisa benerin laptop kena virus ga min", "refuse", ["H4"], "Maaf, Kak, itu di luar layanan yang kami tawarkan (Hak 4). Untuk domain dan hosting, kami siap membantu."],
  ["pekerjaan_tambahan", "tolong pasangkan plugin di wordpress saya dong", "paid_support", ["H5"], "Pemasangan plugin termasuk bantuan berbayar, Kak (Hak 5). Apakah Kakak ingin dibuatkan penawaran?"],
  ["tidak_jelas", "itu lho yang kemarin gimana", "clarify", [], "Maaf, Kak, saya belum menangkap maksudnya. Apakah salah satu dari ini?"],
  ["email_tidak_sampai", "email dari masternet ga pernah masuk, alamat saya info@warungkopi.co.id", "answer", ["H17"], "Coba periksa folder spam lebih dulu, Kak (Hak 17). Bila tetap tidak ada, beri tahu kami alamatnya."],
];
const ASKS = [
  ["minta_manusia", "Mau bicara sama orangnya langsung dong, jangan bot"],
  ["keluhan_marah", "Dari kemarin website saya down terus!! Kecewa banget"],
  ["kasus_transaksi", "Saya sudah transfer untuk INV-20777 tapi masih belum lunas, tolong dicek"],
  ["minta_manusia", "cs nya ada ga? mau nanya soal perpanjangan domain kedaitani.com"],
];
export const CHATTER = [
  "Masih ditunggu ya Kak", "Oke, terima kasih infonya", "Ini nomor invoicenya INV-30112", "Websitenya masih belum bisa dibuka, Kak",
  "Kira-kira berapa lama ya?", "Baik Kak, saya coba dulu", "Sudah bisa sekarang, makasih banyak!", "Domainnya rumahkayu.id ya Kak",
];

/** A generator of numbers below `n` that is the same in every run. */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * n);
  };
}

const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

export function makeConversations(size = 320) {
  const roll = dice(7);
  return Array.from({ length: size }, (_, index) => {
    const state = index < 7 ? "queue" : index < 10 ? "mine" : index < 15 ? "others" : index < Math.floor(size * 0.75) ? "bot" : "closed";
    const age = { queue: 2 + index * 3, mine: 3 + index, others: 10 + index, bot: 4 + index * 5, closed: 60 + index * 40 }[state];
    return makeConversation(state, age, roll, index);
  });
}

export function makeConversation(state, age, roll, index) {
  const name = roll(4) === 0 && state !== "mine" ? null : NAMES[(index * 5 + roll(3)) % NAMES.length];
  const conversation = {
    id: randomUUID(), state: ["mine", "others"].includes(state) ? "agent" : state, agent_id: null, messages: [], notes: [], changes: [], reason: null,
    mode: null, waiting_since: null, contact_name: name, contact_email: name && roll(3) ? `${name.split(" ")[0].toLowerCase()}@example.com` : null,
    created_at: minutesAgo(age + 9), agent_read_seq: 0, customer_read_seq: 0, customer_delivered_seq: 0, close_reason: null, rating: null, front: 0,
  };
  const say = (sender, text, minutes, more = {}) =>
    conversation.messages.push({
      seq: conversation.messages.length + 1, sender, text, sender_name: null, buttons: [], outcome: null, clauses: [], reply_to: null,
      client_message_id: null, intent: null, confidence: null, created_at: minutesAgo(minutes), ...more,
    });
  const rounds = 1 + roll(3);
  for (let round = 0; round < rounds; round += 1) talk(say, roll, age + 8 - round * 2);
  if (state === "bot") return conversation;
  const [reason, text] = ASKS[roll(ASKS.length)];
  say("customer", text, age + 1);
  say("bot", "Baik, Kak. Saya sambungkan ke staf kami.", age + 1, { outcome: "handoff", intent: reason, confidence: 0.97, reply_to: conversation.messages.length });
  say("system", "Permintaan diteruskan ke staf kami. Mohon ditunggu, Kak.", age);
  const change = (event, minutes, more) =>
    conversation.changes.push({ at: minutesAgo(minutes), event, old_state: "", new_state: "", actor: "agent", staff: null, new_agent: null, reason: null, note: null, ...more });
  change("request", age, { actor: "customer", reason });
  conversation.reason = reason;
  if (state === "queue") {
    conversation.waiting_since = minutesAgo(age);
    conversation.mode = index === 5 ? "message" : "live";
    return conversation;
  }
  const [agentId, agentName] = state === "mine" ? ["u-rina", "Rina Kusuma"] : [["u-budi", "Budi Santoso"], ["u-siti", "Siti Rahma"]][roll(2)];
  change("accept", age - 1, { staff: agentName, new_agent: agentName });
  say("system", `${agentName} bergabung dalam percakapan.`, age - 1);
  say("agent", `Halo Kak${name ? ` ${name.split(" ")[0]}` : ""}, saya ${agentName.split(" ")[0]}. Saya cek dulu ya, mohon ditunggu sebentar.`, age - 1, { sender_name: agentName });
  conversation.customer_read_seq = conversation.customer_delivered_seq = conversation.messages.length;
  if (state === "closed") {
    change("close", age - 2, { staff: agentName, reason: "solved" });
    return Object.assign(conversation, { close_reason: "solved", rating: roll(2) ? { score: 3 + roll(3), solved: true } : null });
  }
  conversation.agent_id = agentId;
  conversation.agent_read_seq = conversation.messages.length;
  if (state === "mine" && index !== 8) {
    say("customer", CHATTER[2], age - 2);
    say("customer", "Masih belum lunas statusnya, padahal sudah transfer", age - 2.5);
    conversation.waiting_since = minutesAgo(age - 2);
  }
  if (state === "mine") {
    conversation.notes.push({ id: "n1", author: "Budi Santoso", text: "Pelanggan pernah mengeluh hal yang sama minggu lalu. Cek mutasi bank dulu sebelum menjawab.", created_at: minutesAgo(age - 0.5) });
  }
  return conversation;
}

function talk(say, roll, minutes) {
  const [intent, question, outcome, clauses, answer] = TALKS[roll(TALKS.length)];
  say("customer", question, minutes);
  const buttons = outcome === "clarify" ? ["Cara membayar", "Perpanjangan layanan", "Bicara dengan staf"].map((title) => ({ title, payload: title })) : [];
  say("bot", answer, minutes - 0.1, { outcome, clauses, intent, confidence: 0.6 + roll(40) / 100, buttons, reply_to: 1 });
}

const PATTERNS = [
  ["Nomor invoice", /\bINV-\d+\b/g],
  ["E-mail", /\b[\w.]+@[\w.-]+\.\w+\b/g],
  ["Nama domain", /(?<![@\w.])[a-z0-9-]+\.(?:co\.id|id|com)\b/g],
];

export function findEntities(messages) {
  const found = new Map();
  for (const { sender, text, seq } of messages) {
    if (sender !== "customer") continue;
    for (const [label, pattern] of PATTERNS) for (const [value] of text.matchAll(pattern)) found.set(label + value, { label, value, seq });
  }
  return [...found.values()];
}

export const SUGGESTIONS = [
  { clause: "K3", label: "Kewajiban 3", title: "Bantuan pesanan dan transaksi", text: "Kami bantu urusan transaksinya, Kak (Kewajiban 3). Saya cocokkan dulu pembayarannya dengan catatan kami.", score: 0.81 },
  { clause: "H6", label: "Hak 6", title: "Tempo pembayaran", text: "Agar layanan terus berjalan, tagihan dibayar dalam batas waktu yang tertera, Kak (Hak 6).", score: 0.64 },
  { clause: "H13", label: "Hak 13", title: "Menunda pembayaran", text: "Penundaan pembayaran perlu persetujuan kami lebih dulu, Kak (Hak 13). Saya bantu ajukan, ya.", score: 0.52 },
];

/** A report of the right shape with made-up numbers. */
export function makeReport(from, to) {
  const roll = dice(from.length + Number(to.slice(-2)));
  const times = (count, median) => ({ count, median, p90: median * 3, longest: median * 7 });
  const part = (n) => {
    const [handled, bot] = [n * 3 + roll(5), n * 11 + roll(9)];
    return {
      requests: { asked: handled + n, accepted: handled, waiting: 0, given_up: roll(n + 1), message: roll(3), unanswered: roll(2), wait: times(handled, 90 + roll(120)), first_response: times(handled, 30 + roll(40)), first_reply: times(handled, 40 + roll(40)) },
      chats: { handled, returned: roll(3), returned_by_system: roll(2), transferred: roll(4), handed_back: roll(3), closed: handled },
      bot: { conversations: bot, solved: n * 4, unsolved: n, left: n * 2, left_unasked: n, handed_over: handled, empty: roll(2) },
      satisfaction: { asked: handled, answered: n * 2, scores: [0, roll(2), n, n, n], mean: 4.1 },
    };
  };
  const days = [];
  for (let day = new Date(from); day <= new Date(to) && days.length < 92; day.setUTCDate(day.getUTCDate() + 1)) {
    days.push({ day: day.toISOString().slice(0, 10), ...part(3 + roll(4)) });
  }
  const total = part(3 * days.length);
  return {
    from, to, time_zone: "Asia/Jakarta", made_at: new Date().toISOString(), ...total, satisfaction_bot: total.satisfaction, days, weeks: days.filter((_, index) => index % 7 === 0),
    agents: makeStaff().slice(0, 3).map(({ id, display_name }) => ({ id, name: display_name, ...part(9), chats: { ...part(9).chats, received: roll(5) } })),
    reasons: ["minta_manusia", "keluhan_marah", "kasus_transaksi", "kasus_layanan"].map((reason) => ({ reason, requests: part(4).requests })),
    close_reasons: [["solved", 41], ["no_reply", 12], [null, 3]].map(([reason, count]) => ({ reason, count })),
  };
}
