import { html, nothing, type TemplateResult } from "lit";
import type { Ranked } from "../state/types";
import { percent } from "../state/words";

/** Small templates that several pages show. */

export const progressBar = (value: number, label: string): TemplateResult =>
  html`<progress class="progress" max="100" value=${value} aria-label=${label}></progress>`;

/** How sure the bot is of a topic. */
export function rankRow(ranked: Ranked, key: string | null = null, note = ""): TemplateResult {
  return html`<span class="rank-name">${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}<span class="ellipsis" title=${ranked.title}>${ranked.title}</span>${note ? html`<span class="rank-note">${note}</span>` : nothing}</span>
    <meter class="rank-bar" min="0" max="1" value=${ranked.probability} aria-hidden="true"></meter>
    <span class="rank-share">${percent(ranked.probability)}</span>`;
}

/** A failure in words, with the way out of it. */
export const failure = (text: string | null, again: () => void): TemplateResult | typeof nothing =>
  text === null ? nothing : html`<p class="form-error" role="alert" data-testid="failure">${text} <button class="link" type="button" @click=${again}>Coba lagi</button></p>`;
