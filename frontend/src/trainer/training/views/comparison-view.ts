import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { changeDiff } from "../../parts/change-diff";
import { changeText } from "../../data/state/change-words";
import type { Trainer } from "../../state/trainer";
import type { Scores, Version } from "../../state/types";
import { number, whenWithin } from "../../state/words";
import type { Verdict, VersionDetail } from "../state/types";
import { gateLabel, gateText, percentFine, pictureText, pointsText, STATES, verdictText } from "../state/words";
import { askPublish } from "./publish-events";
import { topicScores } from "./topic-scores";

/** A version beside the one before it: figures, conditions, sentences that it has won and lost. */
export function comparisonView(detail: VersionDetail, trainer: Trainer): TemplateResult {
  const before = trainer.studio.versions.versions.find((one) => one.number === detail.against) ?? (trainer.training.live?.number === detail.against ? trainer.training.live : null);
  return html`<section class="comparison" aria-labelledby="comparison-title" data-testid="comparison">
    <header class="comparison-head">
      <div><h2 id="comparison-title">Versi ${detail.number}${detail.against === null ? "" : html` <span class="faint">dibanding versi ${detail.against}</span>`}</h2>
        <p class="hint">${STATES[detail.state] ?? detail.state} · dilatih ${detail.trainedAt ? whenWithin(detail.trainedAt, trainer.clock.now) : "–"} oleh ${detail.by || "–"} · ${number(detail.sentences)} kalimat${detail.note ? html` · “${detail.note}”` : nothing}</p></div>
      ${actions(detail, trainer)}
    </header>
    ${detail.override ? html`<p class="notice warn">${icons.warn}<span>Diterbitkan meski syarat belum terpenuhi. Alasan: ${detail.override}</span></p>` : nothing}
    ${figures(detail.scores, before)} ${gates(detail, trainer)}
    <div class="two">${verdicts("Membaik", "gains", detail.gains)} ${verdicts("Memburuk", "losses", detail.losses)}</div>
    ${topicScores(detail.topics)} ${conversations(detail)} ${pictures(detail)} ${changes(detail, trainer)}
  </section>`;
}

function actions(detail: VersionDetail, trainer: Trainer): TemplateResult | typeof nothing {
  const { studio, training } = trainer;
  if (detail.state !== "candidate") return nothing;
  const may = detail.canPublish || training.mayOverride;
  const idle = !training.running && !studio.busy;
  return html`<div class="buttons">
    <button class="button" type="button" data-testid="discard" ?disabled=${!idle} @click=${() => void studio.discard(detail.number)}>${icons.trash} Buang</button>
    ${training.shadow?.number === detail.number ? nothing : html`<button class="button" type="button" data-testid="listen" ?disabled=${!idle} @click=${() => void studio.listen(detail.number)}>${icons.eye} Mulai mode bayangan</button>`}
    <button class="button primary" type="button" data-testid="publish" ?disabled=${!idle || !may} @click=${(event: Event) => askPublish(event, detail)}>${icons.upload} Terbitkan</button>
  </div>`;
}

const FIGURES: readonly { title: string; hint: string; of: (scores: Scores) => number | null }[] = [
  { title: "Jawaban tepat", hint: "Hasil akhirnya benar", of: (scores) => scores.outcome },
  { title: "Tepat beserta butir", hint: "Butir yang disebut juga benar", of: (scores) => scores.full },
  { title: "Kenal di luar layanan", hint: "Yang bukan urusan kita ditolak", of: (scores) => scores.scopeRecall },
  { title: "Uji silang", hint: "Kalimat latih sendiri dikenali", of: (scores) => scores.crossValidation?.outcome ?? null },
];

function figures(scores: Scores, before: Version | null): TemplateResult {
  const kept = scores.kept;
  const keptBefore = before?.scores.kept;
  return html`<dl class="figures" data-testid="figures">
    ${FIGURES.map(({ title, hint, of }) => figure(title, hint, percentFine(of(scores)), before && of(before.scores) !== null ? percentFine(of(before.scores)) : "", pointsText(before ? of(before.scores) : null, of(scores))))}
    ${figure("Percakapan tersimpan", "Benar dari semuanya", kept ? `${kept.right}/${kept.all}` : "–", keptBefore ? `${keptBefore.right}/${keptBefore.all}` : "", kept && keptBefore ? pointsOf(kept.right - keptBefore.right) : "")}
  </dl>`;
}

const pointsOf = (difference: number): string => (difference === 0 ? "tetap" : difference > 0 ? `+${difference}` : `−${-difference}`);

const figure = (title: string, hint: string, after: string, before: string, change: string): TemplateResult => html`<div class="figure">
  <dt>${title}</dt>
  <dd><b>${after}</b>${change ? html` <span class="change-mark ${change.startsWith("+") ? "up" : change.startsWith("−") ? "down" : ""}">${change}</span>` : nothing}
    <span class="figure-hint">${before ? `sebelumnya ${before}` : hint}</span></dd>
</div>`;

function gates(detail: VersionDetail, trainer: Trainer): TemplateResult | typeof nothing {
  if (!detail.gates.length) return nothing;
  const failed = detail.gates.filter((gate) => !gate.ok).length;
  return html`<section class="card gates" aria-labelledby="gates-title">
    <h3 id="gates-title" class="part-title">${failed ? `${failed} syarat terbit belum terpenuhi` : "Semua syarat terbit terpenuhi"}</h3>
    <ul>${detail.gates.map(
      (gate) => html`<li class="gate ${gate.ok ? "ok" : "bad"}" data-testid="gate" data-name=${gate.name} data-ok=${gate.ok ? "1" : "0"}>
        <span class="gate-mark" aria-hidden="true">${gate.ok ? icons.check : icons.close}</span>
        <span><b>${gateLabel(gate)}</b><span class="sr">: ${gate.ok ? "terpenuhi" : "belum terpenuhi"}</span><span class="gate-text">${gateText(gate, (intent) => trainer.topics.title(intent))}</span></span></li>`,
    )}</ul>
    ${failed && !trainer.training.mayOverride && detail.state === "candidate" ? html`<p class="hint">Perbaiki kalimat yang memburuk lalu latih lagi, atau minta admin menerbitkannya dengan alasan.</p>` : nothing}
  </section>`;
}

function verdicts(title: string, name: "gains" | "losses", list: readonly Verdict[]): TemplateResult {
  return html`<section class="card verdicts ${name}" aria-labelledby="${name}-title" data-testid=${name}>
    <h3 id="${name}-title" class="part-title">${title} <span class="faint">${number(list.length)} kalimat</span></h3>
    ${list.length ? nothing : html`<p class="hint">${name === "losses" ? "Tidak ada kalimat yang memburuk." : "Belum ada kalimat yang membaik."}</p>`}
    <ul>${list.map(
      (one) => html`<li class="verdict"><p class="verdict-text">${one.text}</p>
        <p class="verdict-line"><span class="was">${verdictText(one.before)}</span> <span aria-hidden="true">→</span><span class="sr">menjadi</span> <span class="now">${verdictText(one.after)}</span></p>
        ${name === "losses" ? html`<p class="hint">Seharusnya: ${verdictText(one.wanted)}</p>` : nothing}</li>`,
    )}</ul>
  </section>`;
}

function conversations(detail: VersionDetail): TemplateResult | typeof nothing {
  if (!detail.conversations.length) return nothing;
  const mark = (right: boolean): TemplateResult => html`<span class="chip ${right ? "mine" : "bad-chip"}">${right ? "Benar" : "Salah"}</span>`;
  return html`<details class="card fold" ?open=${detail.conversations.some((one) => !one.after)}><summary><h3 class="part-title">Percakapan tersimpan <span class="faint">${detail.conversations.filter((one) => one.after).length} dari ${detail.conversations.length} benar</span></h3></summary>
    <div class="table-scroll" tabindex="0" role="group" aria-label="Percakapan tersimpan"><table class="plain-table"><thead><tr><th scope="col">Percakapan</th><th scope="col">Sebelum</th><th scope="col">Sesudah</th></tr></thead>
      <tbody>${detail.conversations.map((one) => html`<tr><th scope="row">${one.name}</th><td>${mark(one.before)}</td><td>${mark(one.after)}</td></tr>`)}</tbody></table></div></details>`;
}

function pictures(detail: VersionDetail): TemplateResult | typeof nothing {
  if (!detail.pictures.length) return nothing;
  return html`<details class="card fold"><summary><h3 class="part-title">Gambar perbandingan <span class="faint">${detail.pictures.length}</span></h3></summary>
    <div class="pictures">${detail.pictures.map((name) => {
      const path = `/api/trainer/v1/versions/${detail.number}/pictures/${encodeURIComponent(name)}`;
      return html`<figure><a href=${path} target="_blank" rel="noopener"><img src=${path} alt=${pictureText(name)} loading="lazy" /></a><figcaption>${pictureText(name)}</figcaption></figure>`;
    })}</div></details>`;
}

function changes(detail: VersionDetail, trainer: Trainer): TemplateResult | typeof nothing {
  if (!detail.changes.length) return nothing;
  return html`<details class="card fold"><summary><h3 class="part-title">Perubahan di dalamnya <span class="faint">${number(detail.changes.length)}</span></h3></summary>
    <ol class="version-changes">${detail.changes.map((change) => html`<li><p><b>${change.by}</b> ${changeText(change, (intent) => trainer.topics.title(intent))}</p>${changeDiff(change)}</li>`)}</ol></details>`;
}
