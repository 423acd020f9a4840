/** What the server of the trainer console sends, with hostile text wherever people may write. */

export const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> javascript:alert(3) <!--?lit$1$-->';
export const ME = { id: "me", username: "tono", display_name: "Tono", roles: ["trainer"], permissions: ["signed_in", "train"], presence: "offline", max_chats: null, has_totp: false };
const RANKING = [["tempo_bayar", "Tempo bayar", 0.5], ["migrasi", "Migrasi", 0.3], ["cara_bayar", HOSTILE, 0.1]].map(([intent, title, probability]) => ({ intent, title, probability }));
export const TOPICS = RANKING.map(({ intent, title }) => ({ intent, title, clause: "H6", outcome: "answer", sentences: 120, thin: intent === "migrasi", warnings: 2, file: "data/nlu/x.yml" }));
export const group = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id, revision: 1, gain: 5, size: 12, reasons: ["unsure", HOSTILE], newest_at: "2026-11-27T10:00:00Z", text: `${id} ${HOSTILE}`, intent: "tempo_bayar", title: "Tempo bayar", outcome: "clarify", clauses: ["H6"],
  confidence: 0.5, ranking: RANKING, state: "open", sent_to: null, sent_by: HOSTILE, note: HOSTILE, suggests_new_topic: id === "k1", ...more,
});
export const detail = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...group(id), messages: [{ id: `${id}-1`, conversation_id: "c", seq: 3, text: `${id} ${HOSTILE}`, created_at: "2026-11-27T10:00:00Z", reasons: [] }, { id: `${id}-2`, conversation_id: "c", seq: 5, text: "domain toko.co.id mati", created_at: "2026-11-27T10:00:00Z", reasons: [] }],
  nearest: [{ text: HOSTILE, intent: "migrasi", title: HOSTILE, similarity: 0.8 }], decided: null, words: [HOSTILE], ...more,
});
export const SENTENCES = Array.from({ length: 1600 }, (_, index) => ({ id: `s${index}`, intent: "tempo_bayar", text: `${index} ${HOSTILE} [toko.id](nama_domain)`, file: "x", line: index, warnings: [{ kind: "near_duplicate", other: { text: HOSTILE, intent: "migrasi", title: HOSTILE } }] }));
export const CHANGE = { number: 7, at: "2026-11-27T10:00:00Z", by: HOSTILE, kind: "sentence", action: "edit", intent: "migrasi", title: HOSTILE, before: HOSTILE, after: "baru", to_intent: null, reason: HOSTILE, undone_by: null, undoes: null, can_undo: true, version: null };
const SCORES = { outcome: 0.95, full: 0.92, scope_recall: 0.97, kept: { right: 9, all: 10 }, cross_validation: null };
const GATES = [{ name: "topic_loss", limit: 0.05, value: 0.08, ok: false, about: "migrasi" }, { name: "outcome", limit: 0.9, value: 0.95, ok: true, about: null }];
export const version = (number: number, state: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  number, state, trained_at: "2026-11-27T09:00:00Z", seconds: 50, by: HOSTILE, note: HOSTILE, published_at: null, published_by: null, override: null, sentences: 100, scores: SCORES, gates: state === "candidate" ? GATES : [], can_publish: state !== "candidate", ...more,
});
export const VERDICT = { text: HOSTILE, wanted: "answer H13", before: "answer H13", after: "clarify", confidence: 0.4, source: "x" };
