import { clauseLabel } from "../../shared/clauses";
import { outcomeLabel, plain } from "../../console/state/labels";
import { fullWhen } from "../../console/state/times";

/** What the console says for the protocol's short names; a server of another version may know more of them. */
const words = (names: Record<string, string>) => {
  const known = new Map(Object.entries(names));
  return (name: string): string => known.get(name) ?? plain(name);
};

export const reasonLabel = words({
  asked_back: "Bot bertanya balik",
  refused: "Bot menolak",
  unsure: "Bot ragu",
  handed_off: "Dialihkan ke staf",
  thumbs_down: "Dinilai tidak membantu",
  corrected: "Staf menjawab lain",
  searched: "Hanya lewat pencarian",
  shadow: "Versi baru memahami lain",
});

export const warningLabel = words({
  duplicate: "Sama persis",
  near_duplicate: "Mirip topik lain",
  suspect: "Mungkin salah topik",
  leak: "Kalimat penilaian",
});

export const percent = (share: number | null): string => (share === null ? "–" : `${Math.round(share * 100)}%`);

/** "Dijawab, Hak 13" */
export function outcomeText(outcome: string, clauses: readonly string[]): string {
  return [outcomeLabel(outcome), ...clauses.map((id) => clauseLabel(id) ?? id)].join(", ");
}

/** "1 perubahan", "1.234 kalimat" */
export const number = (value: number): string => value.toLocaleString("id-ID");

/** A time in the middle of a sentence: "kemarin, 07.47" */
export const whenWithin = (iso: string, now: Date): string => fullWhen(iso, now).replace(/^Kemarin/, "kemarin");
