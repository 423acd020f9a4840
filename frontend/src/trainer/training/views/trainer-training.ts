import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { spinner } from "../../../console/parts/pieces";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { pagePath } from "../../state/router";
import { comparisonView } from "./comparison-view";
import { startView } from "./start-view";
import { versionsView } from "./versions-view";

const SHADOW = "bayangan";

/** Training, what has come of it, and which version answers customers. */
export class TrainerTraining extends TrainerElement {
  private shown: string | null = null;

  protected override watched(): Emitter[] {
    const { studio, router, topics, clock } = this.trainer;
    return [studio, router, topics, clock];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.shown = null;
    void this.trainer.studio.versions.load();
  }

  /** The version whose comparison is on screen: the address's, or the candidate. */
  private get number(): number | null {
    const named = Number(this.trainer.router.route.rest[0]);
    if (Number.isSafeInteger(named) && named > 0) return named;
    const { candidate } = this.trainer.training;
    return candidate?.state === "candidate" ? candidate.number : null;
  }

  /** What is known of the candidate so far: it is there before it has been compared. */
  private get known(): string {
    const { candidate } = this.trainer.training;
    return candidate?.number === this.number ? JSON.stringify([candidate?.state, candidate?.scores, candidate?.canPublish]) : "";
  }

  private get shadow(): boolean {
    return this.trainer.router.route.rest[0] === SHADOW;
  }

  protected override willUpdate(): void {
    if (this.trainer.router.route.page !== "training") return;
    const key = this.shadow ? SHADOW : `${this.number ?? ""} ${this.known}`;
    if (key === this.shown) return;
    this.shown = key;
    const { studio } = this.trainer;
    if (this.shadow) void studio.shadow.load();
    else if (this.number !== null) void studio.versions.open(this.number);
  }

  protected override render(): TemplateResult {
    const { studio, training } = this.trainer;
    if (this.shadow) return html`<main class="page" id="main"><div class="page-inner wide"><trainer-shadow .trainer=${this.trainer}></trainer-shadow></div></main>`;
    return html`<main class="page" id="main">
      <div class="page-inner wide">
        <header class="page-head"><h1>Latih & terbitkan</h1>
          ${training.shadow || training.candidate ? html`<a class="button small" href=${pagePath("training", SHADOW)} data-testid="to-shadow">${icons.eye} Mode bayangan</a>` : nothing}</header>
        ${training.status === "idle" ? spinner("Memuat…") : startView(this.trainer)}
        ${this.comparison()}
        ${failure(studio.versions.error, () => void studio.versions.load())} ${versionsView(this.trainer)}
      </div>
      <trainer-publish .trainer=${this.trainer}></trainer-publish>
    </main>`;
  }

  private comparison(): TemplateResult | typeof nothing {
    const { number } = this;
    const { detail, detailError } = this.trainer.studio.versions;
    if (number === null) return nothing;
    if (detailError) return html`${failure(detailError, () => void this.trainer.studio.versions.open(number))}`;
    if (detail?.number !== number) return spinner("Memuat perbandingan…");
    if (detail.scores.outcome === null && this.trainer.training.running) return nothing; // its progress is on screen
    return comparisonView(detail, this.trainer);
  }
}
