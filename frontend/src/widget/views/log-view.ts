import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { localDay } from "../../shared/dates";
import { agentIcon, arrowDownIcon, botIcon } from "../icons";
import type { ChatStore } from "../state/chat-store";
import { buildTimeline, openQuickReplies } from "../state/timeline";
import { TEXTS } from "../texts";
import { introView, isEmpty } from "./intro-view";
import { messageView } from "./message-view";

export interface LogActions {
  send(text: string): void;
  scrolled(): void;
  jump(): void;
}

/** The scrolling part of the panel. Only messages stand inside role="log", so that nothing else is read out. */
export function logView(store: ChatStore, showJump: boolean, actions: LogActions): TemplateResult {
  return html`<div class="body">
    <div class="scroll" tabindex="0" role="group" aria-label=${TEXTS.log} @scroll=${actions.scrolled}>
      ${introView(store, actions)}
      <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${TEXTS.log} aria-busy=${store.loading}>
        ${timelineView(store)}
      </div>
      ${repliesView(store, actions)} ${typingView(store.typing)}
    </div>
    ${showJump
      ? html`<button class="jump" type="button" data-testid="jump" @click=${actions.jump}>${arrowDownIcon}${TEXTS.newMessages}</button>`
      : nothing}
    <div class="sr" role="status">${store.typing ? TEXTS.typing[store.typing] : nothing}</div>
  </div>`;
}

/** Built again only when a message changes or a new day begins, not at every key press. */
function timelineView(store: ChatStore): unknown {
  const now = new Date();
  const today = localDay(now.toISOString());
  return guard([store.messages, store.unsent, today], () =>
    repeat(
      buildTimeline(store.messages, store.unsent, now),
      (entry) => entry.key,
      (entry) =>
        entry.kind === "day"
          ? html`<div class="day" data-testid="day"><time datetime=${entry.day}>${entry.label}</time></div>`
          : messageView(entry, store),
    ),
  );
}

function repliesView(store: ChatStore, actions: LogActions): TemplateResult | typeof nothing {
  const replies = openQuickReplies(store.messages, store.unsent);
  if (!replies || isEmpty(store)) return nothing;
  return html`<div class="replies" role="group" aria-label=${TEXTS.repliesLabel}>
    ${replies.buttons.map(
      (button) => html`<button
        class="reply"
        type="button"
        data-testid="quick-reply"
        data-seq=${replies.seq}
        @click=${() => actions.send(button.title)}
      >
        ${button.title}
      </button>`,
    )}
  </div>`;
}

function typingView(sender: "bot" | "agent" | null): TemplateResult | typeof nothing {
  if (!sender) return nothing;
  return html`<div class="row ${sender} start end" data-testid="typing" data-sender=${sender} aria-hidden="true">
    <span class="face">${sender === "agent" ? agentIcon : botIcon}</span>
    <div class="column"><div class="bubble dots"><i></i><i></i><i></i></div></div>
  </div>`;
}
