import { html, type TemplateResult } from "lit";
import { parseRichText, type Inline } from "./rich-text";

/** Renders a message; every piece of it becomes a text node or the text of a link. */
export function richText(text: string, options: { links: boolean }): TemplateResult[] {
  return parseRichText(text, options).map((block) =>
    block.kind === "list"
      ? html`<ul>${block.items.map((item) => html`<li>${item.map(inline)}</li>`)}</ul>`
      : html`<p>${block.content.map(inline)}</p>`,
  );
}

function inline(part: Inline): TemplateResult | string {
  if (part.kind === "text") return part.text;
  return html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.text}</a>`;
}
