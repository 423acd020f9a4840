import { html, nothing, type TemplateResult } from "lit";
import { formatTime } from "../../shared/dates";
import { richText } from "../../shared/rich-text-view";
import { starIcon } from "../icons";
import { plainButtons, starsOf, type Star } from "../state/cards";
import type { MessageEntry } from "../state/timeline";
import { TEXTS } from "../texts";

export interface CardActions {
  /** Sends the title of a button of message `seq`. */
  choose(seq: number, title: string): void;
  /** Marks a star, without sending it yet. */
  mark(seq: number, score: number): void;
}

/** What may be pressed now, and which star is marked there. */
export interface OpenCard {
  seq: number;
  marked: number | null;
}

/** A notice of the system; with buttons that may be pressed it is a small card. */
export function systemView(entry: MessageEntry, open: OpenCard | null, actions: CardActions): TemplateResult {
  const active = open !== null && open.seq === entry.seq;
  return html`<div
    class="system ${active ? "card" : ""}"
    data-testid="message"
    data-seq=${entry.seq ?? nothing}
    data-sender="system"
    data-open=${active ? "true" : nothing}
  >
    <div class="text" data-testid="message-text">${richText(entry.text, { links: true })}</div>
    <div class="sr"><time datetime=${entry.createdAt}>${formatTime(entry.createdAt)}</time></div>
    ${active ? openView(entry, open, actions) : chosenView(entry)}
  </div>`;
}

function openView(entry: MessageEntry, open: OpenCard, actions: CardActions): TemplateResult {
  const stars = starsOf(entry.buttons);
  const buttons = plainButtons(entry.buttons);
  return html`${stars.length ? ratingView(stars, open, actions) : nothing}
  ${buttons.length
    ? html`<div class="choices" role="group" aria-label=${TEXTS.repliesLabel}>
        ${buttons.map(
          ({ title }) => html`<button
            class="reply"
            type="button"
            data-testid="quick-reply"
            data-seq=${open.seq}
            @click=${() => actions.choose(open.seq, title)}
          >
            ${title}
          </button>`,
        )}
      </div>`
    : nothing}`;
}

/** Radio buttons of the browser's own, so that arrow keys work; they are sent by a button, as a slip cannot be undone. */
function ratingView(stars: Star[], { seq, marked }: OpenCard, actions: CardActions): TemplateResult {
  const chosen = stars.find((star) => star.score === marked);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (chosen) actions.choose(seq, chosen.title);
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
function chosenView(entry: MessageEntry): TemplateResult | typeof nothing {
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
