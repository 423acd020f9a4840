import { html, nothing, type TemplateResult } from "lit";
import { avatar } from "../../console/parts/pieces";
import { icons } from "../../console/parts/icons";
import { customerName, reasonLabel } from "../state/labels";
import { conversationPath } from "../state/router";
import { shortWhen, urgency, waited, waitingText } from "../../console/state/times";
import type { Row } from "../state/types";

export interface RowState {
  open: boolean;
  cursor: boolean;
  draft: boolean;
  mine: boolean;
  now: Date;
  /** Place and size of the whole list, of which only a part is rendered. */
  position: number;
  size: number;
}

const FROM: Record<string, string> = { bot: "Bot: ", agent: "Staf: " };

/** One conversation in the list: who, what last, and why it matters now. */
export function rowView(row: Row, state: RowState): TemplateResult {
  const name = customerName(row);
  return html`<li aria-setsize=${state.size} aria-posinset=${state.position}>
    <a
      class="row ${state.open ? "open" : ""} ${state.cursor ? "cursor" : ""} ${row.unread ? "unread" : ""}"
      href=${conversationPath(row.id)}
      data-testid="row"
      data-id=${row.id}
      data-state=${row.state}
      aria-current=${state.open ? "true" : nothing}
      tabindex=${state.cursor ? "0" : "-1"}
    >
      ${avatar(row.id, name, row.contactName !== null)}
      <span class="row-main">
        <span class="row-top"><span class="row-name">${name}</span><time datetime=${row.lastAt}>${shortWhen(row.lastAt, state.now)}</time></span>
        <span class="row-middle">
          <span class="row-text">${state.draft ? html`<b class="draft">Draf</b> ` : state.mine && row.lastSender === "agent" ? "Anda: " : FROM[row.lastSender ?? ""]}${row.lastText}</span>
          ${row.unread ? html`<span class="badge" data-testid="row-unread">${row.unread}<span class="sr"> belum dibaca</span></span>` : nothing}
        </span>
        <span class="row-bottom">${bottom(row, state.now)}</span>
      </span>
    </a>
  </li>`;
}

function bottom(row: Row, now: Date): TemplateResult | typeof nothing {
  const waiting = row.waitingSince && (row.state === "queue" || row.state === "agent") ? row.waitingSince : null;
  return html`${waiting
    ? html`<span class="chip wait ${urgency(waiting, now)}" data-testid="waiting" title=${waitingText(waiting, now)}>${icons.clock}<span class="sr">menunggu </span>${waited(waiting, now)}</span>`
    : nothing}
  ${row.state === "queue" && row.mode === "message" ? html`<span class="chip">Tinggalkan pesan</span>` : nothing}
  ${row.reason && row.state !== "bot" ? html`<span class="faint">${reasonLabel(row.reason)}</span>` : nothing}
  ${row.state === "agent" && !waiting && !row.reason ? html`<span class="faint">${row.agent?.displayName}</span>` : nothing}
  ${row.state === "bot" ? html`<span class="faint">Dijawab bot</span>` : nothing}
  ${row.state === "closed" && !row.reason ? html`<span class="faint">Selesai</span>` : nothing}`;
}
