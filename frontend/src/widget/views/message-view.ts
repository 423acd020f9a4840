import { html, nothing, type TemplateResult } from "lit";
import { formatTime } from "../../shared/dates";
import { richText } from "../../shared/rich-text-view";
import { agentIcon, botIcon, checkIcon, readIcon, warnIcon } from "../icons";
import type { MessageEntry } from "../state/timeline";
import { TEXTS } from "../texts";
import { systemView, type CardActions, type CardContext } from "./card-view";
import { buttonsView, paidView } from "./paid-view";

export interface MessageActions {
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
}

export function messageView(
  entry: MessageEntry,
  context: CardContext,
  actions: MessageActions & CardActions,
): TemplateResult {
  if (entry.card) return paidView(entry, entry.card, context, actions);
  return entry.sender === "system" ? systemView(entry, context, actions) : bubbleView(entry, context, actions);
}

function bubbleView(entry: MessageEntry, context: CardContext, actions: MessageActions & CardActions): TemplateResult {
  const own = entry.sender === "customer";
  const classes = `row ${entry.sender} ${entry.state ?? ""} ${entry.groupStart ? "start" : ""} ${entry.groupEnd ? "end" : ""}`;
  return html`<div
    class=${classes}
    data-testid="message"
    data-seq=${entry.seq ?? nothing}
    data-sender=${entry.sender}
    data-state=${entry.state ?? nothing}
  >
    ${!own && entry.groupEnd ? faceView(entry.sender) : nothing}
    <div class="column">
      ${nameView(entry)}
      <div class="bubble">
        <div class="text" data-testid="message-text">${richText(entry.text, { links: !own })}</div>
        ${clausesView(entry.clauses)} ${entry.standing ? buttonsView(entry, context, actions) : nothing}
      </div>
    </div>
    ${metaView(entry)} ${entry.state === "failed" ? failureView(entry, actions) : nothing}
  </div>`;
}

function faceView(sender: string): TemplateResult {
  return html`<span class="face">${sender === "agent" ? agentIcon : botIcon}</span>`;
}

/** A support agent's name is shown; other senders are named for screen readers only. */
function nameView(entry: MessageEntry): TemplateResult | typeof nothing {
  const name = entry.senderName?.trim() || TEXTS.names[entry.sender];
  if (entry.sender === "agent" && entry.groupStart) return html`<span class="name">${name}</span>`;
  return html`<span class="sr">${name}:</span>`;
}

function clausesView(labels: string[]): TemplateResult | typeof nothing {
  if (!labels.length) return nothing;
  return html`<ul class="clauses" aria-label=${TEXTS.clauses}>
    ${labels.map((label) => html`<li data-testid="clause">${label}</li>`)}
  </ul>`;
}

/** Inside a group the time is there for screen readers only. */
function metaView(entry: MessageEntry): TemplateResult {
  return html`<div class=${entry.groupEnd ? "meta" : "sr"}>${timeView(entry)} ${stateView(entry)}</div>`;
}

function timeView(entry: MessageEntry): TemplateResult {
  return html`<time datetime=${entry.createdAt}>${formatTime(entry.createdAt)}</time>`;
}

function stateView(entry: MessageEntry): TemplateResult | typeof nothing {
  if (!entry.state) return nothing;
  const mark = entry.state === "sent" ? checkIcon : entry.state === "read" ? readIcon : nothing;
  const text = TEXTS.state[entry.state];
  // Said once; above that the marks are enough for the eye.
  const quiet = entry.state === "read" && !entry.lastRead;
  return html`<span class="state" data-testid="state">${mark}<span class=${quiet ? "sr" : nothing}>${text}</span></span>`;
}

function failureView(entry: MessageEntry, actions: MessageActions): TemplateResult {
  const id = entry.clientMessageId ?? "";
  return html`<div class="failure" data-testid="failure">${warnIcon}<span>${entry.failure}</span></div>
    <div class="actions">
      <button class="small-button" type="button" data-testid="retry" @click=${() => actions.retry(id)}>${TEXTS.retry}</button>
      <button class="small-button" type="button" data-testid="discard" @click=${() => actions.discard(id)}>
        ${TEXTS.discard}
      </button>
    </div>`;
}
