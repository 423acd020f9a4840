import { html, nothing, svg, type TemplateResult } from "lit";
import type { TableData } from "../../console/charts/picture";
import { tableView } from "../../console/charts/table-view";
import { count, duration, NOTHING, percent, score } from "../../console/charts/format";
import type { Report, Satisfaction } from "./types";
import { closeReasonLabel, reasonLabel } from "./words";

export function agentsTable(report: Report): TableData {
  return {
    head: [
      ...["Staf", "Chat ditangani", "Balasan pertama (median)", "Balasan pertama (P90)", "Kembali ke antrean"],
      ...["Dipindahkan", "Terima pindahan", "Diserahkan ke bot", "Ditutup", "Kepuasan"],
    ],
    rows: report.agents.map(({ name, requests: { first_reply: reply }, chats, satisfaction }) => [
      ...[name, count(chats.handled), duration(reply.median), duration(reply.p90), returned(chats)],
      ...[count(chats.transferred), count(chats.received), count(chats.handed_back), count(chats.closed)],
      satisfaction.answered ? `${score(satisfaction.mean)} (${count(satisfaction.answered)})` : NOTHING,
    ]),
  };
}

const returned = (chats: { returned: number; returned_by_system: number }): string =>
  chats.returned_by_system ? `${count(chats.returned)} (${count(chats.returned_by_system)} offline)` : count(chats.returned);

export function reasonsTable(report: Report): TableData {
  return {
    head: ["Alasan", "Permintaan", "Porsi", "Diterima", "Tanpa dilayani", "Tinggalkan pesan", "Tunggu (median)", "Tunggu (P90)"],
    rows: report.reasons.map(({ reason, requests }) => [
      ...[reasonLabel(reason), count(requests.asked), percent(requests.asked, report.requests.asked)],
      ...[count(requests.accepted), count(requests.given_up), count(requests.message)],
      ...[duration(requests.wait.median), duration(requests.wait.p90)],
    ]),
  };
}

interface Share {
  label: string;
  value: number;
}

/** Bars of `total`, each with its number beside it; the bar itself says nothing that the text does not. */
function sharesView(title: string, shares: Share[], total: number, width = ""): TemplateResult {
  return html`<ul class="shares ${width}" aria-label=${title}>
    ${shares.map(
      ({ label, value }) => html`<li>
        <span class="share-label">${label}</span>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          ${svg`<rect class="track" width="100" height="8"></rect>
          <rect class="fill" width=${total ? (value / total) * 100 : 0} height="8"></rect>`}
        </svg>
        <span class="share-value">${count(value)}</span>
        <span class="share-value part">${percent(value, total)}</span>
      </li>`,
    )}
  </ul>`;
}

export function agentsView(report: Report): TemplateResult {
  return html`<section class="card wide" data-testid="agents">
    <h2>Per staf</h2>
    <p class="note">
      Balasan pertama dihitung sejak staf menerima chat. Percakapan yang berpindah tangan dihitung untuk setiap staf, jadi jumlahnya
      bisa lebih besar daripada jumlah tim.
    </p>
    ${report.agents.length ? tableView("Per staf", agentsTable(report)) : empty("Belum ada chat yang ditangani staf pada rentang ini.")}
  </section>`;
}

export function reasonsView(report: Report): TemplateResult {
  return html`<section class="card wide" data-testid="reasons">
    <h2>Alasan meminta staf</h2>
    ${report.reasons.length ? tableView("Alasan meminta staf", reasonsTable(report)) : empty("Belum ada permintaan staf pada rentang ini.")}
  </section>`;
}

export function closeReasonsView(report: Report): TemplateResult {
  const shares = report.close_reasons.map(({ reason, count }) => ({ label: closeReasonLabel(reason), value: count }));
  return html`<section class="card" data-testid="close-reasons">
    <h2>Alasan chat ditutup staf</h2>
    ${shares.length ? sharesView("Alasan chat ditutup staf", shares, report.chats.closed) : empty("Belum ada chat yang ditutup staf.")}
  </section>`;
}

export function satisfactionView(report: Report): TemplateResult {
  const bot = report.satisfaction_bot;
  return html`<section class="card" data-testid="satisfaction">
    <h2>Kepuasan pelanggan</h2>
    ${scoresView("Setelah dilayani staf", report.satisfaction)}
    ${bot.asked ? scoresView("Setelah percakapan dengan bot saja", bot) : nothing}
  </section>`;
}

function scoresView(title: string, given: Satisfaction): TemplateResult {
  const shares = [5, 4, 3, 2, 1].map((stars) => ({ label: `${stars} bintang`, value: given.scores[stars - 1] ?? 0 }));
  return html`<h3>${title}</h3>
    <p class="note">${answeredText(given)}</p>
    ${given.answered ? sharesView(title, shares, given.answered, "short") : nothing}`;
}

function answeredText(given: Satisfaction): string {
  if (!given.asked) return "Belum ada pelanggan yang ditanya.";
  const share = percent(given.answered, given.asked);
  const answered = `${count(given.answered)} dari ${count(given.asked)} pelanggan yang ditanya memberi nilai (${share}).`;
  return given.answered ? `${answered} Rata-rata ${score(given.mean)} dari 5.` : answered;
}

const empty = (text: string): TemplateResult => html`<p class="empty">${text}</p>`;
