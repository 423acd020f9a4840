import { html, type TemplateResult } from "lit";

export interface DiffPart {
  op: string;
  text: string;
}

/** Words that went and came, within the text; `del` and `ins` say so to screen readers as well. */
export const diffView = (parts: readonly DiffPart[]): TemplateResult =>
  html`<p class="word-diff">${parts.map((part) => (part.op === "gone" ? html`<del>${part.text}</del> ` : part.op === "new" ? html`<ins>${part.text}</ins> ` : html`${part.text} `))}</p>`;
