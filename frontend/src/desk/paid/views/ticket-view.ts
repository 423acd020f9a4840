import { html, nothing, type TemplateResult } from "lit";
import { formatRupiah } from "../../../shared/paid/rupiah";
import { icons } from "../../../console/parts/icons";
import { paidPath } from "../../state/router";
import { shortWhen } from "../../../console/state/times";
import type { PaidRow } from "../state/types";
import { endView, stateChip, urgencyChip } from "./pieces";

/** States that their column does not say already. */
const SAID: readonly string[] = ["accepted", "done", "declined", "expired", "cancelled", "refunded"];
/** Only there a hurry is ours. */
const OURS: readonly string[] = ["requested", "paid", "in_progress"];

/** One request on the board. */
export function ticketView(row: PaidRow, now: Date): TemplateResult {
  return html`<li>
    <a class="ticket" href=${paidPath(row.id)} data-testid="paid-row" data-id=${row.id} data-state=${row.state}>
      <span class="ticket-top"><span class="faint">${row.reference}</span><time class="faint" datetime=${row.updatedAt}>${shortWhen(row.updatedAt, now)}</time></span>
      <span class="ticket-need">${row.need}</span>
      ${row.target ? html`<span class="faint ellipsis">${row.target}</span>` : nothing}
      <span class="ticket-chips">
        ${SAID.includes(row.state) ? stateChip(row) : nothing} ${OURS.includes(row.state) ? urgencyChip(row) : nothing} ${endView(row, now)}
        ${row.waitsForApproval ? html`<span class="chip approval" data-testid="waits">Perlu persetujuan</span>` : nothing}
        ${row.surplus > 0 ? html`<span class="chip surplus">${icons.warn}Kelebihan ${formatRupiah(row.surplus)}</span>` : nothing}
      </span>
      ${row.total !== null || row.staff
        ? html`<span class="ticket-foot"><b>${row.total === null ? nothing : formatRupiah(row.total)}</b><span class="faint ellipsis">${row.staff}</span></span>`
        : nothing}
    </a>
  </li>`;
}
