import { html, nothing, type TemplateResult } from "lit";
import type { Change } from "../state/types";

/** What stood there, and what stands there now; once where it is the same. */
export function changeDiff({ before, after }: Pick<Change, "before" | "after">): TemplateResult | typeof nothing {
  if (before === null && after === null) return nothing;
  if (before === after) return html`<p class="diff">${after}</p>`;
  return html`${before === null ? nothing : html`<p class="diff"><del><span class="sr">Sebelum: </span>${before}</del></p>`}
    ${after === null ? nothing : html`<p class="diff"><ins><span class="sr">Sesudah: </span>${after}</ins></p>`}`;
}
