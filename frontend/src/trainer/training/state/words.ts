import type { Gate } from "../../state/types";
import { outcomeText } from "../../state/words";

const NAMES: Record<string, string> = {
  topic_loss: "Tidak ada topik yang jauh memburuk",
  scope_recall: "Pesan di luar layanan tetap dikenali",
  kept_conversations: "Percakapan tersimpan yang tadinya benar tetap benar",
  outcome: "Jawaban keseluruhan cukup tepat",
};

export const gateLabel = (gate: Gate): string => NAMES[gate.name] ?? gate.name.replace(/_/g, " ");

/** What was measured against the limit. */
export function gateText(gate: Gate, titleOf: (intent: string) => string): string {
  // The only one that counts: conversations that were right before and are wrong now; about the first of them.
  if (gate.name === "kept_conversations" && gate.value !== null) return gate.value ? `${gate.value} menjadi salah${gate.about ? `: ${gate.about}` : ""}` : "Tidak ada yang menjadi salah";
  const value = gate.value === null ? "belum terukur" : percentFine(gate.value);
  const limit = gate.limit === null ? "" : gate.name === "topic_loss" ? `, paling banyak ${percentFine(gate.limit)}` : `, sedikitnya ${percentFine(gate.limit)}`;
  const about = gate.about ? ` (${titleOf(gate.about)})` : "";
  return gate.name === "topic_loss" ? `Terbanyak turun ${value}${about}${limit}` : `${value}${about}${limit}`;
}

/** "94,2%": versions differ by less than a percent. */
export function percentFine(share: number | null): string {
  if (share === null) return "–";
  return `${(share * 100).toLocaleString("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`;
}

/** "answer H13" of a verdict, in words. */
export function verdictText(wire: string): string {
  const [outcome, ...clauses] = wire.split(/[\s,]+/).filter(Boolean);
  return outcome ? outcomeText(outcome, clauses) : "–";
}

/** "+1,2 poin" */
export function pointsText(before: number | null, after: number | null): string {
  if (before === null || after === null) return "";
  const points = Math.round((after - before) * 1000) / 10;
  if (points === 0) return "tetap";
  return `${points > 0 ? "+" : "−"}${Math.abs(points).toLocaleString("id-ID")} poin`;
}

export const STATES: Record<string, string> = { candidate: "Menunggu diterbitkan", live: "Sedang menjawab", former: "Pernah dipakai", discarded: "Dibuang" };

const PICTURES: Record<string, string> = {
  "confusion.png": "Topik yang tertukar dengan topik lain",
  "reliability.png": "Seberapa bisa dipercaya keyakinan bot",
  "topics.png": "Ketepatan per topik, sebelum dan sesudah",
};

export const pictureText = (name: string): string => PICTURES[name] ?? name;

