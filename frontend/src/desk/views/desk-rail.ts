import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { dot } from "../../console/parts/pieces";
import { initials, PRESENCE_LABELS } from "../../console/state/labels";
import { themeSwitch } from "../../console/parts/theme-switch";
import { pagePath, type Page } from "../state/router";

/** The pages of the console, and the switches that are always at hand. */
export class DeskRail extends DeskElement {
  protected override watched(): Emitter[] {
    return [this.desk.router, this.desk.list, this.desk.paid.board, this.desk.preferences, this.desk.session];
  }

  protected override render(): TemplateResult {
    const { session, preferences, list } = this.desk;
    const muted = preferences.muted;
    return html`<nav class="rail" aria-label="Halaman">
      <span class="mark" aria-hidden="true">${icons.inbox}</span>
      <div class="rail-pages">
        ${this.link("inbox", "Chat", icons.inbox, list.counts.unread)} ${this.link("search", "Cari", icons.search)}
        ${this.link("canned", "Balasan", icons.canned)}
        ${session.may("serve") ? this.link("paid", "Berbayar", icons.bill, this.desk.paid.board.waiting, "menunggu staf") : nothing}
        ${session.may("lead") ? this.link("report", "Laporan", icons.report) : nothing}
        ${session.may("administer") ? this.link("audit", "Audit", icons.audit) : nothing}
      </div>
      <div class="rail-switches">
        ${session.may("train") ? html`<a class="icon-button to-trainer" href="/trainer/" data-testid="to-trainer" aria-label="Latih bot" title="Latih bot">${icons.cap}</a>` : nothing}
        ${themeSwitch(preferences)}
        <button class="icon-button" type="button" data-testid="sound" aria-pressed=${muted ? "false" : "true"} aria-label="Suara"
          title=${muted ? "Suara mati" : "Suara menyala"} @click=${() => (preferences.muted = !muted)}>${muted ? icons.muted : icons.sound}</button>
        <button class="icon-button" type="button" data-testid="help" aria-label="Pintasan keyboard" title="Pintasan keyboard (?)"
          @click=${() => this.desk.ui.set({ dialog: "help" })}>${icons.help}</button>
      </div>
      ${this.me()}
    </nav>`;
  }

  private link(page: Page, label: string, icon: TemplateResult, badge = 0, what = "belum dibaca"): TemplateResult {
    const current = this.desk.router.route.page === page;
    return html`<a class="rail-link" href=${pagePath(page)} data-testid="nav-${page}" title=${label} aria-current=${current ? "page" : nothing}>
      <span class="rail-icon">${icon}${badge ? html`<span class="badge">${badge > 99 ? "99+" : badge}</span>` : nothing}</span>
      <span>${label}</span>${badge ? html`<span class="sr">, ${badge} ${what}</span>` : nothing}
    </a>`;
  }

  private me(): TemplateResult | typeof nothing {
    const { me } = this.desk.session;
    if (!me) return nothing;
    const current = this.desk.router.route.page === "account";
    const title = `Akun ${me.displayName}, ${PRESENCE_LABELS[me.presence]}`;
    return html`<a class="rail-me" href=${pagePath("account")} data-testid="nav-account" title=${title}
      aria-current=${current ? "page" : nothing}><span class="sr">${title}</span><span class="avatar own" aria-hidden="true">${initials(me.displayName)}</span>${dot(me.presence)}</a>`;
  }
}
