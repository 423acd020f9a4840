import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { startAction } from "../parts/commands";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { avatar, emptyState, kbd, spinner } from "../../console/parts/pieces";
import { actionsFor, type Action } from "../state/actions";
import { customerName, STATE_LABELS } from "../state/labels";
import { pagePath } from "../state/router";
import { urgency, waitingText } from "../../console/state/times";
import type { Detail } from "../state/types";

const BUTTONS: Record<Action, { label: string; icon: TemplateResult; key: string; style: string }> = {
  accept: { label: "Terima", icon: icons.check, key: "a", style: "primary" },
  "take-over": { label: "Ambil alih", icon: icons.account, key: "a", style: "primary" },
  transfer: { label: "Alihkan", icon: icons.transfer, key: "t", style: "" },
  return: { label: "Ke antrean", icon: icons.queue, key: "q", style: "" },
  "hand-back": { label: "Ke bot", icon: icons.bot, key: "h", style: "" },
  close: { label: "Tutup", icon: icons.close, key: "c", style: "" },
};
const NAMES: Partial<Record<Action, string>> = { return: "Kembalikan ke antrean", "hand-back": "Serahkan ke bot", close: "Tutup percakapan" };

/** The open conversation: who it is, what can be done, the log and the field. */
export class DeskConversation extends DeskElement {
  static override properties = { ...DeskElement.properties, busy: { state: true } };
  declare busy: Action | null;

  constructor() {
    super();
    this.busy = null;
  }

  protected override watched(): Emitter[] {
    return [this.desk.conversation, this.desk.clock, this.desk.preferences];
  }

  protected override render(): TemplateResult {
    const { conversation } = this.desk;
    return html`<section class="conversation" aria-label="Percakapan" data-testid="conversation" data-id=${conversation.id ?? nothing}
      data-state=${conversation.detail?.state ?? nothing}>${this.content()}</section>`;
  }

  private content(): TemplateResult {
    const { conversation } = this.desk;
    const { detail, status } = conversation;
    if (status === "none") {
      return emptyState(icons.inbox, "Pilih percakapan", "Buka satu dari daftar, atau tekan j lalu Enter. Tekan ? untuk semua pintasan.");
    }
    if (status === "missing") return this.sorry("Percakapan tidak ditemukan", "Mungkin sudah dihapus, atau alamatnya keliru.", false);
    if (status === "failed") return this.sorry("Percakapan gagal dimuat", conversation.error ?? "", true);
    if (!detail) return spinner("Memuat percakapan…");
    return html`${this.header(detail)} ${this.actions(detail)}
      <desk-log .desk=${this.desk}></desk-log>
      <desk-composer .desk=${this.desk}></desk-composer>`;
  }

  private header(detail: Detail): TemplateResult {
    const name = customerName(detail);
    const { viewers, isMine } = this.desk.conversation;
    const me = this.desk.session.me?.displayName;
    const others = viewers.filter((viewer) => viewer !== me);
    const state = isMine ? "Milik Anda" : detail.state === "agent" ? (detail.agent?.displayName ?? STATE_LABELS.agent) : STATE_LABELS[detail.state];
    return html`<header class="conv-head">
      <a class="icon-button back" href=${pagePath("inbox")} data-testid="back" aria-label="Kembali ke daftar">${icons.back}</a>
      ${avatar(detail.id, name, detail.contactName !== null)}
      <div class="conv-who">
        <h2 data-testid="customer-name">${name}</h2>
        <p>
          <span class="chip state ${isMine ? "mine" : detail.state}" data-testid="state">${state}</span>
          ${this.waiting(detail)}
          ${detail.contactEmail ? html`<span class="conv-email faint ellipsis">${detail.contactEmail}</span>` : nothing}
          ${others.length
            ? html`<span class="viewers" data-testid="viewers" title="Juga melihat: ${others.join(", ")}">${icons.eye}<span class="ellipsis">${others.join(", ")}</span><span class="sr">juga melihat</span></span>`
            : nothing}
        </p>
      </div>
      <button class="icon-button details-toggle" type="button" data-testid="details-toggle" aria-label="Rincian pelanggan" title="Rincian pelanggan"
        @click=${() => this.toggleDetails()}>${icons.panel}</button>
    </header>`;
  }

  private waiting(detail: Detail): TemplateResult | typeof nothing {
    if (!detail.waitingSince || detail.state === "bot" || detail.state === "closed") return nothing;
    const { now } = this.desk.clock;
    return html`<span class="chip wait ${urgency(detail.waitingSince, now)}">${icons.clock}${waitingText(detail.waitingSince, now)}</span>`;
  }

  private actions(detail: Detail): TemplateResult {
    const actions = actionsFor(detail, this.desk.session.me?.id ?? null, this.desk.session.may("lead"));
    return html`<div class="conv-actions" role="group" aria-label="Tindakan">
      ${actions.map((action) => this.button(action))}
      ${actions.length ? nothing : html`<span class="faint">Ditangani ${detail.agent?.displayName ?? "staf lain"}</span>`}
    </div>`;
  }

  private button(action: Action): TemplateResult {
    const { label, icon, key, style } = BUTTONS[action];
    const name = NAMES[action] ?? label;
    return html`<button class="button small ${style}" type="button" data-testid=${action} aria-label=${name} title="${name} (${key})"
      aria-keyshortcuts=${key} ?disabled=${this.busy !== null} @click=${() => void this.start(action)}>
      ${icon}<span>${label}</span>${kbd(key)}
    </button>`;
  }

  private async start(action: Action): Promise<void> {
    this.busy = action;
    await startAction(this.desk, action);
    this.busy = null;
  }

  private toggleDetails(): void {
    const { ui, preferences } = this.desk;
    if (window.matchMedia("(max-width: 1179px)").matches) ui.set({ detailsOver: !ui.detailsOver });
    else preferences.showDetails = !preferences.showDetails;
  }

  private sorry(title: string, text: string, again: boolean): TemplateResult {
    return html`<div class="empty-state" role="alert">
      <span class="empty-icon">${icons.warn}</span>
      <p class="empty-title">${title}</p>
      <p>${text}</p>
      <div class="buttons">
        ${again ? html`<button class="button primary" type="button" @click=${() => void this.desk.conversation.load()}>Coba lagi</button>` : nothing}
        <a class="button" href=${pagePath("inbox")}>Ke daftar</a>
      </div>
    </div>`;
  }
}
