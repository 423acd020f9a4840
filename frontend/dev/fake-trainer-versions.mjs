/** Jobs, versions and the shadow of a FakeTrainer: [method, pattern, handler]. */
import { ago, DIFFERENCES } from "./fake-trainer-data.mjs";
import { Refusal } from "./fake-console-routes.mjs";

// A grey square: what matters is that there is a picture.
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAFhAKAjM1mJgAAAABJRU5ErkJggg==", "base64");
const STAGES = ["Menyiapkan kalimat latih", "Melatih model", "Menilai dengan kumpulan penilaian", "Menjalankan percakapan yang disimpan", "Membuat perbandingan"];

const scores = (outcome, full, scope, right, cross = null) => ({
  outcome, full, scope_recall: scope, kept: { right, all: 24 }, cross_validation: cross && { outcome: cross, full: cross - 0.03, intent: cross - 0.05 },
});

const gates = (loss) => [
  { name: "topic_loss", limit: 0.05, value: loss, ok: loss <= 0.05, about: "email_tidak_sampai" },
  { name: "scope_recall", limit: 0.95, value: 0.972, ok: true, about: null },
  { name: "kept_conversations", limit: 0, value: 0, ok: true, about: null },
  { name: "outcome", limit: 0.93, value: 0.951, ok: true, about: null },
];

const version = (number, state, minutes, by, note, numbers, more = {}) => ({
  number, state, trained_at: ago(minutes), seconds: 52, by, note, published_at: state === "candidate" ? null : ago(minutes - 20), published_by: state === "candidate" ? null : by, override: null,
  sentences: 17_900 + number * 14, scores: numbers, gates: gates(0.01), can_publish: true, ...more,
});

export const makeVersions = () => [
  version(38, "former", 60 * 24 * 9, "Rina Kusuma", "Kalimat migrasi dari pekan lalu", scores(0.921, 0.884, 0.951, 22, 0.93)),
  version(39, "former", 60 * 24 * 5, "Tono", "Perapian topik domain", scores(0.933, 0.897, 0.96, 23, 0.94)),
  version(40, "former", 60 * 24 * 2, "Tono", null, scores(0.929, 0.89, 0.962, 22, 0.94), { override: "Perlu segera: kalimat salah di topik harga." }),
  version(41, "live", 60 * 20, "Rina Kusuma", "Denda dan tempo bayar", scores(0.942, 0.911, 0.968, 24, 0.95)),
];

const OUTSIDE = new Set(["done", "failed", "cancelled"]);

export function begin(trainer, me, kind, finish) {
  if (progress(trainer) && !OUTSIDE.has(trainer.job.state)) throw new Refusal(409, "job_running", "Masih ada pekerjaan lain yang berjalan. Tunggu sampai selesai.", { job: show(trainer) });
  trainer.job = { id: `j${Date.now()}`, kind, state: "running", started: Date.now(), by: me.display_name, version: null, problem: null, finished_at: null, finish };
  return [202, { job: show(trainer) }];
}

function progress(trainer) {
  const { job } = trainer;
  if (!job || OUTSIDE.has(job.state)) return job;
  const length = job.kind === "train" ? trainer.jobMs : trainer.jobMs / 5;
  job.percent = Math.min(100, Math.floor(((Date.now() - job.started) / length) * 100));
  job.remaining = Math.max(0, Math.ceil((length - (Date.now() - job.started)) / 1000));
  if (job.percent >= 100) {
    Object.assign(job, { state: "done", finished_at: ago(0), remaining: null });
    job.finish(job);
  }
  return job;
}

function show(trainer) {
  const job = progress(trainer);
  if (!job) return null;
  const { id, kind, state, started, by, version: number, problem, finished_at, percent = 0, remaining = null } = job;
  const stage = kind === "train" ? STAGES[Math.min(STAGES.length - 1, Math.floor((percent / 100) * STAGES.length))] : "Memuat model";
  return { id, kind, state, stage, percent, remaining, started_at: new Date(started).toISOString(), finished_at, by, version: number, problem };
}

const byState = (trainer, state) => trainer.versions.findLast((one) => one.state === state) ?? null;

const find = (trainer, id) => {
  const found = trainer.versions.find((one) => one.number === Number(id));
  if (!found) throw new Refusal(404, "not_found", "Versi itu tidak ditemukan.");
  return found;
};

function detail(trainer, found) {
  const against = trainer.versions.filter((one) => one.number < found.number && one.state !== "discarded").at(-1)?.number ?? null;
  const verdict = (text, wanted, before, after, confidence) => ({ text, wanted, before, after, confidence, source: "penilaian" });
  return {
    ...found, against,
    gains: [
      verdict("kak klo telat bayar 3 hari kena denda ga?", "answer H7", "clarify", "answer H7", 0.71), verdict("boleh dicicil 2x bayar hostingnya?", "answer H13", "answer K5", "answer H13", 0.83),
      verdict("email kantor masuk spam, bisa dibenerin dari sana?", "paid_support H5", "answer H17", "paid_support H5", 0.79), verdict("denda keterlambatan bayar brp ya", "answer H7", "answer H6", "answer H7", 0.66),
    ],
    losses: found.gates.every((gate) => gate.ok) ? [verdict("notifikasi tagihan kok nggak masuk", "answer H17", "answer H17", "handoff K3", 0.51)] : [
      verdict("notifikasi tagihan kok nggak masuk", "answer H17", "answer H17", "handoff K3", 0.51), verdict("email dari masternet tidak pernah sampai", "answer H17", "answer H17", "paid_support H5", 0.58)],
    topics: trainer.topics.slice(0, 14).map(({ intent, title }, index) => ({ intent, title, count: 6 + (index % 5), before: 0.84 + (index % 7) * 0.02, after: 0.84 + (index % 7) * 0.02 + [0.03, 0, -0.02, 0, 0.05][index % 5] })),
    conversations: [{ name: "Telat bayar lalu minta tempo", before: false, after: true }, { name: "Pindah domain dengan tunggakan", before: true, after: true }, { name: "Minta staf setelah ditolak", before: true, after: true }],
    changes: trainer.changes.filter((one) => one.version === null).slice(0, 20).map(({ sentence: _, ...change }) => (void _, change)),
    pictures: ["confusion.png", "reliability.png", "topics.png"],
  };
}

function publish(trainer, { me, id, body }) {
  const found = find(trainer, id);
  if (found.gates.some((gate) => !gate.ok) && !(body.override && me.permissions.includes("administer"))) throw new Refusal(403, "gates_failed", "Versi ini belum memenuhi syarat terbit.");
  return begin(trainer, me, "publish", (job) => {
    for (const one of trainer.versions) if (one.state === "live") one.state = "former";
    Object.assign(found, { state: "live", published_at: ago(0), published_by: me.display_name, note: body.note ?? found.note, override: body.override ?? null });
    for (const change of trainer.changes) change.version ??= found.number;
    if (trainer.listening?.number === found.number) trainer.listening = null;
    job.version = found.number;
  });
}

export const TRAINING_ROUTES = [
  ["GET", "/training", (trainer, { me }) => {
    const job = show(trainer);
    return [200, { job, live: byState(trainer, "live"), candidate: byState(trainer, "candidate"), shadow: trainer.listening, unpublished: trainer.unpublished, may_override: me.permissions.includes("administer") }];
  }],
  ["POST", "/training", (trainer, { me, body }) => begin(trainer, me, "train", (job) => {
    const number = trainer.versions.at(-1).number + 1;
    const loss = number % 2 ? 0.08 : 0.01;
    for (const one of trainer.versions) if (one.state === "candidate") one.state = "discarded";
    trainer.versions.push(version(number, "candidate", 0, me.display_name, body.note ?? null, scores(0.951, 0.924, 0.972, 24, 0.955), { gates: gates(loss), can_publish: loss <= 0.05 }));
    job.version = number;
  })],
  ["POST", "/jobs/:id/cancel", (trainer) => {
    Object.assign(trainer.job, { state: "cancelled", finished_at: ago(0) });
    return [200, { job: show(trainer) }];
  }],
  ["GET", "/versions", (trainer) => [200, { versions: trainer.versions.filter((one) => one.state !== "discarded").reverse() }]],
  ["GET", "/versions/:id/pictures/:name", () => [200, PICTURE]],
  ["GET", "/versions/:id", (trainer, { id }) => [200, detail(trainer, find(trainer, id))]],
  ["POST", "/versions/:id/publish", publish],
  ["POST", "/versions/:id/discard", (trainer, { id }) => [200, detail(trainer, Object.assign(find(trainer, id), { state: "discarded" }))]],
  ["GET", "/shadow", (trainer) => {
    const side = ([intent, title, outcome, clauses, confidence]) => ({ intent, title, outcome, clauses, confidence });
    const differences = trainer.listening ? DIFFERENCES.map(([text, live, candidate], index) => ({ id: `d${index}`, text, at: ago(8 + index * 31), live: side(live), candidate: side(candidate) })) : [];
    return [200, { version: trainer.listening, since: trainer.listening ? ago(180) : null, seen: trainer.listening ? 86 : 0, different: differences.length, differences, next: null }];
  }],
  ["PUT", "/shadow", (trainer, { me, body }) => begin(trainer, me, "shadow", () => (trainer.listening = find(trainer, body.version)))],
  ["DELETE", "/shadow", (trainer) => {
    trainer.listening = null;
    return [204];
  }],
];
