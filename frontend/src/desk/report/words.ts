/** What the report calls things. */

import { closeReasonLabel as labelOf } from "../state/labels";

export { reasonLabel } from "../state/labels";

export const closeReasonLabel = (name: string | null): string => (name ? labelOf(name) : "Tanpa alasan");

export const BOT_ENDS = [
  { key: "solved", tone: "good", label: "Dinyatakan selesai" },
  { key: "unsolved", tone: "bad", label: "Dinyatakan belum selesai" },
  { key: "left", tone: "quiet", label: "Pergi tanpa menjawab" },
  { key: "handed_over", tone: "main", label: "Beralih ke staf" },
] as const;
