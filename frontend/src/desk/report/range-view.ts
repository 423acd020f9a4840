import { html, nothing, type TemplateResult } from "lit";
import { PRESETS, type Range, rangeProblem, rangeQuery, sameRange } from "./range";

export type Separator = "semicolon" | "comma";

const PARTS = [
  { part: "days", label: "Harian" },
  { part: "agents", label: "Per staf" },
  { part: "reasons", label: "Alasan" },
] as const;

export interface RangeActions {
  choose: (range: Range) => void;
  edit: (range: Range) => void;
}

/** Presets and two dates. What is typed takes effect with the button only, so that a half-typed year loads nothing. */
export function rangeView(shown: Range, draft: Range, today: string, actions: RangeActions): TemplateResult {
  const problem = rangeProblem(draft);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!problem) actions.choose(draft);
  };
  const field = (name: keyof Range, label: string): TemplateResult => html`<label class="field">
    <span>${label}</span>
    <input
      type="date"
      data-testid=${name}
      .value=${draft[name]}
      max=${today}
      aria-describedby="range-problem"
      aria-invalid=${problem ? "true" : "false"}
      @input=${(event: Event) => actions.edit({ ...draft, [name]: (event.target as HTMLInputElement).value })}
    />
  </label>`;
  return html`<form class="range" @submit=${submit} novalidate>
    <div class="presets" role="group" aria-label="Rentang cepat">
      ${PRESETS.map((preset) => {
        const range = preset.range(today);
        return html`<button
          type="button"
          class="chip"
          data-testid="preset"
          aria-pressed=${sameRange(range, shown) ? "true" : "false"}
          @click=${() => actions.choose(range)}
        >
          ${preset.label}
        </button>`;
      })}
    </div>
    <div class="dates">
      ${field("from", "Dari")} ${field("to", "Sampai")}
      <button type="submit" class="primary" data-testid="show" ?disabled=${problem !== null}>Tampilkan</button>
    </div>
    <p id="range-problem" class="problem" role="alert">${problem ?? nothing}</p>
  </form>`;
}

export function csvView(base: string, shown: Range, separator: Separator, choose: (separator: Separator) => void): TemplateResult {
  return html`<section class="csv" aria-label="Unduh CSV">
    <span class="csv-title">Unduh CSV</span>
    ${PARTS.map(
      ({ part, label }) =>
        html`<a data-testid="csv" href="${base}/report.csv?${rangeQuery(shown)}&part=${part}&separator=${separator}" download>${label}</a>`,
    )}
    <label class="field inline">
      <span>Pemisah kolom</span>
      <select data-testid="separator" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Separator)}>
        <option value="semicolon" ?selected=${separator === "semicolon"}>Titik koma (Excel Indonesia)</option>
        <option value="comma" ?selected=${separator === "comma"}>Koma (baku)</option>
      </select>
    </label>
  </section>`;
}
