import { html, type TemplateResult } from "lit";
import type { TableData } from "./picture";

/** Wide tables scroll by themselves, also with the keyboard. The first column says what a row is about. */
export function tableView(title: string, table: TableData): TemplateResult {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Tabel: ${title}">
    <table>
      <thead>
        <tr>
          ${table.head.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          ([first, ...rest]) => html`<tr>
            <th scope="row">${first}</th>
            ${rest.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
