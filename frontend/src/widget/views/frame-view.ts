import { html, nothing, type TemplateResult } from "lit";
import { agentIcon, botIcon, chatIcon, checkIcon, chevronDownIcon, closeIcon } from "../icons";
import type { ChatStore } from "../state/chat-store";
import { ownerLine } from "../state/owner-line";
import { TEXTS } from "../texts";

export function launcherView(open: boolean, unread: number, toggle: () => void): TemplateResult {
  const label = open ? TEXTS.closeChat : TEXTS.openChat + (unread ? `, ${TEXTS.unread(unread)}` : "");
  return html`<button
      class="launcher"
      type="button"
      data-testid="launcher"
      aria-label=${label}
      aria-haspopup="dialog"
      aria-expanded=${open ? "true" : "false"}
      aria-controls="panel"
      @click=${toggle}
    >
      ${open ? chevronDownIcon : chatIcon}
      ${unread ? html`<span class="badge" data-testid="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>` : nothing}
    </button>
    <div class="sr" role="status">${unread ? TEXTS.unread(unread) : nothing}</div>`;
}

/** The line is not a live region: the log view tells of it, and not at every step in the queue. */
export function headerView(store: ChatStore, title: string, close: () => void): TemplateResult {
  const { owner, closed } = store.handover;
  return html`<div class="header">
    <span class="avatar">${closed ? checkIcon : owner === "agent" ? agentIcon : botIcon}</span>
    <div class="titles">
      <h2 class="title" id="title">${title}</h2>
      <p class="owner" data-testid="owner" data-owner=${owner} data-closed=${closed ? "true" : nothing}>
        ${partsOf(ownerLine(store.handover))}
      </p>
    </div>
    <button class="icon-button" type="button" data-testid="close" aria-label=${TEXTS.closeChat} @click=${close}>
      ${closeIcon}
    </button>
  </div>`;
}

/** "a, b" as parts that a narrow header does not break. */
function partsOf(line: string): TemplateResult[] {
  const parts = line.split(", ");
  return parts.map((part, index) => html`<span>${index < parts.length - 1 ? `${part},` : part}</span> `);
}

/** Always there, so that screen readers notice when it gets its text. */
export function bannerView(lost: boolean): TemplateResult {
  return html`<div class="banner" role="status" data-testid="banner">
    ${lost ? html`<span>${TEXTS.disconnected}</span>` : nothing}
  </div>`;
}
