import { html, nothing, type TemplateResult } from "lit";
import { fullWhen } from "../../../console/state/times";
import { diffView } from "../../parts/diff-view";
import type { Change } from "../../state/types";
import { wordDiff } from "../state/diff";

/** Who changed an answer, when, why and how, with the way back. */
export function answerHistory(changes: readonly Change[], now: Date, undo: (change: Change) => void): TemplateResult {
  if (!changes.length) return html`<p class="hint">Belum pernah diubah lewat konsol ini.</p>`;
  return html`<ol class="history">
    ${changes.map(
      (change) => html`<li data-testid="answer-change">
        <div class="history-head">
          <span
            ><b>${change.by}</b> ${change.undoes ? "membatalkan perubahan" : "mengubah"} · <time datetime=${change.at}>${fullWhen(change.at, now)}</time>${change.version
              ? html` · terbit di versi ${change.version}`
              : html` · belum terbit`}</span
          >
          ${change.canUndo
            ? html`<button class="link" type="button" @click=${() => undo(change)}>Batalkan</button>`
            : change.undoneBy
              ? html`<span class="faint">Sudah dibatalkan</span>`
              : nothing}
        </div>
        ${change.reason ? html`<p class="hint">${change.reason}</p>` : nothing} ${diffView(wordDiff(change.before ?? "", change.after ?? ""))}
      </li>`,
    )}
  </ol>`;
}
