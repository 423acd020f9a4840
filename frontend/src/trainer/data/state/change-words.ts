import type { Change } from "../../state/types";

const ACTIONS: Record<string, string> = { add: "menambahkan", edit: "mengubah", move: "memindahkan", delete: "menghapus", undo: "membatalkan perubahan" };
const KINDS: Record<string, string> = { sentence: "kalimat", answer: "jawaban", test: "uji", hand: "berkas dengan tangan" };

/** "mengubah kalimat di Migrasi" */
export function changeText(change: Change, titleOf: (intent: string) => string): string {
  const topic = change.title ?? (change.intent ? titleOf(change.intent) : null);
  if (change.kind === "hand") return `Berkas diubah langsung${topic ? `, topik ${topic}` : ""}`;
  const what = change.action === "undo" && change.undoes !== null ? `${ACTIONS.undo} no. ${change.undoes}` : `${ACTIONS[change.action] ?? "mengubah"} ${KINDS[change.kind] ?? change.kind}`;
  if (change.action === "move" && change.toIntent) return `${what} dari ${topic ?? "?"} ke ${titleOf(change.toIntent)}`;
  return topic ? `${what} di ${topic}` : what;
}
