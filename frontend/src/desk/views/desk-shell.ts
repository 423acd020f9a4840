import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { followedPath } from "../../console/parts/links";
import { DeskElement } from "../parts/desk-element";
import { runCommand } from "../parts/commands";
import { emptyState, spinner } from "../../console/parts/pieces";
import { icons } from "../../console/parts/icons";
import { pageTitle } from "../state/alerts";
import { Shortcuts } from "../state/shortcuts";
import type { Page } from "../state/router";

const TITLES: Record<Page, string> = { inbox: "Chat", search: "Cari", report: "Laporan", canned: "Balasan cepat", audit: "Audit", account: "Akun", paid: "Bantuan berbayar" };

/** The frame of the signed-in console: pages, shortcuts, dialogs. */
export class DeskShell extends DeskElement {
  static override properties = { ...DeskElement.properties, reportReady: { state: true } };

  declare reportReady: boolean;
  private readonly shortcuts = new Shortcuts();
  private readonly keys = (event: KeyboardEvent): void => this.keyPressed(event);

  constructor() {
    super();
    this.reportReady = false;
  }

  protected override watched(): Emitter[] {
    const { router, live, list, session } = this.desk;
    return [router, live, list, session];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.keys);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.keys);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { page } = this.desk.router.route;
    document.title = pageTitle(this.desk.list.counts, TITLES[page]);
    if (page === "report" && !this.reportReady && this.desk.session.may("lead")) void this.loadReport();
  }

  protected override render(): TemplateResult {
    const { route } = this.desk.router;
    const reading = route.page === "inbox" && route.conversationId !== null;
    return html`<div class="shell ${reading ? "reading" : ""}" @click=${(event: MouseEvent) => this.followLink(event)}>
      <a class="skip" href="#main">Ke isi utama</a>
      <desk-rail .desk=${this.desk}></desk-rail>
      <div class="stage">
        ${this.desk.live.lost
          ? html`<div class="banner" role="status" data-testid="offline">${icons.warn} Sambungan terputus. Menyambungkan lagi…</div>`
          : nothing}
        ${this.page(route.page)}
      </div>
      <desk-dialogs .desk=${this.desk}></desk-dialogs>
      <console-toasts .toasts=${this.desk.toasts}></console-toasts>
    </div>`;
  }

  private page(page: Page): TemplateResult {
    const { desk } = this;
    if (page === "account") return html`<desk-account .desk=${desk}></desk-account>`;
    if (page === "report") return this.report();
    if (page === "audit") {
      return desk.session.may("administer") ? html`<desk-audit .desk=${desk}></desk-audit>` : this.refused("Catatan audit hanya untuk admin.");
    }
    if (!desk.session.may("serve")) return this.refused("Akun Anda tidak melayani pelanggan. Minta admin menambahkan peran agen.", desk.session.may("train"));
    if (page === "paid") return this.desk.router.route.paidId === null ? html`<desk-board .desk=${desk}></desk-board>` : html`<desk-paid .desk=${desk}></desk-paid>`;
    if (page === "search") return html`<desk-search .desk=${desk}></desk-search>`;
    if (page === "canned") return html`<desk-canned .desk=${desk}></desk-canned>`;
    return html`<main class="inbox" id="main">
      <h1 class="sr">Chat</h1>
      <desk-list .desk=${desk}></desk-list>
      <desk-conversation .desk=${desk}></desk-conversation>
      <desk-details .desk=${desk}></desk-details>
    </main>`;
  }

  private report(): TemplateResult {
    if (!this.desk.session.may("lead")) return this.refused("Laporan hanya untuk ketua tim.");
    return html`<main class="page report" id="main">
      ${this.reportReady ? html`<desk-report .api=${this.desk.api}></desk-report>` : html`<h1 class="sr">Laporan</h1>${spinner("Memuat laporan…")}`}
    </main>`;
  }

  private refused(text: string, trains = false): TemplateResult {
    return html`<main class="page" id="main"><h1 class="sr">Tidak tersedia</h1>${emptyState(icons.info, "Tidak tersedia", text)}
      ${trains ? html`<p class="elsewhere"><a class="button" href="/trainer/">Ke konsol pelatih</a></p>` : nothing}</main>`;
  }

  /** Its charts are large: whoever does not look at them does not load them. */
  private async loadReport(): Promise<void> {
    try {
      await import("../report/desk-report");
      this.reportReady = true;
    } catch {
      this.desk.toasts.error("Laporan gagal dimuat. Muat ulang halaman.");
    }
  }

  /** Links within the console change the page without loading it. */
  private followLink(event: MouseEvent): void {
    const path = followedPath(event, "/desk/");
    if (path !== null) this.desk.router.go(path);
  }

  private keyPressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || this.desk.ui.dialog !== null) return;
    const target = event.composedPath()[0] as HTMLElement;
    // A dialog has its own Escape.
    if (target.closest("dialog")) return;
    const typing = target.matches("input, textarea, select, [contenteditable]");
    // Enter and the like are the button's own.
    if (event.key === "Enter" && target.closest("a, button, summary, [role=tab]")) return;
    const command = this.shortcuts.press(event, typing, event.timeStamp);
    if (command && runCommand(this.desk, command, this)) event.preventDefault();
  }
}
