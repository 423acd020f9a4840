import { html, type TemplateResult } from "lit";

export interface HelpGroup {
  title: string;
  keys: readonly (readonly [string, string])[];
}

/** "g lalu q" with the keys as keys and the words between them as words. */
const keyParts = (key: string): unknown[] =>
  key.split(" ").map((part) => (/^(lalu|\/|…)$/.test(part) && key !== "/" ? part : html`<kbd>${part}</kbd>`)).flatMap((part) => [part, " "]);

/** What keys do, in two columns. */
export function helpColumns(groups: readonly HelpGroup[]): TemplateResult {
  return html`<div class="help-columns">
    ${groups.map(
      ({ title, keys }) => html`<section><h3>${title}</h3>
        <dl>${keys.map(([key, what]) => html`<div><dt>${keyParts(key)}</dt><dd>${what}</dd></div>`)}</dl>
      </section>`,
    )}
  </div>`;
}
