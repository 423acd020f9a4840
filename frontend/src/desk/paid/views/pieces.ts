import { html, nothing, type TemplateResult } from "lit";
import { remainingText } from "../../../shared/paid/due";
import { STATE_LABELS, URGENCY_LABELS } from "../../../shared/paid/words";
import { icons } from "../../../console/parts/icons";
import type { PaidRow } from "../state/types";

/** Small templates of the board and of an open request. */

export const stateChip = (row: Pick<PaidRow, "state">): TemplateResult =>
  html`<span class="chip paid-state ${row.state}" data-testid="paid-state">${STATE_LABELS[row.state]}</span>`;

export const urgencyChip = (row: Pick<PaidRow, "urgency">): TemplateResult | typeof nothing =>
  row.urgency === "relaxed" ? nothing : html`<span class="chip urgency ${row.urgency}">${URGENCY_LABELS[row.urgency]}</span>`;

const ENDS: Partial<Record<PaidRow["state"], string>> = { quoted: "Penawaran berlaku", awaiting_payment: "Waktu membayar" };

/** How long the quote or the invoice still holds. */
export function endView(row: Pick<PaidRow, "state" | "expiresAt">, now: Date): TemplateResult | typeof nothing {
  const what = ENDS[row.state];
  if (!what || !row.expiresAt) return nothing;
  const rest = remainingText(row.expiresAt, now);
  const soon = Date.parse(row.expiresAt) - now.getTime() < 24 * 3_600_000;
  return html`<span class="chip end ${soon ? "soon" : ""}" data-testid="paid-end" title=${what}>${icons.clock}<span class="sr">${what}: </span>${rest ?? "waktu habis"}</span>`;
}
