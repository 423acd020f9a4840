import { html, nothing, type TemplateResult } from "lit";
import { formatTime } from "../../shared/dates";
import type { QuickReply } from "../../shared/protocol";
import { richText } from "../../shared/rich-text-view";
import { starIcon } from "../icons";
import { plainButtons, starsOf, type Star } from "../state/cards";
import type { MessageEntry } from "../state/timeline";
import { TEXTS } from "../texts";
import { buttonsView } from "./paid-view";

export interface CardActions {
  /** Sends the title of a button of message `seq`. */
  choose(seq: number, title: string): void;
  /** Sends a button of a card of paid support. */
  press(seq: number, button: QuickReply): void;
  /** Marks a star, without sending it yet. */
  mark(seq: number, score: number): void;
  /** Puts `value` on the clipboard; `name` says what it is. */
  copy(key: string, value: string, name: string): void;
}

/** How cards are shown beside what is in them. */
export interface CardContext {
  /** The message whose ordinary buttons may be pressed now. */
  open: number | null;
  /** The star that is marked in the message of that seq. */
  marked: { seq: number; score: number } | null;
  /** What was copied a moment ago. */
  copied: string | null;
}

/** A notice of the system; with buttons that may be pressed it is a small card. */
export function systemView(entry: MessageEntry, context: CardContext, actions: CardActions): TemplateResult {
  // Its buttons live longer than ordinary ones, and stand below the text that takes the place of a card.
  if (entry.standing) return noticeView(entry, entry.standing.live, buttonsView(entry, context, actions));
  const active = context.open !== null && context.open === entry.seq;
  return noticeView(entry, active, active ? openView(entry, context, actions) : chosenView(entry));
}

function noticeView(entry: MessageEntry, active: boolean, below: TemplateResult | typeof nothing): TemplateResult {
  return html`<div
    class="system ${active ? "card" : ""}"
    data-testid="message"
    data-seq=${entry.seq ?? nothing}
    data-sender="system"
    data-open=${active ? "true" : nothing}
  >
    <div class="text" data-testid="message-text">${richText(entry.text, { links: true })}</div>
    <div class="sr"><time datetime=${entry.createdAt}>${formatTime(entry.createdAt)}</time></div>
    ${below}
  </div>`;
}

function openView(entry: MessageEntry, { marked, open }: CardContext, actions: CardActions): TemplateResult {
  const seq = open!;
  const stars = starsOf(entry.buttons);
  const buttons = plainButtons(entry.buttons);
  return html`${stars.length ? ratingView(stars, seq, marked?.seq === seq ? marked.score : null, (star) => actions.choose(seq, star.title), actions) : nothing}
  ${buttons.length
    ? html`<div class="choices" role="group" aria-label=${TEXTS.repliesLabel}>
        ${buttons.map(
          ({ title }) => html`<button
            class="reply"
            type="button"
            data-testid="quick-reply"
            data-seq=${seq}
            @click=${() => actions.choose(seq, title)}
          >
            ${title}
          </button>`,
        )}
      </div>`
    : nothing}`;
}

/** Radio buttons of the browser's own, so that arrow keys work; they are sent by a button, as a slip cannot be undone. */
export function ratingView(
  stars: Star[],
  seq: number,
  marked: number | null,
  send: (star: Star) => void,
  actions: CardActions,
): TemplateResult {
  const chosen = stars.find((star) => star.score === marked);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (chosen) send(chosen);
  };
  return html`<form class="rating" @submit=${submit}>
    <div class="stars" role="radiogroup" aria-label=${TEXTS.stars.label}>
      ${stars.map(
        ({ score, title }) => html`<label class="star ${marked !== null && score <= marked ? "lit" : ""}">
          <input
            type="radio"
            name="rating-${seq}"
            value=${score}
            data-testid="star"
            data-score=${score}
            aria-label=${starLabel(score, title)}
            .checked=${score === marked}
            @change=${() => actions.mark(seq, score)}
          />
          ${starIcon}
        </label>`,
      )}
    </div>
    <p class="score" aria-hidden="true">${chosen ? starLabel(chosen.score, chosen.title) : TEXTS.stars.choose}</p>
    <button class="rate" type="submit" data-testid="rate" aria-disabled=${chosen ? "false" : "true"}>${TEXTS.stars.send}</button>
  </form>`;
}

/** A rating that was given stays to be seen; other choices stand in the customer's own message. */
export function chosenView(entry: MessageEntry): TemplateResult | typeof nothing {
  const stars = starsOf(entry.buttons);
  const given = stars.find((star) => star.title === entry.chosen);
  if (!given) return nothing;
  const label = `${TEXTS.stars.label}: ${starLabel(given.score, given.title)}`;
  return html`<div class="stars given" role="img" aria-label=${label} data-testid="rated" data-score=${given.score}>
    ${stars.map(({ score }) => html`<span class="star ${score <= given.score ? "lit" : ""}">${starIcon}</span>`)}
  </div>`;
}

/** The title, where it says more than a number or stars. */
function starLabel(score: number, title: string): string {
  return /\p{L}/u.test(title) ? title : TEXTS.stars.score(score, TEXTS.stars.scale[score - 1]!);
}
