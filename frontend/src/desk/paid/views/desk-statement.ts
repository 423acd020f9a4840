import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { formatRupiah } from "../../../shared/paid/rupiah";
import { DeskElement } from "../../parts/desk-element";
import { icons } from "../../../console/parts/icons";
import { decodeText } from "../state/text-file";
import type { StatementLine, StatementResult } from "../state/types";

const MOST_CHARACTERS = 2_000_000;

/** "27/11/2026", as banks here write it. */
const day = (iso: string): string => iso.split("-").reverse().join("/");

/** A bank statement is read, and transfers in it are booked. */
export class DeskStatement extends DeskElement {
  static override properties = { ...DeskElement.properties, result: { state: true }, error: { state: true } };
  declare result: StatementResult | null;
  declare error: string | null;

  constructor() {
    super();
    this.result = this.error = null;
  }

  protected override watched(): Emitter[] {
    return [this.desk.paid.request];
  }

  protected override firstUpdated(): void {
    this.querySelector("dialog")?.showModal();
  }

  protected override render(): TemplateResult {
    const { busy } = this.desk.paid.request;
    return html`<dialog class="statement" aria-labelledby="statement-title" data-testid="statement" @close=${() => this.dispatchEvent(new Event("close"))}>
      <form class="dialog-body" novalidate @submit=${(event: SubmitEvent) => void this.send(event)}>
        <header class="dialog-head"><h2 id="statement-title">Impor mutasi rekening</h2>
          <button class="icon-button small" type="button" aria-label="Tutup" data-testid="statement-close" @click=${() => this.close()}>${icons.close}</button></header>
        <p class="hint">Unduh mutasi sebagai CSV dari internet banking, lalu pilih berkasnya di sini. Transfer dengan jumlah dan kode unik yang cocok langsung dicatat lunas; yang sudah dikenal tidak dicatat dua kali.</p>
        <label class="field"><span>Berkas CSV</span><input type="file" name="file" accept=".csv,text/csv,text/plain" required data-testid="statement-file" /></label>
        <p class="form-error" role="alert" data-testid="statement-error" ?hidden=${!this.error}>${this.error}</p>
        ${this.result ? this.resultView(this.result) : nothing}
        <div class="buttons end">
          <button class="button" type="button" @click=${() => this.close()}>${this.result ? "Selesai" : "Batal"}</button>
          <button class="button primary" type="submit" data-testid="statement-send" ?disabled=${busy}>${busy ? "Membaca…" : "Impor"}</button>
        </div>
      </form>
    </dialog>`;
  }

  private resultView({ matched, ambiguous, unmatched, odd, known }: StatementResult): TemplateResult {
    return html`<div class="statement-result" role="status" data-testid="statement-result">
      <p><b>${matched.length}</b> cocok, <b>${ambiguous.length + unmatched.length}</b> tidak cocok, <b>${known}</b> sudah dikenal.</p>
      ${matched.length
        ? html`<h3>Dicatat lunas</h3><ul>${matched.map(
            (one) => html`<li data-testid="statement-matched"><span>${icons.check}${one.reference}</span><b>${formatRupiah(one.amount)}</b></li>`,
          )}</ul>`
        : nothing}
      ${this.linesView("Jumlahnya ditunggu, tetapi masuk lebih dari sekali", "statement-ambiguous", ambiguous)}
      ${this.linesView("Tidak cocok dengan tagihan mana pun", "statement-unmatched", unmatched)}
      ${ambiguous.length || unmatched.length ? html`<p class="hint">Cari tagihannya di papan dan catat sendiri lewat “Catat transfer”, atau hubungi pengirimnya.</p>` : nothing}
      ${odd.length
        ? html`<details class="older"><summary>Bukan pembayaran (${odd.length})</summary><ul>${odd.map(
            (one) => html`<li data-testid="statement-odd"><span>${one.text} <span class="faint">${day(one.date)}, baris ${one.line}</span></span></li>`,
          )}</ul></details>`
        : nothing}
    </div>`;
  }

  private linesView(title: string, testid: string, lines: readonly StatementLine[]): TemplateResult | typeof nothing {
    if (!lines.length) return nothing;
    return html`<h3>${title}</h3><ul>${lines.map(
      (one) => html`<li data-testid=${testid}><span>${one.description || "(tanpa keterangan)"} <span class="faint">${day(one.date)}</span></span><b>${formatRupiah(one.amount)}</b></li>`,
    )}</ul>`;
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const file = this.querySelector<HTMLInputElement>("[name=file]")!.files?.[0];
    this.result = this.error = null;
    if (!file) {
      this.error = "Pilih berkasnya dulu.";
      return;
    }
    // A character takes at most four bytes: what is larger is not even read.
    const csv = file.size > 4 * MOST_CHARACTERS ? null : decodeText(await file.arrayBuffer());
    if (csv === null || csv.length > MOST_CHARACTERS) {
      this.error = "Berkas terlalu besar (lebih dari dua juta karakter). Unduh mutasi untuk rentang yang lebih pendek.";
      return;
    }
    const done = await this.desk.paid.request.importStatement(csv);
    if (done.ok === null) this.error = done.message;
    else this.result = done.ok;
    if (this.result) void this.desk.paid.board.load();
  }

  private close(): void {
    this.querySelector("dialog")?.close();
  }
}
