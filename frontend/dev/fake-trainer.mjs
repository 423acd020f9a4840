/**
 * A stand-in for the server side of docs/trainer-protocol.md, in memory, on top of the fake desk, whose accounts it uses: rina (admin) and tono (trainer) may train.
 * `npm run fake-trainer` serves the build on http://127.0.0.1:9125/trainer/ (PORT moves it; JOB_MS: how long a job takes).
 */
import { pathToFileURL } from "node:url";
import { FakeDesk } from "./fake-console.mjs";
import { compile, Refusal } from "./fake-console-routes.mjs";
import { ago, readTopics } from "./fake-trainer-data.mjs";
import { DATA_ROUTES } from "./fake-trainer-sentences.mjs";
import { INBOX_ROUTES, makeGroups } from "./fake-trainer-inbox.mjs";
import { KEPT_ROUTES, makeKept } from "./fake-trainer-kept.mjs";
import { makeVersions, TRAINING_ROUTES } from "./fake-trainer-versions.mjs";

const WARNED = { 3: "near_duplicate", 11: "suspect", 29: "duplicate", 47: "leak" };

export class FakeTrainer extends FakeDesk {
  constructor({ jobMs = 20_000, ...options } = {}) {
    super({ size: 5, replyDelayMs: -1, ...options });
    this.jobMs = jobMs;
    this.apis.set("/api/trainer/v1", compile([...INBOX_ROUTES, ...DATA_ROUTES, ...TRAINING_ROUTES, ...KEPT_ROUTES]).map((row) => ({ ...row, handler: this.allowed(row.handler) })));
    this.pages.push("trainer");
    this.topics = readTopics();
    this.sentences = this.topics.flatMap(({ intent, file, texts }) => texts.map((text, index) => ({ id: `${intent}-${index}`, intent, text, file, line: index + 7, warnings: this.warn(intent, index) })));
    this.groups = makeGroups((intent) => this.titleOf(intent));
    this.kept = makeKept((intent) => this.titleOf(intent));
    this.changes = [];
    this.broken = [];
    this.job = null;
    this.versions = makeVersions();
    this.listening = null;
    this.answered = new Map();
  }

  /** The same key again gives the same answer. */
  allowed(handler) {
    return (trainer, context) => {
      if (!context.me.permissions.includes("train")) throw new Refusal(403, "forbidden", "Akun Anda tidak memiliki izin untuk tindakan ini.");
      const { key } = context.body;
      if (key && this.answered.has(key)) return this.answered.get(key);
      const answer = handler(trainer, context);
      if (key) this.answered.set(key, answer);
      return answer;
    };
  }

  titleOf(intent) {
    return this.topics.find((topic) => topic.intent === intent)?.title ?? intent;
  }

  warn(intent, index) {
    const kind = WARNED[index];
    if (!kind || intent.length % 3 === 1) return [];
    const other = { near_duplicate: { text: "Kalau telat bayar seminggu apa langsung dihapus?", intent: "hapus_karena_tunggakan" }, suspect: { text: null, intent: "kasus_layanan" }, duplicate: { text: "Teks yang sama di baris lain.", intent }, leak: { text: "Kalimat dari kumpulan penilaian.", intent: null } }[kind];
    return [{ kind, other: { ...other, title: other.intent && this.titleOf(other.intent) } }];
  }

  topicRows() {
    return this.topics.map(({ intent, title, clause, outcome, file }) => {
      const topic = { intent, title, clause, outcome, file };
      const own = this.sentences.filter((one) => one.intent === topic.intent);
      return { ...topic, sentences: own.length, thin: own.length < 100, warnings: own.filter((one) => one.warnings.length).length };
    });
  }

  get unpublished() {
    return this.changes.filter((one) => one.version === null && !one.undone_by && one.action !== "undo").length;
  }

  change(me, kind, action, more) {
    const { intent = null } = more;
    const made = {
      number: this.changes.length + 1, at: ago(0), by: me.display_name, kind, action, intent, title: intent && this.titleOf(intent), before: null, after: null, to_intent: null, reason: null,
      undone_by: null, undoes: null, can_undo: true, version: null, ...more,
    };
    this.changes.unshift(made);
    return made;
  }

  add(me, intent, text, reason) {
    if (this.sentences.some((one) => one.intent === intent && one.text === text)) throw new Refusal(409, "sentence_exists", "Topik ini sudah memuat kalimat yang sama persis.", { text });
    const topic = this.topics.find((one) => one.intent === intent);
    if (!topic) throw new Refusal(404, "not_found", "Topik tidak ditemukan.");
    const sentence = { id: `${intent}-n${this.changes.length}`, intent, text, file: topic.file, line: topic.texts.length + 7, warnings: [] };
    this.sentences.push(sentence);
    return { sentence, change: this.change(me, "sentence", "add", { intent, after: text, reason, sentence: sentence.id }) };
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const trainer = new FakeTrainer({ jobMs: Number(process.env.JOB_MS ?? 20_000) });
  process.stdout.write(`${await trainer.listen(Number(process.env.PORT ?? 9125))}/trainer/\n`);
}
