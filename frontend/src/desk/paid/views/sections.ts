import { html, nothing, type TemplateResult } from "lit";
import { formatMoment } from "../../../shared/paid/due";
import { quoteFiguresView } from "../../../shared/paid/quote-view";
import { formatRupiah } from "../../../shared/paid/rupiah";
import { KIND_LABELS, methodLabel, URGENCY_LABELS } from "../../../shared/paid/words";
import { icons } from "../../../console/parts/icons";
import { fullWhen } from "../../../console/state/times";
import type { PaidDetail, Payment, Quote } from "../state/types";
import { paidActorLabel, paidEventLabel, paidReasonLabel, PAYMENT_LABELS } from "../state/words";

export interface DetailActions {
  copy(value: string): void;
  returned(payment: Payment): void;
  logWork(form: HTMLFormElement): void;
}

const fact = (label: string, value: unknown): TemplateResult => html`<div class="fact"><span>${label}</span><span>${value}</span></div>`;

export function orderView(detail: PaidDetail, now: Date): TemplateResult {
  return html`<section class="paid-section" data-testid="paid-order">
    <h2>Pesanan</h2>
    <p class="paid-need">${detail.need}</p>
    ${fact("Jenis", KIND_LABELS[detail.kind])} ${detail.target ? fact("Layanan atau domain", detail.target) : nothing}
    ${detail.capacityGb === null ? nothing : fact("Kapasitas", `${detail.capacityGb} GB`)} ${fact("Waktu", URGENCY_LABELS[detail.urgency])}
    ${fact("Masuk", fullWhen(detail.createdAt, now))} ${detail.staff ? fact("Staf", detail.staff) : nothing}
    ${detail.score === null
      ? nothing
      : fact("Penilaian", html`<span class="stars" data-testid="paid-score"><span aria-hidden="true">${"★".repeat(detail.score)}${"☆".repeat(5 - detail.score)}</span><span class="sr">${detail.score} dari 5</span></span>`)}
  </section>`;
}

export function contactView(detail: PaidDetail, actions: DetailActions): TemplateResult {
  const copyable = (label: string, value: string | null): TemplateResult =>
    fact(
      label,
      value
        ? html`<button class="copy" type="button" title="Salin" data-testid="paid-contact" @click=${() => actions.copy(value)}><span class="sr">Salin ${label}: </span><span class="ellipsis">${value}</span>${icons.copy}</button>`
        : html`<span class="faint">Tidak diberikan</span>`,
    );
  return html`<section class="paid-section"><h2>Kontak</h2>${copyable("E-mail", detail.email)} ${copyable("Telepon", detail.phone)}</section>`;
}

export function quotesView(detail: PaidDetail, now: Date): TemplateResult | typeof nothing {
  if (!detail.quotes.length) return nothing;
  const [newest, ...older] = [...detail.quotes].sort((a, b) => b.number - a.number);
  return html`<section class="paid-section" data-testid="paid-quotes">
    <h2>Penawaran</h2>
    ${quoteView(newest!, now)}
    ${older.length
      ? html`<details class="older"><summary>Penawaran sebelumnya (${older.length})</summary>${older.map((quote) => quoteView(quote, now))}</details>`
      : nothing}
  </section>`;
}

function quoteView(quote: Quote, now: Date): TemplateResult {
  const by = quote.createdBy ?? "Dihitung otomatis";
  return html`<article class="quote" data-testid="quote" data-number=${quote.number}>
    <p class="quote-head"><b>Nomor ${quote.number}</b>
      ${quote.issuedAt ? html`<span class="faint">dikirim ${fullWhen(quote.issuedAt, now)}</span>` : html`<span class="chip approval">Perlu persetujuan admin</span>`}</p>
    <div class="quote-figures">${quoteFiguresView(quote)}</div>
    ${quote.note ? html`<p class="quote-note">${quote.note}</p>` : nothing}
    <p class="faint">${by}${quote.approvedBy ? `, disetujui ${quote.approvedBy}` : ""} · berlaku sampai ${formatMoment(quote.validUntil)}</p>
  </article>`;
}

export function paymentsView(detail: PaidDetail, now: Date, admin: boolean, actions: DetailActions): TemplateResult | typeof nothing {
  if (!detail.payments.length && !detail.invoice) return nothing;
  return html`<section class="paid-section" data-testid="paid-payments">
    <h2>Pembayaran</h2>
    ${detail.invoice
      ? fact("Tagihan", html`<button class="copy" type="button" title="Salin" @click=${() => actions.copy(detail.invoice!)}><span class="sr">Salin nomor tagihan: </span>${detail.invoice}${icons.copy}</button>`)
      : nothing}
    ${detail.payments.length ? nothing : html`<p class="hint">Pelanggan belum memilih cara membayar.</p>`}
    <ul class="payments">
      ${detail.payments.map(
        (payment) => html`<li class=${payment.state} data-testid="payment" data-state=${payment.state}>
          <span class="payment-main"><b>${formatRupiah(payment.amount)}</b><span class="chip payment ${payment.state}">${PAYMENT_LABELS[payment.state]}</span></span>
          <span class="faint">${methodLabel(payment.method)}${payment.uniqueCode === null ? "" : `, kode unik ${String(payment.uniqueCode).padStart(3, "0")}`} · ${fullWhen(payment.settledAt ?? payment.openedAt, now)}</span>
          ${payment.evidence ? html`<span class="evidence">${payment.evidence}</span>` : nothing}
          ${payment.state === "surplus" && admin
            ? html`<button class="button small" type="button" data-testid="payment-returned" @click=${() => actions.returned(payment)}>Catat pengembalian</button>`
            : nothing}
        </li>`,
      )}
    </ul>
  </section>`;
}

const hours = (minutes: number): string => (minutes < 60 ? `${minutes} mnt` : `${Math.floor(minutes / 60)} j${minutes % 60 ? ` ${minutes % 60} mnt` : ""}`);

export function workView(detail: PaidDetail, now: Date, allowed: boolean, busy: boolean, actions: DetailActions): TemplateResult | typeof nothing {
  if (!allowed && !detail.work.length) return nothing;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    actions.logWork(event.currentTarget as HTMLFormElement);
  };
  const sum = detail.work.reduce((minutes, work) => minutes + work.minutes, 0);
  return html`<section class="paid-section" data-testid="paid-work-log">
    <h2>Pekerjaan ${sum ? html`<span class="faint">${hours(sum)}</span>` : nothing}</h2>
    ${allowed
      ? html`<form class="work-form" @submit=${submit}>
          <label class="field wide"><span>Apa yang dikerjakan</span><textarea name="text" rows="2" maxlength="1000" required data-testid="work-text"></textarea></label>
          <label class="field"><span>Menit</span><input type="number" name="minutes" min="0" max="10000" step="1" value="30" required inputmode="numeric" data-testid="work-minutes" /></label>
          <label class="check"><input type="checkbox" name="tell" data-testid="work-tell" /> Beri tahu pelanggan</label>
          <button class="button small" type="submit" data-testid="work-save" ?disabled=${busy}>Catat</button>
        </form>`
      : nothing}
    <ol class="work">
      ${[...detail.work].reverse().map((work) => html`<li data-testid="work"><p>${work.text}</p><span class="faint">${work.staff} · ${hours(work.minutes)} · ${fullWhen(work.at, now)}</span></li>`)}
    </ol>
  </section>`;
}

export function historyView(detail: PaidDetail, now: Date): TemplateResult | typeof nothing {
  if (!detail.changes.length) return nothing;
  return html`<section class="paid-section"><h2>Riwayat</h2>
    <ol class="history" data-testid="paid-history">
      ${[...detail.changes].reverse().map(
        (change) => html`<li><b>${paidEventLabel(change.event)}</b>
          <span class="faint">${change.staff ?? paidActorLabel(change.actor)} · ${fullWhen(change.at, now)}</span>
          ${change.reason ? html`<q>${paidReasonLabel(change.reason)}</q>` : nothing}</li>`,
      )}
    </ol></section>`;
}
