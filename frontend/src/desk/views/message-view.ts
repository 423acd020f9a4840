import { html, nothing, type TemplateResult } from "lit";
import { clauseLabel } from "../../shared/clauses";
import { formatTime } from "../../shared/dates";
import { richText } from "../../shared/rich-text-view";
import { icons } from "../../console/parts/icons";
import { outcomeLabel } from "../../console/state/labels";
import type { Delivery, Entry } from "../state/timeline";
import type { DeskMessage } from "../state/types";

export interface MessageActions {
  /** As it stands in messages of the agent who looks. */
  myName: string | null;
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
}

const NAMES: Record<string, string> = { customer: "Pelanggan", bot: "Bot", agent: "Staf", system: "Sistem" };
const DELIVERY: Record<Delivery, string> = {
  sending: "Mengirim…", sent: "Terkirim", delivered: "Sampai", read: "Dibaca", failed: "Gagal",
};

export function entryView(entry: Entry, actions: MessageActions): TemplateResult {
  switch (entry.kind) {
    case "day":
      return html`<div class="day" data-testid="day"><span>${entry.label}</span></div>`;
    case "note":
      return noteView(entry);
    case "unsent":
      return unsentView(entry, actions);
    case "message":
      return entry.message.sender === "system" ? systemView(entry.message) : bubbleView(entry, actions);
  }
}

const time = (at: string): TemplateResult => html`<time datetime=${at}>${formatTime(at)}</time>`;

function systemView(message: DeskMessage): TemplateResult {
  return html`<div class="system" data-testid="message" data-seq=${message.seq} data-sender="system">
    <div data-testid="message-text">${richText(message.text, { links: false })}</div>
    ${time(message.createdAt)}
  </div>`;
}

function noteView({ note }: Extract<Entry, { kind: "note" }>): TemplateResult {
  return html`<div class="note" data-testid="note">
    <p class="note-head">${icons.note}<b>Catatan internal</b><span>${note.author} · ${time(note.createdAt)}</span></p>
    <div class="text" data-testid="note-text">${richText(note.text, { links: true })}</div>
  </div>`;
}

function bubbleView({ message, delivery, start, end }: Extract<Entry, { kind: "message" }>, actions: MessageActions): TemplateResult {
  const { sender } = message;
  const own = sender === "agent" && message.senderName !== null && message.senderName === actions.myName;
  const name = own ? "Anda" : (message.senderName ?? NAMES[sender]!);
  return html`<div class="msg ${sender} ${start ? "start" : ""} ${end ? "end" : ""}"
    data-testid="message" data-seq=${message.seq} data-sender=${sender} data-state=${delivery ?? nothing}>
    <span class=${start && sender !== "customer" ? "msg-name" : "sr"}>${sender === "bot" ? icons.bot : nothing}${name}</span>
    <div class="bubble">
      <div class="text" data-testid="message-text">${richText(message.text, { links: sender !== "customer" })}</div>
      ${buttonsView(message)}
    </div>
    <div class="facts">
      ${factsView(message)}
      <span class=${end ? "meta" : "sr"}>${time(message.createdAt)}${delivery ? deliveryView(delivery) : nothing}</span>
    </div>
  </div>`;
}

/** What the customer could press, for reading only. */
function buttonsView(message: DeskMessage): TemplateResult | typeof nothing {
  if (!message.buttons.length) return nothing;
  return html`<ul class="offered" aria-label="Pilihan untuk pelanggan">${message.buttons.map((button) => html`<li>${button.title}</li>`)}</ul>`;
}

/** How the bot came to this turn: outcome, clauses, and small the intent with its confidence. */
function factsView({ outcome, clauses, intent, confidence }: DeskMessage): TemplateResult | typeof nothing {
  if (!outcome && !clauses.length && !intent) return nothing;
  const percent = confidence === null ? "" : ` ${Math.round(confidence * 100)} %`;
  return html`${outcome ? html`<span class="chip outcome ${outcome}" data-testid="outcome" data-outcome=${outcome}>${outcomeLabel(outcome)}</span>` : nothing}
    ${clauses.map((id) => html`<span class="chip clause" data-testid="clause" data-clause=${id}>${clauseLabel(id) ?? id}</span>`)}
    ${intent ? html`<span class="intent" data-testid="intent">${intent}${percent}</span>` : nothing}`;
}

function deliveryView(delivery: Delivery): TemplateResult {
  const icon = { sending: nothing, failed: icons.warn, sent: icons.check, delivered: icons.checks, read: icons.checks }[delivery];
  return html`<span class="delivery ${delivery}" data-testid="delivery">${icon}${DELIVERY[delivery]}</span>`;
}

function unsentView({ item, delivery }: Extract<Entry, { kind: "unsent" }>, actions: MessageActions): TemplateResult {
  return html`<div class="msg agent start end ${delivery}" data-testid="message" data-sender="agent" data-state=${delivery}>
    <span class="sr">Anda</span>
    <div class="bubble"><div class="text" data-testid="message-text">${richText(item.text, { links: true })}</div></div>
    <div class="meta">${time(item.createdAt)}${deliveryView(delivery)}</div>
    ${delivery === "failed"
      ? html`<div class="failure" role="alert"><span data-testid="failure">${item.failure}</span>
          <button class="link" type="button" data-testid="retry" @click=${() => actions.retry(item.clientMessageId)}>Kirim lagi</button>
          <button class="link" type="button" data-testid="discard" @click=${() => actions.discard(item.clientMessageId)}>Buang</button>
        </div>`
      : nothing}
  </div>`;
}
