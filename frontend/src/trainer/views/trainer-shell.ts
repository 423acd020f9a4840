import { html, type PropertyValues, type TemplateResult } from "lit";
import { followedPath } from "../../console/parts/links";
import { icons } from "../../console/parts/icons";
import { emptyState, spinner } from "../../console/parts/pieces";
import type { Emitter } from "../../shared/emitter";
import { isOffered, PAGES } from "../pages";
import { TrainerElement } from "../parts/trainer-element";
import { BASE, pagePath, type Page } from "../state/router";

const SEQUENCE_MS = 1500;
const AFTER_G: Readonly<Record<string, Page>> = { k: "inbox", d: "data", l: "training", u: "tests", j: "answers", b: "policy", r: "trends", a: "account" };

/** The frame of the signed-in console: rail, bar, page, help. */
export class TrainerShell extends TrainerElement {
  static override properties = { ...TrainerElement.properties, helping: { state: true } };

  declare helping: boolean;
  private shown: { page: Page; element: HTMLElement } | null = null;
  private loading: Page | null = null;
  private afterG = -Infinity;
  private readonly keys = (event: KeyboardEvent): void => this.keyPressed(event);

  constructor() {
    super();
    this.helping = false;
  }

  protected override watched(): Emitter[] {
    const { router, inbox, session } = this.trainer;
    return [router, inbox.list, session];
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
    const { page } = this.trainer.router.route;
    const label = PAGES.find((entry) => entry.page === page)?.label ?? "Akun";
    const { open } = this.trainer.inbox.list;
    document.title = `${open ? `(${open}) ` : ""}${label} · Latih bot Masternet`;
  }

  protected override render(): TemplateResult {
    const { route } = this.trainer.router;
    const reading = route.page === "inbox" && route.rest.length > 0;
    return html`<div class="shell wide-rail ${reading ? "reading" : ""}" @click=${(event: MouseEvent) => this.followLink(event)} @help-wanted=${() => (this.helping = true)}>
      <a class="skip" href="#main">Ke isi utama</a>
      <trainer-rail .trainer=${this.trainer}></trainer-rail>
      <div class="stage">
        <trainer-bar .trainer=${this.trainer}></trainer-bar>
        ${this.page(route.page)}
      </div>
      <trainer-help .open=${this.helping} @help-closed=${() => (this.helping = false)}></trainer-help>
      <console-toasts .toasts=${this.trainer.toasts}></console-toasts>
    </div>`;
  }

  private page(page: Page): TemplateResult | HTMLElement {
    if (page === "account") {
      const { accounts: api, session, toasts } = this.trainer;
      return html`<console-account .host=${{ api, session, toasts, signOut: (everywhere?: boolean) => this.trainer.signOut(everywhere) }}></console-account>`;
    }
    const entry = PAGES.find((one) => one.page === page)!;
    if (!isOffered(entry)) return this.refused();
    if (!customElements.get(entry.tag)) {
      if (this.loading !== page) void this.load(page, entry.load!);
      return html`<main class="page" id="main"><h1 class="sr">${entry.label}</h1>${spinner("Memuat halaman…")}</main>`;
    }
    if (this.shown?.page !== page) {
      const element = document.createElement(entry.tag) as HTMLElement & Pick<TrainerElement, "trainer">;
      element.trainer = this.trainer;
      this.shown = { page, element };
    }
    return this.shown.element;
  }

  private refused(): TemplateResult {
    return html`<main class="page" id="main"><h1 class="sr">Tidak tersedia</h1>${emptyState(icons.info, "Tidak tersedia", "Halaman ini tidak ada. Pilih halaman lain di menu.")}</main>`;
  }

  private async load(page: Page, load: () => Promise<unknown>): Promise<void> {
    this.loading = page;
    try {
      await load();
    } catch {
      this.trainer.toasts.error("Halaman gagal dimuat. Muat ulang halaman ini.");
    }
    this.loading = null;
    this.requestUpdate();
  }

  private followLink(event: MouseEvent): void {
    const path = followedPath(event, BASE);
    if (path !== null) this.trainer.router.go(path);
  }

  /** Keys of the whole console; those of a page are the page's own. */
  private keyPressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0] as HTMLElement;
    if (target.closest("dialog, input, textarea, select")) return;
    const page = event.timeStamp - this.afterG < SEQUENCE_MS ? AFTER_G[event.key.toLowerCase()] : undefined;
    this.afterG = event.key === "g" ? event.timeStamp : -Infinity;
    if (event.key === "?") this.helping = true;
    else if (page && (page === "account" || PAGES.some((entry) => entry.page === page && isOffered(entry)))) this.trainer.router.go(pagePath(page));
    else if (event.key !== "g") return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
