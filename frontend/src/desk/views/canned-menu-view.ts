import { html, type TemplateResult } from "lit";
import type { CannedReply } from "../state/types";

export interface MenuState {
  replies: readonly CannedReply[];
  query: string;
  active: number;
  choose(reply: CannedReply): void;
}

/** Canned replies above the field, while a `/word` is typed there. */
export function cannedMenuView({ replies, query, active, choose }: MenuState): TemplateResult {
  return html`<div class="canned-menu" data-testid="canned-menu" tabindex="0" role="group" aria-label="Balasan cepat">
    <p class="canned-head"><b>Balasan cepat</b><span>↑↓ pilih · Enter sisipkan · Esc tutup</span></p>
    ${replies.length
      ? html`<div id="canned-options" role="listbox" aria-label="Balasan cepat">
          ${replies.map(
            (reply, index) => html`<div class="canned-option" role="option" id="canned-${index}" data-testid="canned-option"
              aria-selected=${index === active} @mousedown=${(event: Event) => event.preventDefault()} @click=${() => choose(reply)}>
              <span class="canned-name"><code>/${reply.shortcut}</code><b>${reply.title}</b></span>
              <span class="canned-text">${reply.text}</span>
            </div>`,
          )}
        </div>`
      : html`<p class="canned-none">Tidak ada balasan untuk “/${query}”.</p>`}
  </div>`;
}
