import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Emitter } from "../../../shared/emitter";
import { formatRupiah, lineTotal, parseQuantity, parseRupiah } from "../../../shared/paid/rupiah";
import { DeskElement } from "../../parts/desk-element";
import { icons } from "../../../console/parts/icons";
import { spinner } from "../../../console/parts/pieces";
import {
  blankDraft, blankLine, draftOf, MOST_LINES, needsApproval, quoteBody, reckon, withItem, type DraftLine, type DraftProblem, type LineField, type QuoteDraft,
} from "../state/quote-draft";
import type { PaidDetail, PriceList } from "../state/types";

/** A quote with lines from the price list or free, its sums while it is typed, and the card that the customer will see. */
export class DeskQuoteForm extends DeskElement {
  static override properties = { ...DeskElement.properties, detail: { attribute: false }, tried: { state: true }, error: { state: true } };
  declare detail: PaidDetail;
  declare tried: boolean;
  declare error: string | null;
  /** Sent or thrown away: nothing begins anew while the form is still in the page. */
  private over = false;

  constructor() {
    super();
    this.tried = false;
    this.error = null;
  }

  protected override watched(): Emitter[] {
    return [this.desk.paid.request, this.desk.session];
  }

  protected override firstUpdated(): void {
    void this.desk.paid.request.loadPrices().then(() => this.updateComplete).then(() => this.focusLine(0));
  }

  private draft(prices: PriceList): QuoteDraft {
    const last = [...this.detail.quotes].sort((a, b) => b.number - a.number)[0];
    return this.desk.paid.request.draftOr(this.detail.id, () => (last ? draftOf(last, prices) : blankDraft(prices)));
  }

  private change(draft: QuoteDraft): void {
    this.desk.paid.request.keepDraft(this.detail.id, draft);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.over) return nothing;
    const { prices, busy } = this.desk.paid.request;
    if (!prices) return html`<section class="paid-section quote-form">${spinner("Memuat daftar harga…")}</section>`;
    const draft = this.draft(prices);
    const { figures, problems } = reckon(draft, prices.taxRate);
    const approval = needsApproval(figures.total, prices, this.desk.session.may("administer"));
    const said = (field: string): DraftProblem | undefined => (this.tried ? problems.find((problem) => problem.field === field) : undefined);
    const whole = said("lines");
    return html`<form class="paid-section quote-form" novalidate data-testid="quote-form" aria-label="Penawaran baru" @submit=${(event: SubmitEvent) => void this.submit(event, draft, problems)}>
      <h2>${this.detail.quotes.length ? "Penawaran baru" : "Buat penawaran"}
        <button class="icon-button small" type="button" aria-label="Tutup tanpa mengirim" title="Tutup tanpa mengirim" data-testid="quote-close" @click=${() => this.close()}>${icons.close}</button></h2>
      ${prices.items.length
        ? html`<label class="field"><span>Tambah dari daftar harga</span><select data-testid="price-item" @change=${(event: Event) => this.addItem(event, draft, prices)}>
            <option value="">Pilih…</option>
            ${prices.items.map((item, index) => html`<option value=${index}>${item.name} (${item.unitPrice === null ? "harga bebas" : `${formatRupiah(item.unitPrice)} / ${item.unit}`})</option>`)}
          </select></label>`
        : nothing}
      <div class="quote-lines">
        ${repeat(draft.lines, (line) => line.key, (line, index) => this.line(draft, line, index, said))}
      </div>
      <button class="button small" type="button" data-testid="line-add" ?disabled=${draft.lines.length >= MOST_LINES}
        @click=${() => this.addLine(draft)}>${icons.plus} Baris bebas</button>
      <dl class="quote-sums">
        <div><dt>Subtotal</dt><dd data-testid="sum-subtotal">${formatRupiah(figures.subtotal)}</dd></div>
        <div><dt>Pajak ${prices.taxRate.replace(".", ",")}%</dt><dd data-testid="sum-tax">${formatRupiah(figures.tax)}</dd></div>
        <div class="total"><dt>Total</dt><dd data-testid="sum-total">${formatRupiah(figures.total)}</dd></div>
      </dl>
      ${approval
        ? html`<p class="explain warn" data-testid="needs-approval">${icons.warn}<span><b>Perlu persetujuan admin.</b> Total di atas ${formatRupiah(prices.approvalLimit!)}; pelanggan menerimanya setelah disetujui.</span></p>`
        : nothing}
      <div class="quote-more">
        <label class="field days"><span>Berlaku (hari)</span><input name="days" inputmode="numeric" .value=${draft.days} data-testid="quote-days"
          aria-invalid=${said("days") ? "true" : "false"} @input=${(event: Event) => this.change({ ...draft, days: valueOf(event) })} /></label>
        <label class="field"><span>Catatan untuk pelanggan <i>(opsional)</i></span><textarea rows="2" maxlength="1000" data-testid="quote-note" .value=${draft.note}
          @input=${(event: Event) => this.change({ ...draft, note: valueOf(event) })}></textarea></label>
      </div>
      <p class="hint">${said("days")?.message ?? nothing}</p>
      <details class="preview"><summary>Pratinjau kartu di chat</summary>
        <desk-card-preview data-testid="quote-preview" .figures=${figures} .reference=${this.detail.reference} .need=${this.detail.need} .note=${draft.note} .days=${draft.days}></desk-card-preview>
      </details>
      <p class="form-error" role="alert" data-testid="quote-error" ?hidden=${!this.error && !whole && !(this.tried && problems.length)}>${this.error ?? whole?.message ?? `Lengkapi dulu: ${problems[0]?.message ?? ""}`}</p>
      <div class="buttons end">
        <button class="button" type="button" @click=${() => this.discard()}>Buang</button>
        <button class="button primary" type="submit" data-testid="quote-send" ?disabled=${busy}>${approval ? "Ajukan persetujuan" : "Kirim penawaran"}</button>
      </div>
    </form>`;
  }

  private line(draft: QuoteDraft, line: DraftLine, index: number, said: (field: string) => DraftProblem | undefined): TemplateResult {
    const [quantity, price] = [parseQuantity(line.quantity), parseRupiah(line.price)];
    const field = (name: LineField, label: string, more: { numeric?: boolean; max: number; placeholder?: string }): TemplateResult => {
      const problem = said(`lines.${index}.${name}`);
      return html`<label class="field ${name}"><span>${label}</span>
        <input name="lines.${index}.${name}" data-testid="line-${name}" autocomplete="off" inputmode=${more.numeric ? "decimal" : "text"} maxlength=${more.max}
          placeholder=${more.placeholder ?? ""} .value=${line[name]} aria-invalid=${problem ? "true" : "false"} title=${problem?.message ?? ""}
          @input=${(event: Event) => this.change({ ...draft, lines: draft.lines.map((one) => (one === line ? { ...one, [name]: valueOf(event) } : one)) })} /></label>`;
    };
    return html`<fieldset class="quote-line" data-testid="line"><legend class="sr">Baris ${index + 1}</legend>
      ${field("what", "Pekerjaan", { max: 200 })} ${field("quantity", "Jumlah", { numeric: true, max: 8, placeholder: "1,5" })}
      ${field("unit", "Satuan", { max: 20 })} ${field("price", "Harga satuan (Rp)", { numeric: true, max: 16, placeholder: "150.000" })}
      <span class="line-sum" data-testid="line-sum">${quantity === null || price === null ? "–" : formatRupiah(lineTotal(price, quantity))}</span>
      <button class="icon-button small" type="button" data-testid="line-remove" aria-label="Hapus baris ${index + 1}" ?disabled=${draft.lines.length === 1}
        @click=${() => this.removeLine(draft, line)}>${icons.trash}</button>
    </fieldset>`;
  }

  private addItem(event: Event, draft: QuoteDraft, prices: PriceList): void {
    const select = event.target as HTMLSelectElement;
    const item = select.value === "" ? undefined : prices.items[Number(select.value)];
    select.value = "";
    if (!item || draft.lines.length >= MOST_LINES) return;
    const next = withItem(draft, item);
    this.change(next);
    void this.focusLine(next.lines.length - 1, item.unitPrice === null ? "price" : "quantity");
  }

  private addLine(draft: QuoteDraft): void {
    this.change({ ...draft, lines: [...draft.lines, blankLine()] });
    void this.focusLine(draft.lines.length);
  }

  private removeLine(draft: QuoteDraft, line: DraftLine): void {
    this.change({ ...draft, lines: draft.lines.filter((one) => one !== line) });
    void this.focusLine(Math.max(0, draft.lines.indexOf(line) - 1));
  }

  private async focusLine(index: number, name: LineField = "what"): Promise<void> {
    await this.updateComplete;
    this.focusField(`lines.${index}.${name}`);
  }

  private focusField(name: string): void {
    this.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)?.focus();
  }

  private async submit(event: SubmitEvent, draft: QuoteDraft, problems: readonly DraftProblem[]): Promise<void> {
    event.preventDefault();
    this.tried = true;
    this.error = null;
    if (problems.length) return this.focusField(problems[0]!.field);
    const { id } = this.detail;
    const done = await this.desk.paid.request.act("quotes", quoteBody(draft));
    if (!done.ok) {
      this.error = done.message || null;
      if (done.field) this.focusField(done.field.replace("unit_price", "price"));
      return;
    }
    this.over = true;
    this.desk.paid.request.keepDraft(id, null);
    const waits = this.desk.paid.request.detail?.waitsForApproval === true;
    this.desk.toasts.info(waits ? "Penawaran menunggu persetujuan admin." : "Penawaran dikirim ke pelanggan.");
    this.close();
  }

  private discard(): void {
    this.over = true;
    this.desk.paid.request.keepDraft(this.detail.id, null);
    this.close();
  }

  private close(): void {
    this.dispatchEvent(new Event("close"));
  }
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;
