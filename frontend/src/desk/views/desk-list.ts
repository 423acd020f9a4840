import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { dot, emptyState, spinner } from "../../console/parts/pieces";
import { visibleRange } from "../../console/parts/window";
import { PRESENCE_LABELS } from "../../console/state/labels";
import type { Presence } from "../../console/state/types";
import { FILTERS, type Filter } from "../state/types";
import { rowView } from "./row-view";

/** Height of a row in pixels; styles/list.css says the same. */
const ROW_HEIGHT = 84;
const TABS: Record<Filter, string> = { queue: "Antrean", mine: "Milik saya", bot: "Bot", others: "Staf lain", closed: "Selesai" };
const EMPTY: Record<Filter, [string, string]> = {
  queue: ["Antrean kosong", "Tidak ada pelanggan yang menunggu. Yang baru akan muncul di sini."],
  mine: ["Belum ada chat Anda", "Terima chat dari antrean, atau ambil alih dari bot."],
  bot: ["Tidak ada chat dengan bot", "Percakapan 24 jam terakhir muncul di sini."],
  others: ["Staf lain sedang tidak menangani chat", "Chat yang mereka terima muncul di sini."],
  closed: ["Belum ada yang selesai", "Percakapan yang ditutup muncul di sini."],
};

/** The list of conversations; of a long one only what is in sight is in the page. */
export class DeskList extends DeskElement {
  private range = { first: 0, end: 30 };

  protected override watched(): Emitter[] {
    const { list, router, clock, session, ui } = this.desk;
    return [list, router, clock, session, ui];
  }

  /** True when there was a row to move to. */
  moveCursor(step: 1 | -1): boolean {
    const row = this.desk.list.neighbour(this.desk.ui.cursor, step);
    if (!row) return false;
    this.desk.ui.set({ cursor: row.id });
    this.reveal(row.id);
    return true;
  }

  openCursor(): boolean {
    const { cursor } = this.desk.ui;
    if (cursor === null) return false;
    this.desk.openConversation(cursor);
    return true;
  }

  async focusCursor(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(".row.cursor")?.focus();
  }

  protected override firstUpdated(): void {
    const box = this.querySelector(".list-scroll")!;
    if (typeof ResizeObserver !== "undefined") new ResizeObserver(() => this.scrolled()).observe(box);
  }

  protected override updated(): void {
    const rows = this.querySelector<HTMLElement>(".rows");
    // Through CSSOM, which the Content-Security-Policy allows.
    rows?.style.setProperty("padding-top", `${this.range.first * ROW_HEIGHT}px`);
    rows?.style.setProperty("padding-bottom", `${Math.max(0, this.desk.list.rows.length - this.range.end) * ROW_HEIGHT}px`);
  }

  protected override render(): TemplateResult {
    const { list } = this.desk;
    return html`<section class="list" aria-label="Daftar percakapan">
      <header class="list-head">
        <h2>${TABS[list.filter]}</h2>
        <button class="chip toggle" type="button" data-testid="unread-only" aria-pressed=${list.unreadOnly}
          @click=${() => void list.show(list.filter, !list.unreadOnly)}>Belum dibaca</button>
        ${this.presence()}
      </header>
      <div class="tabs" role="tablist" aria-label="Saring" @keydown=${(event: KeyboardEvent) => this.tabKey(event)}>
        ${FILTERS.map((filter) => this.tab(filter))}
      </div>
      <div class="list-scroll" id="list-panel" role="tabpanel" aria-labelledby="tab-${list.filter}"
        @scroll=${() => this.scrolled()} @keydown=${(event: KeyboardEvent) => this.rowKey(event)}>
        ${this.content()}
      </div>
    </section>`;
  }

  private content(): TemplateResult {
    const { list, ui, router, drafts, clock, session } = this.desk;
    const { rows } = list;
    if (list.error && !rows.length) {
      return html`<div class="empty-state" role="alert"><p>${list.error}</p>
        <button class="button" type="button" @click=${() => void list.reload()}>Coba lagi</button></div>`;
    }
    if (list.blank) return spinner("Memuat daftar…");
    if (!rows.length) {
      const [title, text] = list.unreadOnly ? ["Semua sudah dibaca", "Tidak ada pesan baru di daftar ini."] : EMPTY[list.filter];
      return emptyState(icons.check, title, text);
    }
    const now = clock.now;
    const openId = router.route.conversationId;
    const cursor = ui.cursor ?? rows[0]!.id;
    const { first, end } = this.range;
    return html`<ul class="rows">
      ${repeat(
        rows.slice(first, end),
        (row) => row.id,
        (row, index) =>
          rowView(row, {
            open: row.id === openId, cursor: row.id === cursor, draft: drafts.has(row.id) && row.id !== openId, now,
            mine: row.agent !== null && row.agent.id === session.me?.id,
            position: first + index + 1, size: list.hasMore ? -1 : rows.length,
          }),
      )}
    </ul>${list.hasMore ? html`<p class="more" aria-hidden="true">Memuat…</p>` : nothing}`;
  }

  private tab(filter: Filter): TemplateResult {
    const { list } = this.desk;
    const selected = list.filter === filter;
    const count = filter === "closed" ? null : list.counts[filter];
    return html`<button class="tab ${filter}" type="button" role="tab" id="tab-${filter}" data-testid="tab-${filter}" aria-controls="list-panel"
      aria-selected=${selected} tabindex=${selected ? "0" : "-1"} @click=${() => void this.desk.showList(filter)}>
      <span class="tab-count" data-testid="count-${filter}">${count === null ? icons.check : count > 999 ? "999+" : count}</span>
      <span class="tab-label">${TABS[filter]}</span>
    </button>`;
  }

  private presence(): TemplateResult {
    const presence = this.desk.session.me?.presence ?? "offline";
    return html`<label class="presence ${presence}">${dot(presence)}<span class="sr">Status Anda</span>
      <select data-testid="presence" @change=${(event: Event) => void this.desk.setPresence((event.target as HTMLSelectElement).value as Presence)}>
        ${(Object.keys(PRESENCE_LABELS) as Presence[]).map(
          (one) => html`<option value=${one} .selected=${one === presence}>${PRESENCE_LABELS[one]}</option>`,
        )}
      </select>
    </label>`;
  }

  private scrolled(): void {
    const box = this.querySelector<HTMLElement>(".list-scroll");
    if (!box) return;
    const { list } = this.desk;
    const range = visibleRange(box.scrollTop, box.clientHeight, list.rows.length, ROW_HEIGHT);
    if (range.first !== this.range.first || range.end !== this.range.end) {
      this.range = range;
      this.requestUpdate();
    }
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 10 * ROW_HEIGHT) void list.loadMore();
  }

  private reveal(id: string): void {
    const box = this.querySelector<HTMLElement>(".list-scroll");
    const at = this.desk.list.rows.findIndex((row) => row.id === id);
    if (!box || at < 0) return;
    const top = at * ROW_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW_HEIGHT - box.clientHeight;
    this.scrolled();
  }

  private rowKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (this.moveCursor(event.key === "ArrowDown" ? 1 : -1)) void this.focusCursor();
  }

  private tabKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = FILTERS.indexOf(this.desk.list.filter);
    const filter = FILTERS[(at + step + FILTERS.length) % FILTERS.length]!;
    void this.desk.showList(filter);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${filter}`)?.focus());
  }
}
