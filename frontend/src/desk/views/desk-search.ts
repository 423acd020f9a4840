import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { avatar, emptyState, spinner } from "../../console/parts/pieces";
import { customerName, STATE_LABELS } from "../state/labels";
import { conversationPath } from "../state/router";
import { highlight, MIN_QUERY } from "../state/search-store";
import { fullWhen } from "../../console/state/times";
import type { Hit } from "../state/types";

const SENDERS: Record<string, string> = { customer: "Pelanggan", bot: "Bot", agent: "Staf", system: "Sistem" };

/** Search over all messages; a hit opens the conversation at that message. */
export class DeskSearch extends DeskElement {
  private observer: IntersectionObserver | null = null;

  protected override watched(): Emitter[] {
    return [this.desk.search];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
  }

  protected override firstUpdated(): void {
    const input = this.querySelector("input");
    input?.focus();
    input?.select();
    if (typeof IntersectionObserver === "undefined") return;
    this.observer = new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) void this.desk.search.more();
    });
    this.observer.observe(this.querySelector(".search-end")!);
  }

  protected override render(): TemplateResult {
    const { search } = this.desk;
    return html`<main class="page search" id="main">
      <div class="page-inner">
        <h1>Cari</h1>
        <form role="search" class="search-box" @submit=${(event: Event) => this.submitted(event)}>
          ${icons.search}
          <input type="search" data-testid="search-input" aria-label="Cari dalam semua pesan" placeholder="Cari nama domain, nomor invoice, kata dalam pesan…"
            .value=${search.query} @input=${(event: Event) => search.type((event.target as HTMLInputElement).value)} autocomplete="off" />
        </form>
        <p class="sr" role="status">${search.status === "done" ? `${search.hits.length} hasil${search.next ? " atau lebih" : ""}` : ""}</p>
        ${this.results()}
        <div class="search-end"></div>
      </div>
    </main>`;
  }

  private results(): TemplateResult | typeof nothing {
    const { search } = this.desk;
    if (search.query.trim().length < MIN_QUERY) {
      return emptyState(icons.search, "Cari di semua percakapan", "Ketik sedikitnya dua huruf. Hasil terbaru tampil lebih dulu.");
    }
    if (search.status === "failed") return html`<p class="form-error" role="alert">${search.error}</p>`;
    if (search.status === "done" && !search.hits.length) {
      return emptyState(icons.search, "Tidak ada hasil", "Coba kata lain, atau lebih sedikit kata.");
    }
    return html`<ol class="hits" data-testid="hits">${search.hits.map((hit) => this.hit(hit))}</ol>
      ${search.status === "loading" ? spinner("Mencari…") : nothing}`;
  }

  private hit(hit: Hit): TemplateResult {
    const name = customerName({ id: hit.conversationId, contactName: hit.contactName });
    return html`<li><a class="hit" href=${conversationPath(hit.conversationId, hit.seq)} data-testid="hit" data-id=${hit.conversationId} data-seq=${hit.seq}>
      ${avatar(hit.conversationId, name, hit.contactName !== null)}
      <span class="hit-main">
        <span class="hit-top"><b>${name}</b><span class="chip state ${hit.state}">${STATE_LABELS[hit.state]}</span><time datetime=${hit.createdAt}>${fullWhen(hit.createdAt, this.desk.clock.now)}</time></span>
        <span class="hit-text"><span class="faint">${SENDERS[hit.sender]}: </span>${highlight(hit.text, this.desk.search.query).map((piece) => (piece.hit ? html`<mark>${piece.text}</mark>` : piece.text))}</span>
      </span>
    </a></li>`;
  }

  private submitted(event: Event): void {
    event.preventDefault();
    this.desk.search.submit();
  }
}
