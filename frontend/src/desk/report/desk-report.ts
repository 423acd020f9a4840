import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Picture } from "../../console/charts/picture";
import { botPicture, chatPicture, timeline, waitPicture } from "./charts";
import { moment, rangeText } from "../../console/charts/format";
import { DEFAULT_ZONE, PRESETS, type Range, rangeQuery, sameRange, today } from "./range";
import { csvView, rangeView, type Separator } from "./range-view";
import { ReportChart } from "../../console/charts/report-chart";
import { controlStyles } from "../../console/charts/styles/controls";
import { dataStyles } from "../../console/charts/styles/data";
import { layoutStyles } from "../../console/charts/styles/layout";
import { themeStyles } from "../../console/charts/styles/theme";
import { agentsView, closeReasonsView, reasonsView, satisfactionView } from "./tables-view";
import { tilesView } from "./tiles-view";
import { readReport, type Report, type ReportApi } from "./types";

const FAILED = "Laporan belum dapat dimuat. Periksa sambungan internet Anda, lalu coba lagi.";

/** The figures of the team, for its lead: /desk/laporan. Needs `api`; everything else has a default. */
export class DeskReport extends LitElement {
  static override styles = [themeStyles, controlStyles, dataStyles, layoutStyles];
  static override properties = {
    api: { attribute: false },
    csvBase: { attribute: "csv-base" },
    shown: { state: true },
    draft: { state: true },
    report: { state: true },
    pictures: { state: true },
    loading: { state: true },
    failure: { state: true },
    separator: { state: true },
  };

  declare api: ReportApi;
  declare csvBase: string;
  declare shown: Range;
  declare draft: Range;
  declare report: Report | null;
  declare pictures: Picture[];
  declare loading: boolean;
  declare failure: string;
  declare separator: Separator;
  /** The clock, for tests. */
  now: () => Date = () => new Date();

  private zone = DEFAULT_ZONE;
  private asked = 0;

  constructor() {
    super();
    this.csvBase = "/api/desk/v1";
    this.report = null;
    this.pictures = [];
    this.loading = false;
    this.failure = "";
    this.separator = "semicolon";
    this.shown = this.draft = { from: "", to: "" };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.shown.from) this.shown = this.draft = this.usual();
    // `api` is set after the element is made, and before it is first drawn.
    void Promise.resolve().then(() => this.load());
  }

  private usual(): Range {
    return PRESETS.find((preset) => preset.id === "week")!.range(this.today());
  }

  private today(): string {
    return today(this.now(), this.zone);
  }

  private choose(range: Range): void {
    this.shown = this.draft = range;
    void this.load();
  }

  /** Loads what is to be shown; an answer to an earlier question is not shown any more. */
  private async load(): Promise<void> {
    const ticket = ++this.asked;
    this.loading = true;
    this.failure = "";
    try {
      const report = readReport(await this.api.get(`/report?${rangeQuery(this.shown)}`));
      if (ticket === this.asked) this.show(report);
    } catch (error) {
      if (ticket === this.asked) this.failure = failureText(error);
    }
    if (ticket === this.asked) this.loading = false;
  }

  private show(report: Report): void {
    const wasUsual = sameRange(this.shown, this.usual());
    this.zone = report.time_zone;
    this.report = report;
    this.pictures = [waitPicture, chatPicture, botPicture].map((draw) => draw(timeline(report)));
    // Only the first answer tells the time zone: where it is another day already, the usual range is another.
    if (wasUsual && !sameRange(this.shown, this.usual())) this.choose(this.usual());
  }

  protected override render(): TemplateResult {
    return html`<div class="page" lang="id">
      <header>
        <h1>Laporan tim</h1>
        ${rangeView(this.shown, this.draft, this.today(), {
          choose: (range) => this.choose(range),
          edit: (range) => (this.draft = range),
        })}
      </header>
      <div class="status" role="status">${this.loading ? html`<span class="sr">Memuat laporan…</span>` : nothing}</div>
      ${this.failure ? this.failureView() : nothing} ${this.report ? this.reportView(this.report) : this.waitingView()}
    </div>`;
  }

  private failureView(): TemplateResult {
    return html`<div class="failure" role="alert" data-testid="failure">
      <p>${this.failure}</p>
      <button type="button" class="chip" data-testid="retry" @click=${() => void this.load()}>Coba lagi</button>
    </div>`;
  }

  private waitingView(): TemplateResult {
    if (!this.loading) return html``;
    return html`<div class="tiles" data-testid="skeleton" aria-hidden="true">
      ${[1, 2, 3, 4, 5, 6].map(() => html`<div class="card skeleton"></div>`)}
    </div>`;
  }

  private reportView(report: Report): TemplateResult {
    const made = moment(report.made_at, report.time_zone);
    return html`<div class="body ${this.loading ? "stale" : ""}" data-testid="report" aria-busy=${this.loading ? "true" : "false"}>
      <p class="about">
        <strong>${rangeText(report.from, report.to)}</strong> · zona waktu ${report.time_zone}${made ? ` · data per ${made}` : ""}
      </p>
      ${tilesView(report)}
      <div class="grid">
        ${this.pictures.map((picture) => html`<report-chart .picture=${picture}></report-chart>`)} ${satisfactionView(report)}
        ${agentsView(report)} ${reasonsView(report)} ${closeReasonsView(report)} ${this.readingView()}
      </div>
      ${csvView(this.csvBase, { from: report.from, to: report.to }, this.separator, (separator) => (this.separator = separator))}
    </div>`;
  }

  private readingView(): TemplateResult {
    return html`<section class="card" data-testid="reading">
      <h2>Cara membaca</h2>
      <ul class="notes">
        <li>Median: separuh kasus lebih cepat, separuh lebih lambat. P90: sembilan dari sepuluh kasus secepat itu atau lebih cepat.</li>
        <li>Jam di luar jam kerja ikut dihitung: permintaan pukul 23.00 yang diterima pukul 08.00 menunggu 9 jam.</li>
        <li>Permintaan dihitung pada hari dibuat, walaupun baru diterima esoknya.</li>
        <li>Yang masih menunggu, berakhir tanpa dilayani, atau memilih meninggalkan pesan tidak punya waktu tunggu dan dihitung terpisah, bukan sebagai nol.</li>
        <li>Tanda – berarti belum ada data.</li>
      </ul>
    </section>`;
  }
}

/** The console's errors carry Indonesian text of the server; what a program says of itself helps nobody here. */
function failureText(error: unknown): string {
  if (error instanceof TypeError || !(error instanceof Error) || !error.message) return FAILED;
  return error.message;
}

if (!customElements.get("report-chart")) customElements.define("report-chart", ReportChart);
if (!customElements.get("desk-report")) customElements.define("desk-report", DeskReport);
