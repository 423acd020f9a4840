import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { localDay } from "../../shared/dates";
import { agentIcon, arrowDownIcon, botIcon } from "../icons";
import type { ChatStore } from "../state/chat-store";
import type { ChatMessage } from "../../shared/protocol";
import { openReplies, ordinaryButtons } from "../state/cards";
import { buildTimeline } from "../state/timeline";
import { TEXTS } from "../texts";
import { introView } from "./intro-view";
import type { CardActions, CardContext } from "./card-view";
import { messageView, type MessageActions } from "./message-view";

export interface LogActions extends CardActions, MessageActions {
  send(text: string): void;
  scrolled(): void;
  jump(): void;
}

/** How the log is shown beside what is in it. */
export interface LogState extends Omit<CardContext, "open"> {
  showJump: boolean;
  /** What screen readers are told of the clipboard. */
  copyNews: string;
}

/** The scrolling part of the panel. Only messages stand inside role="log", so that nothing else is read out. */
export function logView(store: ChatStore, state: LogState, actions: LogActions): TemplateResult {
  const open = openReplies(store.messages, store.unsent, store.handover);
  const typing = typingText(store);
  return html`<div class="body">
    <div class="scroll" tabindex="0" role="group" aria-label=${TEXTS.log} @scroll=${actions.scrolled}>
      ${introView(store, actions)}
      <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${TEXTS.log} aria-busy=${store.loading}>
        ${timelineView(store, { open: open?.seq ?? null, marked: state.marked, copied: state.copied }, actions)}
      </div>
      ${open?.sender === "bot" ? repliesView(open, actions) : nothing} ${typingView(store)}
    </div>
    ${state.showJump
      ? html`<button class="jump" type="button" data-testid="jump" @click=${actions.jump}>${arrowDownIcon}${TEXTS.newMessages}</button>`
      : nothing}
    <div class="sr" role="status">${typing ?? nothing}</div>
    <div class="sr" role="status" data-testid="announcement">${store.announcement}</div>
    <div class="sr" role="status" data-testid="copy-news">${state.copyNews}</div>
  </div>`;
}

/** Built again only when a message or what is shown of it changes, or a new day begins, not at every key press. */
function timelineView(store: ChatStore, context: CardContext, actions: LogActions): unknown {
  const now = new Date();
  const today = localDay(now.toISOString());
  return guard([store.messages, store.unsent, store.agentReadSeq, today, context.open, context.marked, context.copied], () =>
    repeat(
      buildTimeline(store.messages, store.unsent, now, store.agentReadSeq),
      (entry) => entry.key,
      (entry) =>
        entry.kind === "day"
          ? html`<div class="day" data-testid="day"><time datetime=${entry.day}>${entry.label}</time></div>`
          : messageView(entry, context, actions),
    ),
  );
}

/** The buttons below the newest message. */
export function repliesView(message: Pick<ChatMessage, "seq" | "buttons">, actions: Pick<LogActions, "choose">): TemplateResult {
  return html`<div class="replies" role="group" aria-label=${TEXTS.repliesLabel}>
    ${ordinaryButtons(message.buttons).map(
      (button) => html`<button
        class="reply"
        type="button"
        data-testid="quick-reply"
        data-seq=${message.seq}
        @click=${() => actions.choose(message.seq, button.title)}
      >
        ${button.title}
      </button>`,
    )}
  </div>`;
}

function typingText({ typing, handover }: ChatStore): string | null {
  if (!typing) return null;
  return typing === "agent" && handover.agentName ? TEXTS.agentTyping(handover.agentName) : TEXTS.typing[typing];
}

function typingView({ typing, handover }: ChatStore): TemplateResult | typeof nothing {
  if (!typing) return nothing;
  const name = typing === "agent" ? (handover.agentName ?? TEXTS.names.agent) : null;
  return html`<div class="row ${typing} start end" data-testid="typing" data-sender=${typing} aria-hidden="true">
    <span class="face">${typing === "agent" ? agentIcon : botIcon}</span>
    <div class="column">
      ${name ? html`<span class="name">${TEXTS.agentTyping(name)}</span>` : nothing}
      <div class="bubble dots"><i></i><i></i><i></i></div>
    </div>
  </div>`;
}
