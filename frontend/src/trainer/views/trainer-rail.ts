import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../console/parts/icons";
import { themeSwitch } from "../../console/parts/theme-switch";
import { initials } from "../../console/state/labels";
import type { Emitter } from "../../shared/emitter";
import { isOffered, PAGES, type PageEntry } from "../pages";
import { TrainerElement } from "../parts/trainer-element";
import { pagePath } from "../state/router";

/** The pages of the console, the way to the desk, and the account. */
export class TrainerRail extends TrainerElement {
  protected override watched(): Emitter[] {
    const { router, inbox, preferences, session } = this.trainer;
    return [router, inbox.list, preferences, session];
  }

  protected override render(): TemplateResult {
    const { preferences, session } = this.trainer;
    return html`<nav class="rail" aria-label="Halaman">
      <div class="rail-brand"><span class="mark" aria-hidden="true">${icons.cap}</span><span>Latih bot</span></div>
      <div class="rail-pages">${PAGES.filter(isOffered).map((entry) => this.link(entry))}</div>
      <div class="rail-switches">
        ${session.may("serve")
          ? html`<a class="rail-link to-desk" href="/desk/" data-testid="to-desk" title="Meja bantuan"><span class="rail-icon">${icons.bot}</span><span>Meja bantuan</span></a>`
          : nothing}
        <div class="rail-buttons">
          ${themeSwitch(preferences)}
          <button class="icon-button" type="button" data-testid="help" aria-label="Pintasan keyboard" title="Pintasan keyboard (?)"
            @click=${() => this.dispatchEvent(new CustomEvent("help-wanted", { bubbles: true }))}>${icons.help}</button>
          ${this.me()}
        </div>
      </div>
    </nav>`;
  }

  private link({ page, label, short, icon }: PageEntry): TemplateResult {
    const { router, inbox } = this.trainer;
    const badge = page === "inbox" ? inbox.list.open : 0;
    return html`<a class="rail-link" href=${pagePath(page)} data-testid="nav-${page}" title=${label} aria-current=${router.route.page === page ? "page" : nothing}
      ><span class="rail-icon">${icon}</span><span class="rail-long">${label}</span><span class="rail-short" aria-hidden="true">${short}</span>${badge
        ? html`<span class="badge" aria-hidden="true">${badge > 99 ? "99+" : badge}</span><span class="sr">, ${badge} terbuka</span>`
        : nothing}</a>`;
  }

  private me(): TemplateResult | typeof nothing {
    const { me } = this.trainer.session;
    if (!me) return nothing;
    const current = this.trainer.router.route.page === "account";
    return html`<a class="rail-me" href=${pagePath("account")} data-testid="nav-account" title="Akun ${me.displayName}" aria-current=${current ? "page" : nothing}
      ><span class="sr">Akun ${me.displayName}</span><span class="avatar own" aria-hidden="true">${initials(me.displayName)}</span></a>`;
  }
}
