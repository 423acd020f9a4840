import { html, type TemplateResult } from "lit";
import { hue, initials } from "../state/labels";
import type { Presence } from "../state/types";
import { icons } from "./icons";

/** Small templates that several parts of the console show. */

export function avatar(id: string, name: string, known: boolean): TemplateResult {
  return html`<span class="avatar hue-${hue(id)}" aria-hidden="true">${known ? initials(name) : icons.account}</span>`;
}

export const dot = (presence: Presence): TemplateResult => html`<span class="dot ${presence}" aria-hidden="true"></span>`;

export function emptyState(icon: TemplateResult, title: string, text: string): TemplateResult {
  return html`<div class="empty-state">
    <span class="empty-icon">${icon}</span>
    <p class="empty-title">${title}</p>
    <p>${text}</p>
  </div>`;
}

export const kbd = (keys: string): TemplateResult => html`<kbd aria-hidden="true">${keys}</kbd>`;

export const spinner = (label: string): TemplateResult =>
  html`<div class="loading" role="status"><span class="spinner" aria-hidden="true"></span><span class="sr">${label}</span></div>`;
