import { html, type TemplateResult } from "lit";
import { DEFAULT_ZONE, PRESETS, rangeProblem, rangeQuery, today, type Range } from "../../report/range";

const PATH = "/api/desk/v1/paid-events.csv";

/** Every change and every payment of a range, for bookkeeping. The link follows the fields, so that the browser downloads it. */
export function exportView(now = new Date()): TemplateResult {
  const day = today(now, DEFAULT_ZONE);
  const usual = PRESETS.find((preset) => preset.id === "this-month")!.range(day);
  return html`<details class="export" data-testid="export">
    <summary class="button">Unduh CSV</summary>
    <div class="export-sheet" @input=${changed}>
      <p class="hint">Semua perubahan dan pembayaran dalam rentang ini, untuk pembukuan.</p>
      <label class="field"><span>Dari</span><input type="date" name="from" .value=${usual.from} max=${day} /></label>
      <label class="field"><span>Sampai</span><input type="date" name="to" .value=${usual.to} max=${day} /></label>
      <label class="field"><span>Pemisah kolom</span><select name="separator">
        <option value="semicolon">Titik koma (Excel Indonesia)</option><option value="comma">Koma (baku)</option></select></label>
      <p class="form-error" role="alert" hidden></p>
      <a class="button primary" data-testid="export-link" href=${exportHref(usual, "semicolon")} download>Unduh</a>
    </div>
  </details>`;
}

export const exportHref = (range: Range, separator: string): string => `${PATH}?${rangeQuery(range)}&separator=${encodeURIComponent(separator)}`;

function changed(event: Event): void {
  const sheet = event.currentTarget as HTMLElement;
  const value = (name: string): string => sheet.querySelector<HTMLInputElement>(`[name=${name}]`)!.value;
  const range = { from: value("from"), to: value("to") };
  const problem = rangeProblem(range);
  const said = sheet.querySelector<HTMLElement>(".form-error")!;
  said.hidden = problem === null;
  said.textContent = problem ?? "";
  const link = sheet.querySelector<HTMLAnchorElement>("a")!;
  if (problem) link.removeAttribute("href");
  else link.href = exportHref(range, value("separator"));
}
