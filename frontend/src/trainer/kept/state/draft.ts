import type { Topic } from "../../state/types";
import type { KeptConversation, KeptTurn } from "./types";

export interface Draft {
  kind: "message" | "conversation";
  /** null: a new one. */
  id: string | null;
  name: string;
  turns: KeptTurn[];
  /** Of a message: an outcome that is right as well. */
  also: string;
}

export const emptyTurn = (): KeptTurn => ({ text: "", intent: "", outcome: "answer", clauses: [] });

export const newMessage = (): Draft => ({ kind: "message", id: null, name: "", turns: [emptyTurn()], also: "" });
export const newConversation = (): Draft => ({ kind: "conversation", id: null, name: "", turns: [emptyTurn(), emptyTurn()], also: "" });

export const draftOf = (kept: KeptConversation): Draft => ({
  kind: "conversation",
  id: kept.id,
  name: kept.name,
  turns: kept.turns.map((turn) => ({ ...turn, clauses: [...turn.clauses] })),
  also: "",
});

/** What somebody says should be understood decides what it must come to; both can be changed after that. */
export function withTopic(turn: KeptTurn, topic: Topic | null): KeptTurn {
  if (!topic) return { ...turn, intent: "" };
  return { ...turn, intent: topic.intent, outcome: topic.outcome || turn.outcome, clauses: topic.clause ? [topic.clause] : [] };
}

/** What is missing, in words; null where it can be kept. */
export function draftProblem(draft: Draft): string | null {
  if (draft.kind === "conversation" && !draft.name.trim()) return "Beri nama percakapan ini.";
  const turns = draft.kind === "message" ? draft.turns.slice(0, 1) : draft.turns;
  for (const [index, turn] of turns.entries()) {
    const which = draft.kind === "message" ? "" : ` (pesan ${index + 1})`;
    if (!turn.text.trim()) return `Tuliskan apa yang dikatakan pelanggan${which}.`;
    if ((turn.outcome === "answer" || (draft.kind === "message" && draft.also === "answer")) && !turn.clauses.length) return `Pilih ketentuan yang menjawabnya${which}.`;
  }
  return null;
}
