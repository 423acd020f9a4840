import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { emptyState } from "../../../console/parts/pieces";
import { fullWhen } from "../../../console/state/times";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { pagePath } from "../../state/router";
import { number, outcomeText, percent, whenWithin } from "../../state/words";
import type { Difference, Understood } from "../state/types";

/** A version that listens and does not answer: what it would have understood otherwise. */
export class TrainerShadow extends TrainerElement {
  protected override watched(): Emitter[] {
    return [this.trainer.studio, this.trainer.clock];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.trainer.onPage("training", () => (this.isConnected ? this.trainer.studio.shadow.load() : Promise.resolve()));
  }

  protected override render(): TemplateResult {
    const { studio, training } = this.trainer;
    const { shadow } = studio;
    const candidate = training.candidate?.state === "candidate" ? training.candidate : null;
    return html`<header class="page-head"><div><h1>Mode bayangan</h1><p class="hint">Versi baru membaca pesan yang sama tanpa menjawab pelanggan. Yang dipahaminya lain tercatat di sini.</p></div>
        <a class="button small" href=${pagePath("training")} data-testid="to-training">${icons.back} Latih & terbitkan</a></header>
      ${failure(shadow.error, () => void shadow.load())}
      ${shadow.version
        ? html`<section class="card shadow-card" data-testid="shadow"><div><h2>Versi ${shadow.version.number} mendengarkan</h2>
            <p class="hint">${shadow.since ? `Sejak ${whenWithin(shadow.since, this.trainer.clock.now)}. ` : ""}${number(shadow.different)} dari ${number(shadow.seen)} pesan dipahami lain${shadow.seen ? ` (${percent(shadow.different / shadow.seen)})` : ""}.</p></div>
            <button class="button" type="button" data-testid="stop-shadow" ?disabled=${studio.busy} @click=${() => void studio.stopListening()}>Hentikan</button></section>
          ${this.differences()}`
        : html`${emptyState(icons.eye, "Belum ada versi yang mendengarkan", candidate ? `Versi ${candidate.number} bisa ikut mendengarkan dulu sebelum diterbitkan.` : "Latih versi baru dulu; setelah itu versi itu bisa ikut mendengarkan.")}
          ${candidate ? html`<div class="buttons centred"><button class="button primary" type="button" data-testid="listen" ?disabled=${training.running || studio.busy} @click=${() => void studio.listen(candidate.number)}>${icons.eye} Mulai dengan versi ${candidate.number}</button></div>` : nothing}`}`;
  }

  private differences(): TemplateResult {
    const { shadow } = this.trainer.studio;
    if (!shadow.differences.length) return emptyState(icons.checks, "Belum ada perbedaan", "Keduanya memahami semua pesan dengan cara yang sama.");
    return html`<ol class="differences">${shadow.differences.map((one) => this.row(one))}</ol>
      ${shadow.hasMore ? html`<button class="button more-button" type="button" @click=${() => void shadow.more()}>Yang lebih lama</button>` : nothing}`;
  }

  private row(difference: Difference): TemplateResult {
    return html`<li class="difference" data-testid="difference">
      <p class="difference-text">${difference.text} <time class="faint" datetime=${difference.at}>${fullWhen(difference.at, this.trainer.clock.now)}</time></p>
      <dl>${side("Sekarang", difference.live)}${side("Versi baru", difference.candidate)}</dl>
    </li>`;
  }
}

const side = (label: string, one: Understood): TemplateResult =>
  html`<div><dt>${label}</dt><dd><b>${one.title}</b> <span class="faint">${outcomeText(one.outcome, one.clauses)}${one.confidence === null ? "" : `, ${percent(one.confidence)}`}</span></dd></div>`;
