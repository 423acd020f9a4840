import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Emitter } from "../../../shared/emitter";
import { DeskElement } from "../../parts/desk-element";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { COLUMNS, countOf, inOrder, type Column, type ColumnId } from "../state/columns";
import { exportView } from "./export-view";
import { ticketView } from "./ticket-view";

/** All requests for paid support by state: columns side by side, on a phone one at a time. */
export class DeskBoard extends DeskElement {
  static override properties = { ...DeskElement.properties, column: { state: true }, importing: { state: true } };
  declare column: ColumnId;
  declare importing: boolean;

  constructor() {
    super();
    this.column = "new";
    this.importing = false;
  }

  protected override watched(): Emitter[] {
    return [this.desk.paid.board, this.desk.clock, this.desk.session];
  }

  protected override render(): TemplateResult {
    const { board } = this.desk.paid;
    return html`<main class="board" id="main">
      <header class="board-head">
        <h1>Bantuan berbayar</h1>
        <div class="search-box">${icons.search}<input type="search" data-testid="board-search" aria-label="Cari permintaan" autocomplete="off"
          placeholder="Nomor permintaan, tagihan, atau domain" .value=${board.query}
          @input=${(event: Event) => board.search((event.target as HTMLInputElement).value)} /></div>
        <div class="board-tools">
          <button class="button" type="button" data-testid="statement-open" @click=${() => (this.importing = true)}>${icons.upload} Impor mutasi</button>
          ${this.desk.session.may("lead") ? exportView() : nothing}
        </div>
      </header>
      <p class="sr" role="status">${board.query.trim() && board.status === "ready" ? `${board.rows.length} permintaan ditemukan` : ""}</p>
      ${this.content()}
      ${this.importing ? html`<desk-statement .desk=${this.desk} @close=${() => (this.importing = false)}></desk-statement>` : nothing}
    </main>`;
  }

  private content(): TemplateResult {
    const { board } = this.desk.paid;
    const { rows } = board;
    if (board.error && !rows.length) {
      return html`<div class="empty-state" role="alert"><p>${board.error}</p>
        <button class="button" type="button" @click=${() => void board.load()}>Coba lagi</button></div>`;
    }
    if (!rows.length && board.status !== "ready") return spinner("Memuat permintaan…");
    if (!rows.length) {
      return board.query.trim()
        ? emptyState(icons.search, "Tidak ada hasil", "Cari nomor permintaan (PB-…), nomor tagihan, atau awal nama domain.")
        : emptyState(icons.bill, "Belum ada permintaan", "Permintaan bantuan berbayar dari chat muncul di sini.");
    }
    // On a phone a search shows the column in which there is something.
    const found = (column: Column): boolean => rows.some((row) => column.states.includes(row.state));
    const chosen = COLUMNS.find((column) => column.id === this.column)!;
    const shown = board.query.trim() && !found(chosen) ? (COLUMNS.find(found) ?? chosen) : chosen;
    return html`<div class="board-tabs" role="group" aria-label="Tahap">
        ${COLUMNS.map(
          (column) => html`<button class="chip toggle" type="button" data-testid="board-tab-${column.id}" aria-pressed=${column === shown ? "true" : "false"}
            @click=${() => (this.column = column.id)}>${column.label} ${this.number(column)}</button>`,
        )}
      </div>
      <div class="board-columns" @keydown=${(event: KeyboardEvent) => this.keyPressed(event)}>
        ${COLUMNS.map((column) => this.columnView(column, column === shown))}
      </div>`;
  }

  /** Of the whole board; of a search only what it has found. */
  private number(column: Column): number {
    const { board } = this.desk.paid;
    const here = board.rows.filter((row) => column.states.includes(row.state)).length;
    return board.query.trim() ? here : Math.max(here, countOf(column, board.counts));
  }

  private columnView(column: Column, shown: boolean): TemplateResult {
    const { board } = this.desk.paid;
    const rows = inOrder(board.rows, column);
    const now = this.desk.clock.now;
    return html`<section class="board-column ${shown ? "shown" : ""}" aria-labelledby="column-${column.id}" data-testid="column" data-column=${column.id}>
      <h2 id="column-${column.id}">${column.label} <span class="count" data-testid="column-count">${this.number(column)}</span></h2>
      ${rows.length
        ? html`<ul class="tickets">${repeat(rows, (row) => row.id, (row) => ticketView(row, now))}</ul>`
        : html`<p class="hint">${board.query.trim() ? "Tidak ada yang cocok." : column.empty}</p>`}
      ${column.id === "ended" && board.hasOlder && !board.query.trim()
        ? html`<button class="button small" type="button" data-testid="board-older" @click=${() => void board.loadOlder()}>Muat yang lebih lama</button>`
        : nothing}
    </section>`;
  }

  /** Arrow keys walk over the board; Enter opens, as on any link. */
  private keyPressed(event: KeyboardEvent): void {
    const ticket = (event.target as Element).closest<HTMLElement>(".ticket");
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!ticket || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    const columns = [...this.querySelectorAll(".board-column")].map((one) => [...one.querySelectorAll<HTMLElement>(".ticket")]);
    let across = columns.findIndex((tickets) => tickets.includes(ticket));
    const down = columns[across]!.indexOf(ticket) + step[1]!;
    do across += step[0]!;
    while (step[0] && columns[across]?.length === 0);
    const column = columns[across];
    const next = column?.[step[0] ? Math.min(down, column.length - 1) : down];
    event.preventDefault();
    next?.focus();
  }
}
