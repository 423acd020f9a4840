import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { ApiError, errorText } from "../../../console/state/api";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { whenWithin } from "../../state/words";
import { PolicyStore } from "../state/policy-store";
import { clauseView } from "./clause-view";

const LARGEST = 48 * 1024;

/** The policy document: what the newest import changed, and importing another one from a file or pasted. */
export class TrainerPolicy extends TrainerElement {
  static override properties = { ...TrainerElement.properties, importing: { state: true }, text: { state: true }, problem: { state: true } };
  declare importing: boolean;
  declare text: string;
  declare problem: string | null;
  private store!: PolicyStore;

  constructor() {
    super();
    this.importing = false;
    this.text = "";
    this.problem = null;
  }

  protected override watched(): Emitter[] {
    return [this.store, this.trainer.topics];
  }

  override connectedCallback(): void {
    this.store ??= new PolicyStore(this.trainer.api);
    super.connectedCallback();
    void this.store.load();
  }

  protected override render(): TemplateResult {
    const { store } = this;
    return html`<main class="page" id="main">
      <div class="page-inner">
        <div class="page-head">
          <div>
            <h1>Kebijakan</h1>
            <p class="hint">${this.when()}</p>
          </div>
          <button class="button" type="button" data-testid="open-import" aria-expanded=${this.importing ? "true" : "false"} @click=${() => (this.importing = !this.importing)}>
            ${icons.upload} Impor dokumen
          </button>
        </div>
        ${this.importing ? this.form() : nothing} ${store.error ? failure(store.error, () => void store.load()) : nothing}
        ${store.status === "idle" ? spinner("Memuat kebijakan…") : nothing}
        ${store.status === "ready" && !store.importedAt
          ? emptyState(icons.note, "Belum ada dokumen", "Impor “Hak dan Kewajiban” supaya bunyi resminya tampil di samping jawaban bot.")
          : nothing}
        ${store.importedAt ? this.summary() : nothing} ${store.shown.map((clause) => clauseView(clause, (answer) => this.titleOf(answer)))}
      </div>
    </main>`;
  }

  private titleOf(answer: string): string {
    return `“${this.trainer.topics.title(answer.replace(/^utter_/, ""))}”`;
  }

  private when(): string {
    const { importedAt, beforeAt } = this.store;
    if (!importedAt) return "Dokumen resmi yang dikutip dan dicari bot.";
    const now = this.trainer.clock.now;
    return `Diimpor ${whenWithin(importedAt, now)}${beforeAt ? `, dibandingkan dengan impor ${whenWithin(beforeAt, now)}` : ""}.`;
  }

  private summary(): TemplateResult {
    const { store } = this;
    const count = store.changed.length;
    if (!count)
      return html`<div class="notice decided">
        ${icons.check}<span>${store.beforeAt ? "Tidak ada ketentuan yang berubah sejak impor sebelumnya." : "Semua ketentuan cocok dengan yang dikenal bot."}</span>
      </div>`;
    const choose = (only: boolean, label: string): TemplateResult =>
      html`<button class="chip toggle" type="button" aria-pressed=${store.onlyChanged === only ? "true" : "false"} @click=${() => store.filter(only)}>${label}</button>`;
    return html`<div class="spread">
      <p data-testid="changed-count"><b>${count} ketentuan</b> perlu perhatian. <span class="faint marks"><del>Kata yang hilang</del> dan <ins>kata baru</ins> ditandai.</span></p>
      <span class="chips" role="group" aria-label="Yang ditampilkan">${choose(true, "Yang berubah")}${choose(false, `Semua (${store.clauses.length})`)}</span>
    </div>`;
  }

  private form(): TemplateResult {
    return html`<form class="card" data-testid="import-form" @submit=${(event: Event) => void this.import(event)}>
      <h2>Impor dokumen baru</h2>
      <p class="hint">
        Bot langsung mengutip dan mencari di dokumen ini; dokumen sebelumnya disimpan sebagai pembanding. Dokumen harus memuat bagian KEWAJIBAN dan HAK dengan butir bernomor, lalu
        kalimat penutup.
      </p>
      <label class="field"
        ><span>Berkas teks</span><input type="file" accept=".txt,text/plain" data-testid="policy-file" @change=${(event: Event) => void this.read(event)}
      /></label>
      <label class="field"
        ><span>Atau tempelkan isinya</span
        ><textarea rows="8" data-testid="policy-text" .value=${this.text} @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}></textarea>
      </label>
      <div role="alert">${this.problem ? html`<p class="form-error" data-testid="policy-problem">${this.problem}</p>` : nothing}</div>
      <div class="buttons">
        <button class="button primary" type="submit" data-testid="import" ?disabled=${!this.text.trim() || this.store.busy}>${this.store.busy ? "Mengimpor…" : "Impor"}</button>
        <button class="button" type="button" @click=${() => (this.importing = false)}>Tutup</button>
      </div>
    </form>`;
  }

  private async read(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    this.problem = null;
    if (file.size > LARGEST) {
      this.problem = "Berkas ini terlalu besar untuk dokumen kebijakan (paling besar 48 KB).";
      return;
    }
    try {
      this.text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      this.problem = "Berkas ini bukan teks UTF-8. Simpan ulang sebagai teks biasa (.txt).";
    }
  }

  private async import(event: Event): Promise<void> {
    event.preventDefault();
    this.problem = null;
    if (new Blob([this.text]).size > LARGEST) {
      this.problem = "Dokumen ini terlalu panjang (paling besar 48 KB).";
      return;
    }
    try {
      await this.store.import(this.text);
      this.importing = false;
      this.text = "";
      this.trainer.toasts.info(this.store.changed.length ? "Diimpor. Periksa ketentuan yang berubah." : "Diimpor. Tidak ada yang berubah.");
    } catch (error) {
      const told = error instanceof ApiError ? error.data.problem : null;
      this.problem = typeof told === "string" ? told : errorText(error);
    }
  }
}
