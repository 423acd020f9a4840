import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { fullWhen } from "../../../console/state/times";
import type { Emitter } from "../../../shared/emitter";
import { changeDiff } from "../../parts/change-diff";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import type { Change } from "../../state/types";
import { changeText } from "../state/change-words";

/** What was changed by whom, and the way back. */
export class TrainerChanges extends TrainerElement {
  protected override watched(): Emitter[] {
    return [this.trainer.workshop, this.trainer.topics, this.trainer.clock];
  }

  protected override render(): TemplateResult {
    const { changes } = this.trainer.workshop;
    if (!changes.changes.length && changes.status === "ready") return emptyState(icons.clock, "Belum ada perubahan", "Setiap perubahan kalimat, jawaban, dan uji tercatat di sini dan bisa dibatalkan.");
    if (!changes.changes.length && changes.status !== "failed") return spinner("Memuat riwayat…");
    return html`<div class="changes-scroll">
      ${failure(changes.error, () => void changes.load())}
      <ol class="changes">${changes.changes.map((change) => this.row(change))}</ol>
      ${changes.hasMore ? html`<button class="button more-button" type="button" data-testid="more-changes" ?disabled=${changes.status === "loading"} @click=${() => void changes.more()}>Yang lebih lama</button>` : nothing}
    </div>`;
  }

  private row(change: Change): TemplateResult {
    return html`<li class="change" data-testid="change" data-number=${change.number}>
      <div class="change-main">
        <p class="change-head"><b>${change.by}</b> ${changeText(change, (intent) => this.trainer.topics.title(intent))}
          <span class="faint">· no. ${change.number} · <time datetime=${change.at}>${fullWhen(change.at, this.trainer.clock.now)}</time></span></p>
        ${changeDiff(change)}
        ${change.reason ? html`<p class="hint">Alasan: ${change.reason}</p>` : nothing}
      </div>
      <div class="change-side">
        ${change.undoneBy === null ? nothing : html`<span class="chip">Dibatalkan</span>`}
        ${change.version === null ? html`<span class="chip state queue">Belum terbit</span>` : html`<span class="chip">Versi ${change.version}</span>`}
        ${change.canUndo ? html`<button class="button small" type="button" data-testid="undo-change" ?disabled=${this.trainer.workshop.busy} @click=${() => void this.trainer.workshop.undo(change)}>${icons.undo} Batalkan<span class="sr"> perubahan no. ${change.number}</span></button>` : nothing}
      </div>
    </li>`;
  }
}
