import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { copyText } from "../../../shared/copy";
import { formatRupiah } from "../../../shared/paid/rupiah";
import { DeskElement } from "../../parts/desk-element";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { conversationPath, pagePath } from "../../state/router";
import { paidActions, type PaidAction } from "../state/paid-actions";
import type { PaidDetail } from "../state/types";
import type { DialogOf } from "./desk-paid-dialog";
import { endView, stateChip, urgencyChip } from "./pieces";
import { contactView, historyView, orderView, paymentsView, quotesView, workView, type DetailActions } from "./sections";

/** Beside the request there is room for the conversation from this width on. */
export const WIDE = "(min-width: 1100px)";

const LABELS: Record<PaidAction, string> = {
  quote: "Buat penawaran", approve: "Setujui penawaran", reject: "Tolak", cancel: "Batalkan", payment: "Catat transfer",
  start: "Mulai kerjakan", work: "Catat pekerjaan", finish: "Selesaikan", refund: "Kembalikan dana",
};
const DONE: Partial<Record<PaidAction, string>> = { start: "Pekerjaan dimulai." };

/** One request: what was asked, what was offered and paid, the work, and the conversation beside it. */
export class DeskPaid extends DeskElement {
  static override properties = { ...DeskElement.properties, dialog: { state: true }, quoting: { state: true } };
  declare dialog: DialogOf | null;
  declare quoting: boolean;
  private shownId: string | null = null;
  private readonly wide = window.matchMedia(WIDE);
  private readonly resized = (): void => this.requestUpdate();
  private readonly actions: DetailActions = {
    copy: (value) => void this.copy(value),
    returned: (payment) => (this.dialog = { kind: "returned", payment }),
    logWork: (form) => void this.logWork(form),
  };

  constructor() {
    super();
    this.dialog = null;
    this.quoting = false;
  }

  protected override watched(): Emitter[] {
    const { paid, clock, session, router } = this.desk;
    return [paid.request, clock, session, router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.wide.addEventListener("change", this.resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wide.removeEventListener("change", this.resized);
  }

  protected override willUpdate(): void {
    const { id } = this.desk.paid.request;
    if (id === this.shownId) return;
    this.shownId = id;
    this.dialog = null;
    this.quoting = id !== null && this.desk.paid.request.draft(id) !== null;
  }

  protected override updated(): void {
    const { detail } = this.desk.paid.request;
    // Only where it is shown: what is opened counts as read.
    if (detail && this.wide.matches) void this.desk.conversation.open(detail.conversationId);
  }

  protected override render(): TemplateResult {
    const { request } = this.desk.paid;
    const { detail } = request;
    const beside = detail !== null && this.wide.matches;
    return html`<main class="paid-page ${beside ? "beside" : ""}" id="main">
      <section class="paid-detail" aria-label="Permintaan" data-testid="paid-detail" data-id=${request.id ?? nothing} data-state=${detail?.state ?? nothing}>
        ${detail ? this.content(detail) : this.waiting()}
      </section>
      ${beside ? html`<desk-conversation .desk=${this.desk}></desk-conversation>` : nothing}
      ${detail && this.dialog
        ? html`<desk-paid-dialog .desk=${this.desk} .about=${this.dialog} @close=${() => (this.dialog = null)}></desk-paid-dialog>`
        : nothing}
    </main>`;
  }

  private waiting(): TemplateResult {
    const { status, error } = this.desk.paid.request;
    const back = html`<a class="button" href=${pagePath("paid")}>Ke papan</a>`;
    if (status === "missing") {
      return html`${emptyState(icons.warn, "Permintaan tidak ditemukan", "Mungkin sudah dihapus, atau alamatnya keliru.")}<div class="buttons center">${back}</div>`;
    }
    if (status !== "failed") return spinner("Memuat permintaan…");
    return html`<div class="empty-state" role="alert"><p>${error ?? "Permintaan tidak dapat dibaca."}</p>
      <div class="buttons"><button class="button primary" type="button" @click=${() => void this.desk.paid.request.load()}>Coba lagi</button>${back}</div></div>`;
  }

  private content(detail: PaidDetail): TemplateResult {
    const now = this.desk.clock.now;
    return html`<header class="paid-top">
        <a class="icon-button" href=${pagePath("paid")} data-testid="board-back" aria-label="Kembali ke papan">${icons.back}</a>
        <div class="paid-heading">
          <h1>${detail.need}</h1>
          <p><span class="faint">${detail.reference}</span> ${stateChip(detail)} ${urgencyChip(detail)} ${endView(detail, now)}
            ${detail.waitsForApproval ? html`<span class="chip approval">Perlu persetujuan</span>` : nothing}</p>
        </div>
        ${this.wide.matches
          ? nothing
          : html`<a class="button small" href=${conversationPath(detail.conversationId)} data-testid="paid-chat">${icons.inbox} Chat</a>`}
      </header>
      ${this.buttons(detail)}
      <div class="paid-scroll" tabindex="0" role="group" aria-label="Isi permintaan">
        ${this.quoting
          ? html`<desk-quote-form .desk=${this.desk} .detail=${detail} @close=${() => this.quoteClosed()}></desk-quote-form>`
          : nothing}
        ${orderView(detail, now)} ${contactView(detail, this.actions)} ${quotesView(detail, now)} ${paymentsView(detail, now, this.admin, this.actions)}
        ${workView(detail, now, this.allowed(detail).includes("work"), this.desk.paid.request.busy, this.actions)} ${historyView(detail, now)}
      </div>`;
  }

  private get admin(): boolean {
    return this.desk.session.may("administer");
  }

  private allowed(detail: PaidDetail): PaidAction[] {
    return paidActions(detail, this.admin);
  }

  private buttons(detail: PaidDetail): TemplateResult | typeof nothing {
    // Work is written down in its own section.
    const actions = this.allowed(detail).filter((action) => action !== "work" && !(action === "quote" && this.quoting));
    if (!actions.length) return nothing;
    return html`<div class="paid-actions" role="group" aria-label="Tindakan">
      ${actions.map(
        (action, index) => html`<button class="button small ${index === 0 && action !== "reject" && action !== "refund" ? "primary" : ""} ${action === "refund" ? "danger" : ""}"
          type="button" data-testid="paid-${action}" ?disabled=${this.desk.paid.request.busy} @click=${() => void this.begin(action, detail)}>${this.label(action, detail)}</button>`,
      )}
    </div>`;
  }

  private label(action: PaidAction, detail: PaidDetail): string {
    if (action === "quote" && detail.quotes.length) return "Penawaran baru";
    if (action === "approve") return `Setujui ${formatRupiah(detail.total ?? 0)}`;
    return LABELS[action];
  }

  private async begin(action: PaidAction, detail: PaidDetail): Promise<void> {
    if (action === "quote") return this.quote();
    if (action !== "start" && action !== "work") {
      this.dialog = { kind: action };
      return;
    }
    const done = await this.desk.paid.request.act(action);
    if (done.ok) this.desk.toasts.info(DONE[action] ?? `${detail.reference} diperbarui.`);
    else if (done.message) this.desk.toasts.error(done.message);
  }

  private async quote(): Promise<void> {
    this.quoting = true;
    await this.updateComplete;
    this.querySelector<HTMLElement>("desk-quote-form")?.scrollIntoView({ block: "start" });
  }

  private quoteClosed(): void {
    this.quoting = false;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("[data-testid=paid-quote]")?.focus());
  }

  private async logWork(form: HTMLFormElement): Promise<void> {
    const data = new FormData(form);
    const done = await this.desk.paid.request.act("work", {
      text: String(data.get("text")).trim(),
      minutes: Number(data.get("minutes")),
      tell: data.get("tell") === "on",
    });
    if (done.ok) {
      form.reset();
      this.desk.toasts.info("Pekerjaan dicatat.");
    } else if (done.message) this.desk.toasts.error(done.message);
  }

  private async copy(value: string): Promise<void> {
    if (await copyText(value)) this.desk.toasts.info("Disalin.");
    else this.desk.toasts.error("Tidak dapat menyalin.");
  }
}
