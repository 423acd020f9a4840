import { html, type TemplateResult } from "lit";
import { TrainerElement } from "../../parts/trainer-element";
import "./trends-report";

/** How well the bot does; loaded only when it is looked at, as its charts are large. */
export class TrainerTrends extends TrainerElement {
  protected override render(): TemplateResult {
    return html`<main class="page report" id="main"><trends-report .store=${this.trainer.trends}></trends-report></main>`;
  }
}

if (!customElements.get("trainer-trends")) customElements.define("trainer-trends", TrainerTrends);
