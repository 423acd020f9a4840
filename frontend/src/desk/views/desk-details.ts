import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { copyText } from "../../shared/copy";
import { icons } from "../../console/parts/icons";
import { errorText } from "../../console/state/api";
import { closeReasonLabel, eventLabel, reasonLabel } from "../state/labels";
import { actorLabel, entityLabel } from "../../console/state/labels";
import { fullWhen } from "../../console/state/times";
import type { Change, Detail } from "../state/types";

/** Who the customer is, what was found in their messages, and who has had the conversation. */
export class DeskDetails extends DeskElement {
  static override properties = { ...DeskElement.properties, editing: { state: true } };
  declare editing: boolean;
  private shownId: string | null = null;

  constructor() {
    super();
    this.editing = false;
  }

  protected override watched(): Emitter[] {
    return [this.desk.conversation, this.desk.preferences, this.desk.ui];
  }

  protected override willUpdate(): void {
    const { id } = this.desk.conversation;
    if (id !== this.shownId) this.editing = false;
    this.shownId = id;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { conversation, preferences, ui } = this.desk;
    const { detail } = conversation;
    if (!detail) return nothing;
    return html`<aside class="details ${preferences.showDetails ? "" : "folded"} ${ui.detailsOver ? "over" : ""}" aria-label="Rincian pelanggan" data-testid="details">
      <header class="details-head"><h2>Rincian</h2>
        <button class="icon-button small" type="button" data-testid="details-close" aria-label="Tutup rincian" @click=${() => this.fold()}>${icons.close}</button>
      </header>
      <div class="details-scroll" tabindex="0" role="group" aria-label="Isi rincian">
        ${this.editing ? this.form(detail) : this.contact(detail)} ${this.entities(detail)} ${this.about(detail)}
        <desk-paid-box .desk=${this.desk} .conversation=${detail.id}></desk-paid-box>
        ${this.history(detail)}
      </div>
    </aside>`;
  }

  private contact(detail: Detail): TemplateResult {
    return html`<section>
      <h3>Pelanggan <button class="link" type="button" data-testid="contact-edit" @click=${() => void this.edit()}>Ubah</button></h3>
      ${this.copyable("Nama", detail.contactName, "contact-name")} ${this.copyable("E-mail", detail.contactEmail, "contact-email")}
    </section>`;
  }

  private copyable(label: string, value: string | null, testid: string): TemplateResult {
    return html`<div class="fact"><span>${label}</span>${value
      ? html`<button class="copy" type="button" data-testid=${testid} title="Salin" @click=${() => this.copy(value)}
          ><span class="sr">Salin ${entityLabel(label)}: </span><span class="ellipsis">${value}</span>${icons.copy}</button>`
      : html`<span class="faint" data-testid=${testid}>Belum diketahui</span>`}</div>`;
  }

  private form(detail: Detail): TemplateResult {
    return html`<form class="contact-form" @submit=${(event: SubmitEvent) => void this.save(event)}>
      <h3>Pelanggan</h3>
      <label class="field"><span>Nama</span><input name="name" data-testid="contact-name-input" maxlength="80" .value=${detail.contactName ?? ""} /></label>
      <label class="field"><span>E-mail</span><input name="email" type="email" data-testid="contact-email-input" maxlength="254" .value=${detail.contactEmail ?? ""} /></label>
      <div class="buttons">
        <button class="button primary small" type="submit" data-testid="contact-save">Simpan</button>
        <button class="button small" type="button" @click=${() => (this.editing = false)}>Batal</button>
      </div>
    </form>`;
  }

  private entities(detail: Detail): TemplateResult | typeof nothing {
    if (!detail.entities.length) return nothing;
    return html`<section>
      <h3>Data dalam pesan</h3>
      ${detail.entities.map(
        ({ label, value }) => html`<div class="fact"><span>${entityLabel(label)}</span><button class="copy" type="button" data-testid="entity" data-label=${label} title="Salin"
            @click=${() => this.copy(value)}><span class="sr">Salin ${entityLabel(label)}: </span><span class="ellipsis">${value}</span>${icons.copy}</button></div>`,
      )}
    </section>`;
  }

  private about(detail: Detail): TemplateResult {
    const now = this.desk.clock.now;
    const rating = detail.rating;
    const fact = (label: string, value: string | TemplateResult): TemplateResult => html`<div class="fact"><span>${label}</span><span>${value}</span></div>`;
    return html`<section>
      <h3>Percakapan</h3>
      ${fact("Dimulai", fullWhen(detail.createdAt, now))}
      ${detail.reason ? fact("Alasan", reasonLabel(detail.reason)) : nothing}
      ${detail.state === "queue" && detail.place ? fact("Urutan", `ke-${detail.place}`) : nothing}
      ${detail.agent ? fact("Staf", detail.agent.displayName) : nothing}
      ${detail.closeReason ? fact("Ditutup", closeReasonLabel(detail.closeReason)) : nothing}
      ${rating?.score
        ? fact("Penilaian", html`<span class="stars" data-testid="rating"><span aria-hidden="true">${"★".repeat(rating.score)}${"☆".repeat(5 - rating.score)}</span><span class="sr">${rating.score} dari 5</span></span>`)
        : nothing}
      ${rating && rating.solved !== null ? fact("Terselesaikan", rating.solved ? "Ya, kata pelanggan" : "Belum, kata pelanggan") : nothing}
    </section>`;
  }

  private history(detail: Detail): TemplateResult | typeof nothing {
    if (!detail.changes.length) return nothing;
    const newest = [...detail.changes].reverse();
    return html`<section>
      <h3>Riwayat penanganan</h3>
      <ol class="history" data-testid="history">${newest.map((change) => this.change(change))}</ol>
    </section>`;
  }

  private change(change: Change): TemplateResult {
    const who = change.staff ?? actorLabel(change.actor);
    const to = change.newAgent && change.newAgent !== change.staff ? ` → ${change.newAgent}` : "";
    const why = change.reason ? (change.event === "close" ? closeReasonLabel(change.reason) : reasonLabel(change.reason)) : "";
    return html`<li class=${change.event}>
      <b>${eventLabel(change.event)}</b>
      <span class="faint">${who}${to} · ${fullWhen(change.at, this.desk.clock.now)}</span>
      ${why ? html`<span class="faint">${why}</span>` : nothing} ${change.note ? html`<q>${change.note}</q>` : nothing}
    </li>`;
  }

  private async edit(): Promise<void> {
    this.editing = true;
    await this.updateComplete;
    this.querySelector<HTMLElement>("[name=name]")?.focus();
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    try {
      await this.desk.conversation.saveContact({ name: String(data.get("name")).trim(), email: String(data.get("email")).trim() });
      this.editing = false;
      await this.updateComplete;
      this.querySelector<HTMLElement>("[data-testid=contact-edit]")?.focus();
    } catch (error) {
      this.desk.toasts.error(errorText(error));
    }
  }

  private fold(): void {
    if (this.desk.ui.detailsOver) this.desk.ui.set({ detailsOver: false });
    else this.desk.preferences.showDetails = false;
    this.parentElement?.querySelector<HTMLElement>(".details-toggle")?.focus();
  }

  private copy(value: string): void {
    void copyText(value).then((done) => (done ? this.desk.toasts.info("Disalin.") : this.desk.toasts.error("Tidak dapat menyalin.")));
  }
}
