import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { emptyState, spinner } from "../../console/parts/pieces";
import { errorText } from "../../console/state/api";
import { searchCanned, type CannedDraft } from "../state/canned-store";
import type { CannedReply } from "../state/types";
import { VARIABLES } from "../state/variables";

const BLANK: CannedDraft = { id: null, shortcut: "", title: "", text: "", shared: false };

/** Canned replies: own ones, and shared ones that only a team lead changes. */
export class DeskCanned extends DeskElement {
  static override properties = { ...DeskElement.properties, query: { state: true }, draft: { state: true }, error: { state: true }, removing: { state: true } };
  declare query: string;
  declare draft: CannedDraft | null;
  declare error: string | null;
  declare removing: string | null;

  constructor() {
    super();
    this.query = "";
    this.draft = this.error = this.removing = null;
  }

  protected override watched(): Emitter[] {
    return [this.desk.canned, this.desk.session];
  }

  protected override firstUpdated(): void {
    void this.desk.canned.load();
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<main class="page canned" id="main">
      <div class="page-inner">
        <div class="page-head">
          <div><h1>Balasan cepat</h1><p class="hint">Ketik <code>/</code> di kolom balasan, lalu pintasannya.</p></div>
          <button class="button primary" type="button" data-testid="canned-new" @click=${() => (this.draft = BLANK)}>${icons.plus} Balasan baru</button>
        </div>
        <div class="search-box">${icons.search}<input type="search" data-testid="canned-search" aria-label="Cari balasan" placeholder="Cari balasan"
          @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)} /></div>
        ${this.replies()}
      </div>
      ${this.draft ? this.form(this.draft) : nothing}
    </main>`;
  }

  private replies(): TemplateResult {
    const { canned } = this.desk;
    if (canned.error && !canned.loaded) return html`<p class="form-error" role="alert">${canned.error}</p>`;
    if (!canned.loaded) return spinner("Memuat balasan…");
    const found = searchCanned(canned.replies, this.query);
    if (!found.length) return emptyState(icons.canned, this.query ? "Tidak ada yang cocok" : "Belum ada balasan", "Simpan kalimat yang sering Anda tulis sebagai balasan cepat.");
    return html`<ul class="canned-list">${found.map((reply) => this.reply(reply))}</ul>`;
  }

  private reply(reply: CannedReply): TemplateResult {
    const changeable = reply.shared ? this.desk.session.may("lead") : reply.mine;
    return html`<li class="card canned-card" data-testid="canned-reply" data-shortcut=${reply.shortcut}>
      <div class="canned-card-head"><code>/${reply.shortcut}</code><b>${reply.title}</b><span class="chip">${reply.shared ? "Bersama" : "Pribadi"}</span></div>
      <p class="canned-body">${reply.text}</p>
      ${changeable
        ? html`<div class="buttons">
            <button class="button small" type="button" data-testid="canned-edit" @click=${() => (this.draft = { ...reply })}>${icons.edit} Ubah<span class="sr"> /${reply.shortcut}</span></button>
            ${this.removing === reply.id
              ? html`<button class="button small danger" type="button" data-testid="canned-remove-sure" @click=${() => void this.erase(reply.id)}>Ya, hapus</button>
                  <button class="button small" type="button" @click=${() => (this.removing = null)}>Batal</button>`
              : html`<button class="button small" type="button" data-testid="canned-remove" @click=${() => (this.removing = reply.id)}>${icons.trash} Hapus<span class="sr"> /${reply.shortcut}</span></button>`}
          </div>`
        : nothing}
    </li>`;
  }

  private form(draft: CannedDraft): TemplateResult {
    const lead = this.desk.session.may("lead");
    return html`<dialog aria-labelledby="canned-title" data-testid="canned-dialog" @close=${() => this.closed()}>
      <form class="dialog-body" @submit=${(event: SubmitEvent) => void this.save(event, draft)}>
        <header class="dialog-head"><h2 id="canned-title">${draft.id === null ? "Balasan baru" : "Ubah balasan"}</h2>
          <button class="icon-button small" type="button" aria-label="Tutup" @click=${() => this.close()}>${icons.close}</button></header>
        <p class="form-error" role="alert" ?hidden=${!this.error}>${this.error}</p>
        <label class="field"><span>Pintasan</span><input name="shortcut" data-testid="canned-shortcut" required maxlength="33" pattern="/?[A-Za-z0-9\\-]+"
          title="Huruf, angka, dan -" autocapitalize="none" spellcheck="false" .value=${draft.shortcut} placeholder="mis. cek-invoice" /></label>
        <label class="field"><span>Judul</span><input name="title" data-testid="canned-title-input" required maxlength="80" .value=${draft.title} /></label>
        <label class="field"><span>Isi</span><textarea name="text" data-testid="canned-text" required maxlength="2000" rows="6" .value=${draft.text}></textarea></label>
        <div class="variables" role="group" aria-label="Sisipkan isian">${Object.entries(VARIABLES).map(
          ([name, label]) => html`<button class="chip" type="button" @click=${() => this.addVariable(name)} title="Sisipkan ${label}">{${name}}</button>`,
        )}</div>
        ${lead ? html`<label class="check"><input type="checkbox" name="shared" data-testid="canned-shared" ?checked=${draft.shared} /> Bagikan dengan semua staf</label>` : nothing}
        <div class="buttons end"><button class="button" type="button" @click=${() => this.close()}>Batal</button>
          <button class="button primary" type="submit" data-testid="canned-save">Simpan</button></div>
      </form>
    </dialog>`;
  }

  private addVariable(name: string): void {
    const field = this.querySelector<HTMLTextAreaElement>("dialog textarea");
    field?.setRangeText(`{${name}}`, field.selectionStart, field.selectionEnd, "end");
    field?.focus();
  }

  private async save(event: SubmitEvent, draft: CannedDraft): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? "");
    try {
      await this.desk.canned.save({ id: draft.id, shortcut: text("shortcut"), title: text("title"), text: text("text"), shared: data.get("shared") === "on" });
      this.close();
    } catch (error) {
      this.error = errorText(error);
    }
  }

  private async erase(id: string): Promise<void> {
    this.removing = null;
    await this.desk.canned.remove(id).catch((error: unknown) => this.desk.toasts.error(errorText(error)));
  }

  private close(): void {
    this.querySelector("dialog")?.close();
  }

  private closed(): void {
    this.draft = this.error = null;
  }
}
