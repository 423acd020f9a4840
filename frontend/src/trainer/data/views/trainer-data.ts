import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { pagePath } from "../../state/router";
import { number, warningLabel } from "../../state/words";
import { WARNINGS } from "../state/types";

const SEARCH_PAUSE_MS = 250;
const HISTORY = "riwayat";

/** The workshop of the training data: topics, their sentences, and what was changed. */
export class TrainerData extends TrainerElement {
  static override properties = { ...TrainerElement.properties, adding: { state: true } };

  declare adding: boolean;
  private shown: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly keys = (event: KeyboardEvent): void => this.keyPressed(event);

  constructor() {
    super();
    this.adding = false;
  }

  protected override watched(): Emitter[] {
    return [this.trainer.workshop, this.trainer.topics, this.trainer.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.keys);
    void this.trainer.topics.load();
    void this.trainer.workshop.health.load();
    this.shown = null;
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.keys);
    clearTimeout(this.timer);
  }

  private get history(): boolean {
    return this.trainer.router.route.query.get("lihat") === HISTORY;
  }

  private get intent(): string | null {
    return this.trainer.router.route.rest[0] ?? null;
  }

  private get warning(): string | null {
    return this.trainer.router.route.query.get("peringatan");
  }

  protected override willUpdate(): void {
    this.follow();
  }

  /** Lists what the address names. */
  private follow(): void {
    const { route } = this.trainer.router;
    if (route.page !== "data" || !this.isConnected) return;
    const key = this.history ? HISTORY : JSON.stringify([this.intent, this.warning]);
    if (key === this.shown) return;
    this.shown = key;
    const { workshop } = this.trainer;
    if (this.history) void workshop.changes.load();
    else void workshop.list.show({ intent: this.intent, q: workshop.list.wanted.q, warning: this.warning });
  }

  protected override render(): TemplateResult {
    const { workshop } = this.trainer;
    return html`<main class="data" id="main">
      <trainer-topics .trainer=${this.trainer}></trainer-topics>
      <section class="data-main" aria-label=${this.history ? "Riwayat" : "Kalimat"}>
        <header class="data-head">
          <h1>${this.history ? "Riwayat perubahan" : this.intent ? this.trainer.topics.title(this.intent) : "Data latih"}</h1>
          <nav class="data-tabs" aria-label="Bagian data latih">
            ${this.history
              ? html`<a class="button small" href=${pagePath("data")} data-testid="to-sentences">${icons.stack} Kalimat</a>`
              : html`<a class="button small" href=${`${pagePath("data")}?lihat=${HISTORY}`} data-testid="to-history">${icons.clock} Riwayat</a>`}
            <button class="button small" type="button" data-testid="undo-last" ?disabled=${!workshop.last || workshop.busy} @click=${() => void workshop.undo()}>${icons.undo} Batalkan terakhir</button>
            ${this.history ? nothing : html`<button class="button small primary" type="button" data-testid="add" aria-expanded=${this.adding ? "true" : "false"} @click=${() => (this.adding = !this.adding)}>${icons.plus} Tambah kalimat</button>`}
          </nav>
        </header>
        ${this.broken()} ${this.history ? html`<trainer-changes .trainer=${this.trainer}></trainer-changes>` : this.sentences()}
      </section>
    </main>`;
  }

  private sentences(): TemplateResult {
    const { list } = this.trainer.workshop;
    return html`${this.adding ? html`<trainer-add-sentence .trainer=${this.trainer} .intent=${this.intent} @add-closed=${() => (this.adding = false)}></trainer-add-sentence>` : nothing}
      <div class="data-tools">
        <div class="search-box">${icons.search}<input type="search" data-testid="search" aria-label="Cari kalimat" placeholder=${this.intent ? "Cari di topik ini" : "Cari di semua kalimat"} .value=${list.wanted.q}
          @input=${(event: Event) => this.typed((event.target as HTMLInputElement).value)} /></div>
        <label><span class="sr">Saring menurut peringatan</span><select class="select" data-testid="warning-filter" @change=${(event: Event) => this.filter((event.target as HTMLSelectElement).value)}>
          <option value="" ?selected=${this.warning === null}>Semua kalimat</option>
          <option value="any" ?selected=${this.warning === "any"}>Dengan peringatan (${number(this.trainer.workshop.health.all)})</option>
          ${WARNINGS.map((kind) => html`<option value=${kind} ?selected=${this.warning === kind}>${warningLabel(kind)} (${number(this.trainer.workshop.health.counts[kind] ?? 0)})</option>`)}
        </select></label>
        <span class="data-total faint" role="status" data-testid="total">${list.status === "loading" && !list.sentences.length ? "Mencari…" : `${number(list.total)} kalimat`}</span>
      </div>
      <trainer-sentence-list .trainer=${this.trainer}></trainer-sentence-list>`;
  }

  private broken(): TemplateResult[] {
    return this.trainer.workshop.health.files.map(
      ({ file, problem }) => html`<div class="notice bad data-notice" role="alert" data-testid="broken">${icons.warn}<div><b>Berkas ${file} tidak dapat dibaca.</b> ${problem}
        <p>Kalimatnya tidak dapat diubah, dan pelatihan tidak dapat dimulai, sampai berkas itu diperbaiki. Beri tahu pengembang; yang lain tetap bisa Anda kerjakan.</p></div></div>`,
    );
  }

  private typed(q: string): void {
    clearTimeout(this.timer);
    const { list } = this.trainer.workshop;
    this.timer = setTimeout(() => void list.show({ ...list.wanted, q }), SEARCH_PAUSE_MS);
  }

  private filter(warning: string): void {
    this.trainer.router.go(pagePath("data", ...(this.intent ? [this.intent] : [])) + (warning ? `?peringatan=${encodeURIComponent(warning)}` : ""));
  }

  private keyPressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || this.history) return;
    if ((event.composedPath()[0] as HTMLElement).closest("dialog, input, textarea, select")) return;
    if (event.key === "/") this.querySelector<HTMLInputElement>("[data-testid=search]")?.focus();
    else if (event.key === "n") this.adding = true;
    else if (event.key === "u") void this.trainer.workshop.undo();
    else return;
    event.preventDefault();
  }
}
