/** Training data, warnings, changes and trends of a FakeTrainer: [method, pattern, handler]. */
import { Refusal } from "./fake-console-routes.mjs";

const gone = () => new Refusal(409, "sentence_gone", "Kalimat itu sudah berubah atau tidak ada lagi. Tidak ada yang diubah.");

function sentence(trainer, id) {
  const found = trainer.sentences.find((one) => one.id === id);
  if (!found) throw gone();
  return found;
}

const plain = ({ sentence: _, ...change }) => (void _, change);

function undo(trainer, { me, id, body }) {
  const change = trainer.changes.find((one) => one.number === Number(id));
  if (!change) throw new Refusal(404, "not_found", "Perubahan itu tidak ditemukan.");
  if (!change.can_undo) throw gone();
  const { intent, before, after } = change;
  if (change.action === "add") trainer.sentences = trainer.sentences.filter((one) => one.id !== change.sentence);
  if (change.action === "delete") trainer.sentences.push({ id: change.sentence, intent, text: before, file: "", line: 0, warnings: [] });
  if (change.kind === "answer") Object.assign(trainer.kept.answers.find((one) => one.intent === intent), { revision: `r${change.number}u` }).variants.find((one) => one.text === after).text = before;
  else if (change.action === "edit") sentence(trainer, change.sentence).text = before;
  if (change.action === "move") sentence(trainer, change.sentence).intent = intent;
  const made = trainer.change(me, change.kind, "undo", { intent, before: after, after: before, undoes: change.number, reason: body.reason ?? null, can_undo: false });
  Object.assign(change, { undone_by: made.number, can_undo: false });
  return [200, { change: plain(made) }];
}

const WEEKS = [[182, 121, 28, 14, 15], [201, 136, 30, 15, 17], [190, 133, 26, 14, 13], [224, 163, 29, 13, 15], [231, 172, 27, 14, 14], [219, 168, 24, 11, 13], [248, 194, 25, 12, 14], [256, 205, 23, 13, 12], [244, 199, 20, 11, 11], [262, 218, 19, 11, 11], [271, 229, 18, 12, 10], [133, 114, 8, 5, 5]];

export const DATA_ROUTES = [
  ["GET", "/sentences", (trainer, { query }) => {
    const [intent, q, warning] = ["intent", "q", "warning"].map((name) => query.get(name));
    const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = trainer.sentences.filter((one) => (!intent || one.intent === intent) && words.every((word) => one.text.toLowerCase().includes(word)) && (!warning || one.warnings.some(({ kind }) => warning === "any" || kind === warning)));
    const start = Number(query.get("before") ?? 0);
    const end = start + Number(query.get("limit") ?? 50);
    return [200, { sentences: found.slice(start, end), total: found.length, next: end < found.length ? String(end) : null }];
  }],
  ["POST", "/sentences/preview", (trainer, { body }) => {
    const same = trainer.sentences.find((one) => one.text.toLowerCase() === body.text.trim().toLowerCase());
    const ranking = [["tempo_bayar", 0.62], ["tunda_bayar", 0.21], ["cara_bayar", 0.08]].map(([intent, probability]) => ({ intent, title: trainer.titleOf(intent), probability }));
    const warnings = same ? [{ kind: same.intent === body.intent ? "duplicate" : "near_duplicate", other: { text: same.text, intent: same.intent, title: trainer.titleOf(same.intent) } }] : [];
    return [200, { warnings, ranking }];
  }],
  ["POST", "/sentences", (trainer, { me, body }) => {
    const { sentence: made, change } = trainer.add(me, body.intent, body.text, body.reason ?? null);
    return [201, { sentence: made, change: plain(change) }];
  }],
  ["PUT", "/sentences/:id", (trainer, { me, id, body }) => {
    const found = sentence(trainer, id);
    const before = found.text;
    Object.assign(found, { text: body.text, id: `${found.id}e`, warnings: [] });
    return [200, { sentence: found, change: plain(trainer.change(me, "sentence", "edit", { intent: found.intent, before, after: body.text, reason: body.reason ?? null, sentence: found.id })) }];
  }],
  ["POST", "/sentences/:id/move", (trainer, { me, id, body }) => {
    const found = sentence(trainer, id);
    const change = trainer.change(me, "sentence", "move", { intent: found.intent, before: found.text, after: found.text, to_intent: body.intent, reason: body.reason ?? null, sentence: `${found.id}m` });
    Object.assign(found, { intent: body.intent, id: `${found.id}m` });
    return [200, { sentence: found, change: plain(change) }];
  }],
  ["POST", "/sentences/:id/delete", (trainer, { me, id, body }) => {
    const found = sentence(trainer, id);
    trainer.sentences = trainer.sentences.filter((one) => one !== found);
    return [200, { change: plain(trainer.change(me, "sentence", "delete", { intent: found.intent, before: found.text, reason: body.reason ?? null, sentence: found.id })) }];
  }],
  ["GET", "/warnings", (trainer) => {
    const kinds = trainer.sentences.flatMap((one) => one.warnings.map(({ kind }) => kind));
    const counts = Object.fromEntries(["duplicate", "near_duplicate", "suspect", "leak"].map((kind) => [kind, kinds.filter((one) => one === kind).length]));
    return [200, { counts, thin: trainer.topicRows().filter((one) => one.thin).map(({ intent }) => intent), checked_at: trainer.versions.at(-1).trained_at, files: trainer.broken }];
  }],
  ["GET", "/changes", (trainer, { query }) => {
    const before = Number(query.get("before") ?? Infinity);
    const rest = trainer.changes.filter((one) => one.number < before);
    const shown = rest.slice(0, Number(query.get("limit") ?? 50));
    return [200, { changes: shown.map(plain), next: shown.length < rest.length ? shown.at(-1).number : null, unpublished: trainer.unpublished }];
  }],
  ["POST", "/changes/:id/undo", undo],
  ["GET", "/trends", (trainer, { query }) => {
    const weeks = WEEKS.slice(-Number(query.get("weeks") ?? 12)).map(([all, right, asked_back, refused, handed_off], index, list) => {
      const from = new Date(Date.now() - (list.length - 1 - index) * 7 * 86_400_000).toISOString().slice(0, 10);
      return { from, all, right, asked_back, refused, handed_off, other: all - right - asked_back - refused - handed_off };
    });
    const growing = [["migrasi", 34, 12], ["teknis_domain", 28, 15], ["perubahan_harga", 22, 13], ["email_tidak_sampai", 17, 11]].map(([intent, now, before]) => ({ intent, title: trainer.titleOf(intent), now, before }));
    const unseen = [["dmarc", 9, "tolong pasangin dmarc kak"], ["blast", 6, "mau blast 50rb email boleh?"], ["epp", 5, "kode epp nya mana"], ["wordfence", 3, "wordfence saya error terus"], ["cloudflare", 3, "kalau pakai cloudflare gratis bisa?"]].map(([word, count, text]) => ({ word, count, text }));
    return [200, { weeks, growing, unseen }];
  }],
];
