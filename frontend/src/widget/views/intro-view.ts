import { html, nothing, type TemplateResult } from "lit";
import { botIcon, lockIcon } from "../icons";
import type { ChatStore } from "../state/chat-store";
import { TEXTS } from "../texts";

/** Nothing was written yet, and nothing is about to be replayed. */
export function isEmpty(store: ChatStore): boolean {
  return store.messages.length === 0 && store.unsent.length === 0 && !store.loading;
}

/** A greeting of the widget's own; no conversation is opened for it. */
export function introView(store: ChatStore, actions: { send(text: string): void }): TemplateResult {
  const empty = isEmpty(store);
  return html`${store.renewed ? html`<div class="system" role="status" data-testid="renewed">${TEXTS.renewed}</div>` : nothing}
    <div class="row bot start end" data-testid="greeting">
      <span class="face">${botIcon}</span>
      <div class="column">
        <div class="bubble text"><p>${empty ? TEXTS.greeting : TEXTS.greetingShort}</p></div>
      </div>
    </div>
    ${empty ? startersView(actions) : nothing}`;
}

function startersView(actions: { send(text: string): void }): TemplateResult {
  return html`<div class="replies starters" role="group" aria-label=${TEXTS.startersLabel}>
    ${TEXTS.starters.map(
      (text) =>
        html`<button class="reply" type="button" data-testid="starter" @click=${() => actions.send(text)}>${text}</button>`,
    )}
  </div>`;
}

export function privacyView(store: ChatStore, url: string | null): TemplateResult | typeof nothing {
  if (!isEmpty(store)) return nothing;
  return html`<div class="privacy" data-testid="privacy">
    ${lockIcon}
    <p>
      ${TEXTS.privacy}
      ${url ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${TEXTS.privacyLink}</a>` : nothing}
    </p>
  </div>`;
}
