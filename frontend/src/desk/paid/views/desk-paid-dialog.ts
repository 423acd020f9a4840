import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { formatRupiah, parseRupiah } from "../../../shared/paid/rupiah";
import { DeskElement } from "../../parts/desk-element";
import { icons } from "../../../console/parts/icons";
import type { Done } from "../state/paid-store";
import type { PaidDetail, Payment } from "../state/types";
import { REJECT_REASONS, type RejectReason } from "../state/words";

type Plain = "approve" | "reject" | "cancel" | "payment" | "finish" | "refund";
export type DialogOf = { kind: Plain } | { kind: "returned"; payment: Payment };
type Kind = DialogOf["kind"];

const WORDS: Record<Kind, { title: string; text: string; submit: string; done: string }> = {
  approve: { title: "Setujui penawaran", text: "Penawaran langsung dikirim ke pelanggan.", submit: "Setujui dan kirim", done: "Penawaran disetujui dan dikirim." },
  reject: { title: "Tolak permintaan", text: "Pelanggan diberi tahu alasannya.", submit: "Tolak permintaan", done: "Permintaan ditolak; pelanggan diberi tahu." },
  cancel: { title: "Batalkan permintaan", text: "Tidak ada yang perlu dibayar lagi. Pelanggan diberi tahu.", submit: "Batalkan permintaan", done: "Permintaan dibatalkan." },
  payment: { title: "Catat transfer masuk", text: "Catat hanya uang yang sudah terlihat di rekening, tepat sejumlah yang masuk.", submit: "Catat lunas", done: "Pembayaran dicatat." },
  finish: { title: "Selesaikan pekerjaan", text: "Pelanggan diberi tahu dan diminta memberi penilaian.", submit: "Selesai", done: "Pekerjaan selesai." },
  refund: { title: "Kembalikan dana", text: "Seluruh yang dibayar dikembalikan dan permintaan berakhir. Ini tidak dapat dibatalkan.", submit: "Kembalikan dana", done: "Pengembalian dana dicatat." },
  returned: { title: "Catat pengembalian kelebihan", text: "Uang yang masuk dua kali atau terlambat sudah dikirim kembali.", submit: "Catat", done: "Pengembalian dicatat." },
};

/** What is asked before something is done with a request that the customer notices, or that is about money. */
export class DeskPaidDialog extends DeskElement {
  static override properties = { ...DeskElement.properties, about: { attribute: false }, error: { state: true }, field: { state: true }, reason: { state: true } };
  declare about: DialogOf;
  declare error: string | null;
  declare field: string | null;
  declare reason: RejectReason;

  constructor() {
    super();
    this.error = this.field = null;
    this.reason = "out_of_field";
  }

  protected override watched(): Emitter[] {
    return [this.desk.paid.request];
  }

  protected override firstUpdated(): void {
    this.querySelector("dialog")?.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { detail, busy } = this.desk.paid.request;
    if (!detail) return nothing;
    const { kind } = this.about;
    const words = WORDS[kind];
    return html`<dialog aria-labelledby="paid-dialog-title" data-testid="paid-dialog" data-kind=${kind} @close=${() => this.dispatchEvent(new Event("close"))}>
      <form class="dialog-body" novalidate @submit=${(event: SubmitEvent) => void this.submit(event, detail)}>
        <header class="dialog-head"><h2 id="paid-dialog-title">${words.title}</h2>
          <button class="icon-button small" type="button" aria-label="Tutup" @click=${() => this.close()}>${icons.close}</button></header>
        <p class="hint">${words.text}</p>
        ${this.fields(detail)}
        <p class="form-error" role="alert" data-testid="paid-error" ?hidden=${!this.error}>${this.error}</p>
        <div class="buttons end">
          <button class="button" type="button" @click=${() => this.close()}>Kembali</button>
          <button class="button ${kind === "refund" ? "danger" : "primary"}" type="submit" data-testid="paid-submit" ?disabled=${busy}>${words.submit}</button>
        </div>
      </form>
    </dialog>`;
  }

  private fields(detail: PaidDetail): TemplateResult {
    switch (this.about.kind) {
      case "approve":
        return html`<p class="big">${formatRupiah(detail.total ?? 0)} <span class="faint">oleh ${detail.quotes.at(-1)?.createdBy ?? "sistem"}</span></p>`;
      case "reject":
        return html`${this.reasons()} ${this.textField("note", "Catatan untuk pelanggan", this.reason !== "other" && this.reason !== "not_possible")}`;
      case "payment":
        return html`${expectedView(detail)}
          <label class="field"><span>Jumlah yang masuk</span><input name="amount" inputmode="numeric" autocomplete="off" placeholder="mis. 638.417" autofocus
            aria-invalid=${this.field === "amount" ? "true" : "false"} data-testid="paid-amount" /></label>
          ${this.textField("evidence", "Bukti", false, "mis. mutasi BCA 27/11 10.05, berita PB-7K3F9Q2")}`;
      case "refund":
        return html`<p class="big">${formatRupiah(paidSum(detail))}</p>${this.textField("reason", "Alasan", false)}`;
      case "returned":
        return html`<p class="big">${formatRupiah(this.about.payment.amount)}</p>${this.textField("evidence", "Bukti pengembalian", false, "mis. transfer balik BCA 28/11")}`;
      default:
        return this.textField("note", this.about.kind === "finish" ? "Pesan penutup untuk pelanggan" : "Catatan untuk pelanggan", true);
    }
  }

  private textField(name: string, label: string, optional: boolean, placeholder = ""): TemplateResult {
    return html`<label class="field"><span>${label} ${optional ? html`<i>(opsional)</i>` : nothing}</span>
      <textarea name=${name} rows="2" maxlength="1000" placeholder=${placeholder} ?data-required=${!optional} ?autofocus=${name !== "evidence"}
        aria-invalid=${this.field === name ? "true" : "false"} data-testid="paid-${name}"></textarea></label>`;
  }

  private reasons(): TemplateResult {
    const chosen = REJECT_REASONS.find(({ value }) => value === this.reason)!;
    return html`<fieldset class="choices two"><legend>Alasan</legend>
        ${REJECT_REASONS.map(
          ({ value, label }) => html`<label class="choice"><input type="radio" name="reason" value=${value} data-testid="reject-${value}" .checked=${value === this.reason}
            @change=${() => (this.reason = value)} /><b>${label}</b></label>`,
        )}
      </fieldset>
      <p class="explain" role="status">${icons.info}<span>${chosen.hint}</span></p>`;
  }

  private async submit(event: SubmitEvent, detail: PaidDetail): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const empty = [...form.querySelectorAll<HTMLTextAreaElement>("textarea[data-required]")].find((field) => !field.value.trim());
    const amount = this.about.kind === "payment" ? parseRupiah(String(data.get("amount"))) : 0;
    if (amount === null) return this.refuse("Tulis jumlahnya dalam rupiah bulat, mis. 638.417.", "amount");
    if (empty) return this.refuse("Isian ini diperlukan.", empty.name);
    const done = await this.send(data, detail, amount);
    if (done.ok) {
      this.desk.toasts.info(WORDS[this.about.kind].done);
      this.close();
    } else if (done.message) this.refuse(done.message, done.field);
  }

  private send(data: FormData, detail: PaidDetail, amount: number): Promise<Done> {
    const { request } = this.desk.paid;
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    const note = text("note") ? { note: text("note") } : {};
    switch (this.about.kind) {
      case "approve":
        return request.act(`quotes/${detail.quotes.at(-1)?.number ?? 0}/approve`);
      case "reject":
        return request.act("reject", { reason: this.reason, ...note });
      case "payment":
        return request.act("payments", { amount, evidence: text("evidence") });
      case "refund":
        return request.act("refund", { reason: text("reason") });
      case "returned":
        return request.returnSurplus(this.about.payment.orderId, text("evidence"));
      default:
        return request.act(this.about.kind, note);
    }
  }

  private refuse(message: string, field: string | null): void {
    this.error = message;
    this.field = field;
    if (field) this.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`)?.focus();
  }

  private close(): void {
    this.querySelector("dialog")?.close();
  }
}

const paidSum = (detail: PaidDetail): number =>
  detail.payments.filter((payment) => payment.state === "settled").reduce((sum, payment) => sum + payment.amount, 0);

/** What is waited for: the open transfer with its unique code, or the bare invoice. */
function expectedView(detail: PaidDetail): TemplateResult {
  const open = detail.payments.filter((payment) => payment.state === "pending" || payment.state === "opening");
  return html`<ul class="expected">
    ${open.map((payment) => html`<li><span>Pembayaran terbuka${payment.uniqueCode === null ? "" : `, kode unik ${String(payment.uniqueCode).padStart(3, "0")}`}</span><b>${formatRupiah(payment.amount)}</b></li>`)}
    ${detail.total === null ? nothing : html`<li><span>Tagihan ${detail.invoice}</span><b>${formatRupiah(detail.total)}</b></li>`}
  </ul>`;
}
