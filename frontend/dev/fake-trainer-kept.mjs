/** Kept tests, answers and the policy of the fake trainer console; the answers are those of domain.yml. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Refusal } from "./fake-console-routes.mjs";
import { ago } from "./fake-trainer-data.mjs";
import { begin } from "./fake-trainer-versions.mjs";

const DOMAIN = resolve(import.meta.dirname, "../../domain.yml");
const names = { H: "Hak", K: "Kewajiban" };
const clauseName = (id) => (id === "P" ? "penutup" : `${names[id[0]]} ${id.slice(1)}`);

/** Enough of YAML for the way in which domain.yml writes its responses. */
export function readAnswers(titleOf) {
  const answers = [];
  let folded = null;
  for (const line of readFileSync(DOMAIN, "utf8").split(/^responses:\n/m)[1].split("\n")) {
    const name = /^ {2}(utter_\w+):/.exec(line)?.[1];
    const text = /^ {4}- text: (.*)$/.exec(line)?.[1];
    const about = /outcome: (\w+), clauses: \[(.*?)\]/.exec(line);
    const button = /title: (.*?), payload: (\/\w+)/.exec(line);
    const answer = answers.at(-1);
    if (name) answers.push({ name, intent: name.slice(6), title: titleOf(name.slice(6)), clause: null, wording: null, revision: "r1", variants: [], review: false });
    else if (text !== undefined) {
      folded = { text: text === ">-" ? "" : text, buttons: [], outcome: "", clauses: [] };
      answer.variants.push(folded);
    } else if (about) {
      folded.outcome = about[1];
      folded.clauses = about[2].split(", ").filter(Boolean);
      answer.clause ??= folded.clauses[0] ?? null;
    } else if (button) folded.buttons.push({ title: button[1], payload: button[2] });
    else if (/^ {8}\S/.test(line) && !line.includes("{")) folded.text = `${folded.text} ${line.trim()}`.trim();
  }
  return answers;
}

export function makeKept(titleOf) {
  const answers = readAnswers(titleOf);
  const find = (name) => answers.find((one) => one.name === name);
  find("utter_tunda_bayar").review = true;
  find("utter_tunda_bayar").wording = "Bunyi resmi contoh: perusahaan boleh menolak permintaan menunda pembayaran, kecuali diatur lain secara tertulis.";
  const turn = (text, intent, outcome, ...clauses) => ({ text, intent, outcome, clauses });
  return {
    answers,
    messages: [
      { id: "m1", text: "Boleh gak perpanjangannya dibayar gajian depan aja?", outcomes: ["answer"], clauses: ["H13"] },
      { id: "m2", text: "Tolong betulin printer kantor saya yang macet dong", outcomes: ["refuse", "paid_support"], clauses: ["H4"] },
      { id: "m3", text: "Saya mau ngomong sama orang beneran, bukan robot", outcomes: ["handoff"], clauses: [] },
    ],
    conversations: [
      { id: "c1", name: "Sapa, tanya tempo bayar, lalu minta ditunda", turns: [turn("Selamat siang kak", "salam", "smalltalk"), turn("Batas bayar perpanjangan hosting saya sampai kapan ya?", "tempo_bayar", "answer", "H6"), turn("Kalau mundur dua minggu dari situ boleh?", "tunda_bayar", "answer", "H13")] },
      { id: "c2", name: "Tombol cara bayar setelah sapaan", turns: [turn("Halo min", "salam", "smalltalk"), turn("/cara_bayar", "cara_bayar", "answer", "K5")] },
    ],
    results: {
      version: 7,
      at: ago(34),
      messages: [{ id: "m1", right: true, actual: { outcome: "answer", clauses: ["H13"], intent: "tunda_bayar" } }, { id: "m2", right: false, actual: { outcome: "clarify", clauses: [], intent: "nlu_fallback" } }],
      conversations: [{ id: "c1", right: false, turns: [{ right: true, actual: { outcome: "smalltalk", clauses: [], intent: "salam" } }, { right: true, actual: { outcome: "answer", clauses: ["H6"], intent: "tempo_bayar" } }, { right: false, actual: { outcome: "answer", clauses: ["H7"], intent: "hapus_karena_tunggakan" } }] }],
    },
    policy: { imported_at: ago(120), before_at: ago(90_000), clauses: [
      clause("K5", "Cara bayar", "same", "Menyediakan jalur pembayaran bagi pelanggan.", [["same", "Menyediakan jalur pembayaran bagi pelanggan."]], { answers: ["utter_cara_bayar"], intent: "cara_bayar", sentences: 210 }),
      clause("H13", "Penundaan pembayaran", "changed", "Menolak permintaan menunda pembayaran, kecuali diatur lain secara tertulis.", [["same", "Menolak permintaan menunda"], ["gone", "atau mencicil"], ["same", "pembayaran,"], ["new", "kecuali diatur lain secara tertulis."]], { answers: ["utter_tunda_bayar"], intent: "tunda_bayar", sentences: 232 }),
      clause("H17", "Satu alamat e-mail", "moved", "Mengirim informasi hanya ke satu alamat e-mail.", [["same", "Mengirim informasi hanya ke satu alamat e-mail."]], { moved_from: "H16", answers: ["utter_satu_email"], intent: "satu_email", sentences: 180 }),
      clause("H18", "", "new", "Menolak kunjungan ke ruang server di luar jadwal.", [["same", "Menolak kunjungan ke ruang server di luar jadwal."]]),
    ] },
  };
}

function clause(id, title, change, after, diff, more = {}) {
  return { id, title, change, before: null, after, diff: diff.map(([op, text]) => ({ op, text })), moved_from: null, answers: [], intent: null, sentences: 0, ...more };
}

const found = (list, id) => list.find((one) => one.id === id || one.name === id) ?? refuse(404, "not_found", "Tidak ditemukan.");

function refuse(status, code, message, data) {
  throw new Refusal(status, code, message, data);
}

export const KEPT_ROUTES = [
  ["GET", "/tests", ({ kept: { messages, conversations, results } }) => [200, { messages, conversations, results }]],
  ["POST", "/tests/run", (trainer, { me }) => begin(trainer, me, "test", () => undefined)],
  ["POST", "/tests/messages", ({ kept }, { body: { text, outcomes, clauses } }) => {
    const made = { id: `m${kept.messages.length + 1}n`, text, outcomes, clauses };
    kept.messages.push(made);
    return [201, made];
  }],
  ["POST", "/tests/messages/:id/delete", ({ kept }, { id }) => {
    kept.messages = kept.messages.filter((one) => one.id !== id);
    return [204];
  }],
  ["POST", "/tests/conversations", ({ kept }, { body: { name, turns } }) => {
    const made = { id: `c${kept.conversations.length + 1}n`, name, turns };
    kept.conversations.push(made);
    return [201, made];
  }],
  ["POST", "/tests/conversations/from-chat", ({ kept }, { body: { name, conversation_id: chat } }) => {
    if (chat === "tidak-ada") refuse(404, "not_found", "Alamat yang diminta tidak ditemukan.");
    const made = { id: "cx", name, turns: [{ text: "hubungi [nomor] ya", intent: "minta_manusia", outcome: "handoff", clauses: [] }] };
    kept.conversations.push(made);
    return [201, made];
  }],
  ["PUT", "/tests/conversations/:id", ({ kept }, { id, body: { name, turns } }) => [200, Object.assign(found(kept.conversations, id), { name, turns })]],
  ["POST", "/tests/conversations/:id/delete", ({ kept }, { id }) => {
    kept.conversations = kept.conversations.filter((one) => one.id !== id);
    return [204];
  }],
  ["GET", "/answers", ({ kept }) => [200, { answers: kept.answers }]],
  ["PUT", "/answers/:id", (trainer, { me, id, body }) => {
    const answer = found(trainer.kept.answers, id);
    if (answer.revision !== body.revision) refuse(409, "answer_changed", "Jawaban ini baru saja diubah orang lain.", { revision: answer.revision });
    const variant = answer.variants[body.variant];
    const problems = variant.clauses.map(clauseName).filter((name) => !body.text.includes(name)).map((name) => `Sebutkan ketentuannya: ${name}.`);
    if (problems.length) refuse(400, "answer_text", "Kalimat jawaban ini belum dapat dipakai.", { problems });
    const change = trainer.change(me, "answer", "edit", { intent: answer.intent, before: variant.text, after: body.text, reason: body.reason ?? "" });
    variant.text = body.text;
    Object.assign(answer, { revision: `r${change.number}n`, review: false });
    return [200, { answer, change }];
  }],
  ["POST", "/answers/:id/reviewed", ({ kept }, { id }) => {
    found(kept.answers, id).review = false;
    return [204];
  }],
  ["GET", "/answers/:id/changes", (trainer, { id }) => {
    const { intent } = found(trainer.kept.answers, id);
    return [200, { changes: trainer.changes.filter((one) => one.kind === "answer" && one.intent === intent) }];
  }],
  ["GET", "/policy", ({ kept }) => [200, kept.policy]],
  ["POST", "/policy", ({ kept }, { body }) => {
    if (!body.text.includes("HAK")) refuse(400, "policy_document", "Dokumen kebijakan ini tidak dapat diimpor.", { problem: "Dokumen harus memuat bagian KEWAJIBAN dan HAK dengan butir bernomor urut, lalu kalimat penutup." });
    kept.policy = { ...kept.policy, before_at: kept.policy.imported_at, imported_at: ago(0) };
    return [200, kept.policy];
  }],
];
