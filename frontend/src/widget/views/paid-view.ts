import { html, nothing, type TemplateResult } from "lit";
import { formatTime } from "../../shared/dates";
import type { KnownCard, PaymentCard, StatusCard } from "../../shared/paid/cards";
import { formatMoment, isOver } from "../../shared/paid/due";
import { quoteFiguresView } from "../../shared/paid/quote-view";
import { formatRupiah } from "../../shared/paid/rupiah";
import { KIND_LABELS, methodLabel, STATE_LABELS, URGENCY_LABELS } from "../../shared/paid/words";
import type { QuickReply } from "../../shared/protocol";
import { billIcon, checkIcon, clockIcon, closeIcon, copyIcon, listIcon, workIcon } from "../icons";
import { ordinaryButtons, starsOf } from "../state/cards";
import { paidButtons } from "../state/paid-cards";
import type { MessageEntry } from "../state/timeline";
import { TEXTS } from "../texts";
import { chosenView, ratingView, type CardActions, type CardContext } from "./card-view";
import { remaining } from "./remaining";

const WORDS = TEXTS.paid;
const PAY = "#paid:pay:";
const ICONS: Record<KnownCard["kind"], TemplateResult> = {
  filed: listIcon,
  quote: billIcon,
  choose_payment: billIcon,
  payment: billIcon,
  receipt: checkIcon,
  progress: workIcon,
  done: checkIcon,
  closed: closeIcon,
  status: listIcon,
};

/** A card of paid support. Everything in it stands in the message's text as well. */
export function paidView(entry: MessageEntry, card: KnownCard, context: CardContext, actions: CardActions): TemplateResult {
  const titleId = `paid-${entry.seq}`;
  const outcome = entry.standing?.outcome;
  return html`<div
    class="paid ${card.kind} ${card.kind === "receipt" || card.kind === "done" ? "good" : ""}"
    role="group"
    aria-labelledby=${titleId}
    data-testid="message"
    data-seq=${entry.seq ?? nothing}
    data-sender=${entry.sender}
    data-card=${card.kind}
    data-open=${entry.standing?.live ? "true" : nothing}
  >
    <div class="paid-head">
      <span class="paid-icon" aria-hidden="true">${ICONS[card.kind]}</span>
      <span class="paid-title" id=${titleId}>${titleOf(card)}</span>
      ${outcome ? html`<span class="paid-outcome" data-testid="outcome">${outcome}</span>` : nothing}
      <span class="paid-reference"
        >${card.kind === "status" ? nothing : html`${card.reference} · `}<time datetime=${entry.createdAt}>${formatTime(entry.createdAt)}</time></span
      >
    </div>
    ${bodyOf(card, entry, context, actions)} ${buttonsView(entry, context, actions)}
  </div>`;
}

function titleOf(card: KnownCard): string {
  if (card.kind === "closed") return STATE_LABELS[card.state];
  return card.kind === "payment" ? methodLabel(card.method) : WORDS.titles[card.kind];
}

const fact = (label: string, value: unknown): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

function bodyOf(card: KnownCard, entry: MessageEntry, context: CardContext, actions: CardActions): TemplateResult | typeof nothing {
  switch (card.kind) {
    case "filed":
      return html`<p class="paid-text" data-testid="card-need">${card.need}</p>
        <dl class="facts">
          ${fact(WORDS.kind, KIND_LABELS[card.requestKind])} ${card.target ? fact(WORDS.target, card.target) : nothing}
          ${card.capacityGb === null ? nothing : fact(WORDS.capacity, `${card.capacityGb} GB`)} ${fact(WORDS.urgency, URGENCY_LABELS[card.urgency])}
        </dl>
        <p class="paid-note">${WORDS.filed}</p>`;
    case "quote":
      return html`<p class="paid-need" data-testid="card-need">${card.need}</p>
        ${quoteFiguresView(card)} ${card.note ? html`<p class="paid-note">${card.note}</p>` : nothing}
        ${entry.standing?.live ? untilView(WORDS.validUntil, card.validUntil, WORDS.quoteOver) : nothing}`;
    case "choose_payment":
      return html`<p class="amount" data-testid="card-amount">${formatRupiah(card.amount)}</p>
        <dl class="facts">${fact(WORDS.invoice, card.invoice)}</dl>
        ${entry.standing?.live ? untilView(WORDS.payBefore, card.dueAt, WORDS.payOver) : nothing}
        ${entry.standing?.live ? html`<p class="paid-note">${card.methods.length ? WORDS.choose : WORDS.staffSends}</p>` : nothing}`;
    case "payment":
      return paymentView(card, entry, context, actions);
    case "receipt":
      return html`<p class="amount" data-testid="card-amount">${formatRupiah(card.amount)}</p>
        <dl class="facts">
          ${fact(WORDS.invoice, card.invoice)} ${fact(WORDS.method, methodLabel(card.method))} ${fact(WORDS.paidAt, formatMoment(card.paidAt))}
        </dl>
        <p class="paid-note">${WORDS.thanks}</p>`;
    case "progress":
    case "closed":
      return html`<p class="paid-text">${card.text}</p>`;
    case "done":
      return card.text ? html`<p class="paid-text">${card.text}</p>` : nothing;
    case "status":
      return statusView(card);
  }
}

/** The clock goes on without a word: a timer is no live region, and the list around it tells of additions only. */
function untilView(label: string, iso: string, over: string): TemplateResult {
  return html`<p class="until" data-testid="until">
    ${clockIcon}<span>${label} ${formatMoment(iso)} (<b role="timer" aria-live="off">${remaining(iso, over)}</b>)</span>
  </p>`;
}

function paymentView(card: PaymentCard, entry: MessageEntry, { copied }: CardContext, actions: CardActions): TemplateResult {
  const live = entry.standing?.live === true;
  const digits = (text: string): string => text.replace(/\D/g, "") || text;
  const toCopy = (key: string, label: string, shown: TemplateResult, value: string, name: string): TemplateResult => {
    const done = copied === `${entry.seq}:${key}`;
    return html`<div class="to-copy">
      <span class="label">${label}</span>${shown}
      <button
        class="copy ${done ? "done" : ""}"
        type="button"
        data-testid="copy"
        data-value=${value}
        @click=${() => actions.copy(`${entry.seq}:${key}`, value, name)}
      >
        ${done ? checkIcon : copyIcon}<span aria-hidden="true">${done ? WORDS.copiedShort : WORDS.copy}</span
        ><span class="sr">${WORDS.copyWhat(name)}</span>
      </button>
    </div>`;
  };
  const amount = html`<span class="number" data-testid="card-amount">${formatRupiah(card.amount)}</span>`;
  // What is over invites nobody to pay once more.
  if (!live) return html`<p class="amount" data-testid="card-amount">${formatRupiah(card.amount)}</p>
    <dl class="facts">${fact(WORDS.invoice, card.invoice)}</dl>`;
  const openable = card.url !== null && !isOver(card.dueAt, new Date());
  return html`${card.accounts.length
      ? toCopy("amount", WORDS.exactly, amount, String(card.amount), WORDS.amount)
      : html`<p class="amount" data-testid="card-amount">${formatRupiah(card.amount)}</p>`}
    ${card.uniqueCode === null ? nothing : html`<p class="paid-note">${WORDS.uniqueCode(String(card.uniqueCode).padStart(3, "0"))}</p>`}
    ${card.accounts.map((account, index) =>
      toCopy(
        `account-${index}`,
        WORDS.account(account.bank),
        html`<span class="number">${account.number}</span><span class="label">${WORDS.holder(account.holder)}</span>`,
        digits(account.number),
        `${WORDS.account(account.bank)} ${account.number}`,
      ),
    )}
    <dl class="facts">${fact(WORDS.invoice, card.invoice)}</dl>
    ${untilView(WORDS.payBefore, card.dueAt, WORDS.payOver)}
    ${openable
      ? html`<a class="act primary" href=${card.url} target="_blank" rel="noopener noreferrer" data-testid="pay-link">${WORDS.openPage}</a>`
      : nothing}
    ${!card.url && !card.accounts.length ? html`<p class="paid-note">${WORDS.noWay}</p>` : nothing}`;
}

function statusView(card: StatusCard): TemplateResult {
  return html`<ul class="requests">
    ${card.requests.map(
      (request) => html`<li data-testid="status-row" data-state=${request.state ?? nothing}>
        <span class="what"><b>${request.need}</b>${request.total === null ? nothing : html`<span class="price">${formatRupiah(request.total)}</span>`}</span>
        <span>${request.text}</span>
        <span class="small">${request.reference}${request.expiresAt ? ` · ${WORDS.until} ${formatMoment(request.expiresAt)}` : nothing}</span>
      </li>`,
    )}
  </ul>`;
}

/** The buttons under a message of paid support: those of the card while it lives, ordinary ones while they are the newest. */
export function buttonsView(entry: MessageEntry, context: CardContext, actions: CardActions): TemplateResult | typeof nothing {
  const { standing, buttons } = entry;
  const stars = starsOf(buttons);
  const { open } = context;
  const seq = entry.seq ?? 0;
  const ordinary = open === seq && entry.sender === "system" ? ordinaryButtons(buttons) : [];
  const own = standing?.live ? paidButtons(buttons).filter((button) => !stars.some((star) => star.payload === button.payload)) : [];
  const rated = stars.some((star) => star.title === entry.chosen);
  const rating = stars.length === 0 ? nothing : rated ? chosenView(entry) : standing?.live ? starsView() : nothing;
  if (rating === nothing && !own.length && !ordinary.length) return nothing;
  const busy = standing?.busy === true;
  const onlyWay = entry.card?.kind === "choose_payment" && own.filter((button) => button.payload.startsWith(PAY)).length === 1;
  return html`${rating}
  ${own.length || ordinary.length
    ? html`<div class="paid-buttons" role="group" aria-label=${TEXTS.repliesLabel}>
        ${own.map((button) => pressView(button, styleOf(button.payload, onlyWay), busy, () => actions.press(seq, button)))}
        ${ordinary.map((button) => pressView(button, "", busy, () => actions.choose(seq, button.title)))}
      </div>`
    : nothing}`;

  function starsView(): TemplateResult {
    return ratingView(stars, seq, context.marked?.seq === seq ? context.marked.score : null, (star) => actions.press(seq, star), actions);
  }
}

/** By what it does; the order is the server's. Of several ways to pay none is put before the others. */
function styleOf(payload: string, onlyWay: boolean): string {
  if (payload.startsWith("#paid:accept:") || (onlyWay && payload.startsWith(PAY))) return "primary";
  return payload.startsWith("#paid:cancel:") ? "quiet" : "";
}

function pressView(button: QuickReply, style: string, busy: boolean, press: () => void): TemplateResult {
  return html`<button class="act ${style}" type="button" data-testid="card-button" data-payload=${button.payload} ?disabled=${busy} @click=${press}>
    ${button.title}
  </button>`;
}
