/** The inbox of a FakeTrainer: [method, pattern, handler]. */
import { ago, GROUPS } from "./fake-trainer-data.mjs";
import { Refusal } from "./fake-console-routes.mjs";

const OUTSIDE = { out_of_scope: true };

export function makeGroups(titleOf) {
  return GROUPS.map(([texts, ranked, outcome, clauses, reasons, more], index) => {
    const ranking = ranked.map(([intent, probability]) => ({ intent, title: titleOf(intent), probability }));
    return {
      id: `k${index + 1}`, revision: 1, gain: 40 - index * 2.5, reasons, newest_at: ago(12 + index * 47), text: texts[0], intent: ranking[0].intent, title: ranking[0].title, outcome, clauses,
      confidence: ranking[0].probability, ranking, state: "open", sent_to: null, sent_by: null, note: null, suggests_new_topic: false, words: [], decided: null, ...more,
      messages: texts.map((text, at) => ({ id: `m${index + 1}-${at}`, conversation_id: `c${index}-${at}`, seq: 3 + at * 2, text, created_at: ago(12 + index * 47 + at * 90), reasons: reasons.slice(0, 1) })),
    };
  });
}

const summary = ({ messages, nearest, decided, words, by, ...group }) => (void [messages, nearest, decided, words, by], group);

function detail(trainer, group) {
  const nearest = group.ranking.flatMap(({ intent, title, probability }) => {
    const sentence = trainer.sentences.find((one) => one.intent === intent);
    return sentence ? [{ text: sentence.text, intent, title, similarity: Math.min(0.95, 0.45 + probability / 2) }] : [];
  });
  return { ...group, nearest };
}

const listed = (trainer, state, me) =>
  trainer.groups.filter((group) => (state === "mine" ? group.state === "open" && group.sent_by && group.sent_by !== me.display_name : group.state === state));

const find = (trainer, id) => {
  const group = trainer.groups.find((one) => one.id === id);
  if (!group) throw new Refusal(404, "not_found", "Alamat yang diminta tidak ditemukan.");
  return group;
};

function decide(trainer, { me, id, body }) {
  const group = find(trainer, id);
  if (group.decided || body.revision !== group.revision) {
    throw new Refusal(409, "decided_already", "Kelompok ini sudah diputuskan.", { by: group.decided?.by ?? "", revision: group.revision });
  }
  const intent = body.action === "confirm" ? group.intent : body.intent;
  const changes = (body.sentences ?? []).map(({ text }) => trainer.add(me, intent, text, null).change.number);
  if (body.action === "skip") trainer.groups = [...trainer.groups.filter((one) => one !== group), group];
  else if (body.action === "send") Object.assign(group, { state: "sent", sent_to: trainer.nameOf(body.to), note: body.note ?? null });
  else Object.assign(group, { state: body.action === "ignore" ? "ignored" : "done", decided: { action: body.action, intent: OUTSIDE[body.action] ? body.intent : (intent ?? null), by: me.display_name, at: ago(0) } });
  return [200, { changes, next: listed(trainer, "open", me)[0]?.id ?? null }];
}

export const INBOX_ROUTES = [
  ["GET", "/topics", (trainer) => [200, { topics: trainer.topicRows() }]],
  ["GET", "/colleagues", (trainer, { me }) => [200, { colleagues: trainer.staff.filter((one) => one.permissions.includes("train") && one !== me).map(({ id, display_name }) => ({ id, name: display_name })) }]],
  ["GET", "/inbox", (trainer, { me, query }) => {
    const groups = listed(trainer, query.get("state") ?? "open", me).filter((group) => !query.get("reason") || group.reasons.includes(query.get("reason")));
    const counts = Object.fromEntries(["open", "mine", "done", "ignored"].map((state) => [state, listed(trainer, state, me).length]));
    return [200, { groups: groups.slice(0, Number(query.get("limit") ?? 50)).map(summary), next: null, counts }];
  }],
  ["GET", "/inbox/messages/:id/conversation", (trainer, { id }) => {
    const group = trainer.groups.find((one) => one.messages.some((message) => message.id === id));
    const said = group.messages.find((message) => message.id === id);
    const line = (seq, sender, text, more = {}) => ({ seq, sender, text, outcome: null, clauses: [], created_at: said.created_at, is_it: false, ...more });
    return [200, { messages: [
      line(1, "customer", "halo kak"), line(2, "bot", "Halo, Kak! Ada yang bisa saya bantu?", { outcome: "smalltalk" }), line(3, "customer", said.text, { is_it: true }),
      line(4, "bot", "Maaf, saya belum yakin maksud Kakak. Apakah tentang salah satu topik ini?", { outcome: group.outcome, clauses: group.clauses }), line(5, "customer", "bukan itu maksudnya"),
      line(6, "system", "Percakapan dialihkan ke staf."), line(7, "agent", "Baik, Kak. Saya bantu jelaskan ya."),
    ] }];
  }],
  ["GET", "/inbox/:id", (trainer, { id }) => [200, detail(trainer, find(trainer, id))]],
  ["POST", "/inbox/:id/decision", decide],
  ["POST", "/inbox/:id/reopen", (trainer, { id }) => {
    const group = find(trainer, id);
    Object.assign(group, { state: "open", decided: null, sent_to: null, revision: group.revision + 1 });
    return [200, detail(trainer, group)];
  }],
];
