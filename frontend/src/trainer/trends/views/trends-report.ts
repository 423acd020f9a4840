import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { count } from "../../../console/charts/format";
import type { Picture } from "../../../console/charts/picture";
import { ReportChart } from "../../../console/charts/report-chart";
import { controlStyles } from "../../../console/charts/styles/controls";
import { dataStyles } from "../../../console/charts/styles/data";
import { layoutStyles } from "../../../console/charts/styles/layout";
import { themeStyles } from "../../../console/charts/styles/theme";
import { tableView } from "../../../console/charts/table-view";
import { SPANS, type TrendsStore } from "../state/trends-store";
import type { Trends } from "../state/types";
import { sharesPicture } from "./shares-picture";

/** The last column holds sentences, not numbers. */
const exampleStyles = css`
  .unseen th:last-child,
  .unseen td:last-child {
    text-align: left;
    white-space: normal;
  }
`;

/** The figures of weeks, drawn and as tables. */
export class TrendsReport extends LitElement {
  static override styles = [themeStyles, controlStyles, dataStyles, layoutStyles, exampleStyles];
  static override properties = { store: { attribute: false } };

  declare store: TrendsStore;
  private stop: () => void = () => undefined;
  private drawn: Trends | null = null;
  private picture: Picture | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // `store` is set after the element is made, and before it is first drawn.
    void Promise.resolve().then(() => {
      this.stop = this.store.subscribe(() => this.requestUpdate());
      void this.store.show();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override render(): TemplateResult {
    const { weeks, loading, error, trends } = this.store;
    return html`<div class="page" lang="id">
      <header><h1>Tren</h1>
        <div class="presets" role="group" aria-label="Rentang">${SPANS.map(
          (span) => html`<button type="button" class="chip" data-testid="span-${span}" aria-pressed=${span === weeks ? "true" : "false"} @click=${() => void this.store.show(span)}>${span} pekan</button>`,
        )}</div>
      </header>
      <div class="status" role="status">${loading ? html`<span class="sr">Memuat tren…</span>` : nothing}</div>
      ${error ? html`<div class="failure" role="alert" data-testid="failure"><p>${error}</p><button type="button" class="chip" @click=${() => void this.store.show()}>Coba lagi</button></div>` : nothing}
      ${trends ? this.body(trends) : nothing}
    </div>`;
  }

  private body(trends: Trends): TemplateResult {
    if (trends !== this.drawn) {
      this.drawn = trends;
      this.picture = sharesPicture(trends.weeks);
    }
    return html`<div class="body ${this.store.loading ? "stale" : ""}" aria-busy=${this.store.loading ? "true" : "false"}>
      <div class="grid">
        <report-chart class="wide" .picture=${this.picture}></report-chart>
        <section class="card" data-testid="growing"><h2>Topik yang makin sering ditanyakan</h2>
          <p class="note">Pesan per pekan: dua pekan terakhir, dan pekan-pekan sebelumnya.</p>
          ${trends.growing.length
            ? tableView("Topik yang makin sering ditanyakan", { head: ["Topik", "Sekarang", "Sebelumnya"], rows: trends.growing.map((one) => [one.title, count(one.now), count(one.before)]) })
            : html`<p class="empty">Tidak ada topik yang mencolok.</p>`}</section>
        <section class="card unseen" data-testid="unseen"><h2>Kata yang belum dikenal</h2>
          <p class="note">Ada di pesan pelanggan, belum ada di kalimat latih mana pun.</p>
          ${trends.unseen.length
            ? tableView("Kata yang belum dikenal", { head: ["Kata", "Kali", "Contoh"], rows: trends.unseen.map((one) => [one.word, count(one.count), one.text]) })
            : html`<p class="empty">Tidak ada kata baru.</p>`}</section>
      </div>
    </div>`;
  }
}

if (!customElements.get("report-chart")) customElements.define("report-chart", ReportChart);
if (!customElements.get("trends-report")) customElements.define("trends-report", TrendsReport);
