import { Chart } from "chart.js";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Palette, type Picture, type Tone, TONES } from "./picture";
import { tableView } from "./table-view";

const DARK = "(prefers-color-scheme: dark)";

/** A chart, followed by its numbers as a table. In its parent's tree, whose styles it uses. */
export class ReportChart extends LitElement {
  static override properties = { picture: { attribute: false } };

  declare picture: Picture;
  private chart: Chart<"bar" | "line"> | null = null;
  private readonly scheme = window.matchMedia(DARK);
  private readonly root = new MutationObserver(() => this.draw());
  private readonly recolour = (): void => this.draw();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme.addEventListener("change", this.recolour);
    // The console keeps a chosen theme on the root element.
    this.root.observe(document.documentElement, { attributes: true });
    if (this.hasUpdated) this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme.removeEventListener("change", this.recolour);
    this.root.disconnect();
    this.clear();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("picture")) this.draw();
  }

  protected override render(): TemplateResult {
    const { title, note, summary, empty, legend, table } = this.picture;
    return html`<section class="card chart" data-testid="chart">
      <h2>${title}</h2>
      <p class="note">${note}</p>
      ${empty
        ? html`<p class="empty" data-testid="chart-empty">Belum ada data pada rentang ini.</p>`
        : html`<ul class="legend">
              ${legend.map(
                (item) => html`<li><span class="swatch ${item.dashed ? "dashed" : ""}" data-tone=${item.tone}></span>${item.label}</li>`,
              )}
            </ul>
            <div class="canvas"><canvas role="img" aria-label=${summary}></canvas></div>
            <details>
              <summary>Lihat angkanya dalam tabel</summary>
              ${tableView(title, table)}
            </details>`}
      ${empty ? nothing : TONES.map((tone) => html`<span class="probe" data-probe=${tone} hidden></span>`)}
    </section>`;
  }

  private draw(): void {
    this.clear();
    const canvas = this.querySelector("canvas");
    // Where nothing can be drawn the table still says everything.
    if (!canvas?.getContext("2d")) return;
    this.chart = new Chart(canvas, this.picture.config(this.palette()));
  }

  private clear(): void {
    this.chart?.destroy();
    this.chart = null;
  }

  /** A canvas knows no custom properties, so hidden elements tell what their colours have come to. */
  private palette(): Palette {
    const colour = (tone: Tone): string => {
      const probe = this.querySelector(`[data-probe="${tone}"]`);
      return probe ? getComputedStyle(probe).color : "";
    };
    return Object.fromEntries(TONES.map((tone) => [tone, colour(tone)])) as Palette;
  }
}
