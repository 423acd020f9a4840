import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../console/parts/icons";
import type { Emitter } from "../../shared/emitter";
import { progressBar } from "../parts/pieces";
import { TrainerElement } from "../parts/trainer-element";
import { jobTitle, remainingText } from "../state/job-words";
import { pagePath } from "../state/router";
import { isActive } from "../state/types";
import { number } from "../state/words";

/** On every page: what is not published yet, and what is being worked at. */
export class TrainerBar extends TrainerElement {
  protected override watched(): Emitter[] {
    return [this.trainer.training, this.trainer.router];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { training } = this.trainer;
    if (isActive(training.job)) return this.progress();
    if (training.status === "failed") {
      return html`<div class="banner" role="status" data-testid="offline">${icons.warn} <span>Data terbaru belum dapat dimuat. Kami mencoba lagi terus.</span></div>`;
    }
    if (this.trainer.router.route.page === "training") return nothing;
    if (training.candidate?.state === "candidate") return this.candidate(training.candidate.number);
    if (training.unpublished === 0) return nothing;
    return html`<div class="work-bar" role="status" data-testid="unpublished">
      <span><b>${number(training.unpublished)} perubahan</b> belum diterbitkan</span>
      <a class="button small primary" href=${pagePath("training")} data-testid="go-train">Latih & terbitkan</a>
    </div>`;
  }

  private candidate(version: number): TemplateResult {
    return html`<div class="work-bar" role="status" data-testid="candidate-ready">
      <span><b>Versi ${version}</b> sudah dilatih dan menunggu diterbitkan</span>
      <a class="button small primary" href=${pagePath("training")} data-testid="go-train">Lihat perbandingan</a>
    </div>`;
  }

  private progress(): TemplateResult {
    const job = this.trainer.training.job!;
    const here = this.trainer.router.route.page === "training";
    return html`<div class="work-bar working" data-testid="job">
      <span class="work-words"><b>${jobTitle(job)}</b><span class="ellipsis">${job.stage}</span></span>
      ${progressBar(job.percent, `${jobTitle(job)}: ${job.stage}`)}
      <span class="work-left faint">${job.percent}%${job.remaining === null ? "" : `, ${remainingText(job.remaining)}`}</span>
      ${here ? nothing : html`<a class="button small" href=${pagePath("training")}>Lihat</a>`}
    </div>`;
  }
}
