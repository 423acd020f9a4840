import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { outcomeText } from "../../state/words";
import type { KeptConversation, KeptMessage, KeptTurn, Result } from "../state/types";

export interface RowActions {
  titleOf(intent: string): string;
  edit(kept: KeptConversation): void;
  deleteConversation(kept: KeptConversation): void;
  deleteMessage(kept: KeptMessage): void;
}

/** "Benar", "Salah", "Belum dijalankan": a word beside the colour. */
export function verdictChip(right: boolean | null): TemplateResult {
  if (right === null) return html`<span class="chip" data-testid="verdict">Belum dijalankan</span>`;
  return right
    ? html`<span class="chip right" data-testid="verdict">${icons.check} Benar</span>`
    : html`<span class="chip wrong" data-testid="verdict">${icons.close} Salah</span>`;
}

const wanted = (outcomes: readonly string[], clauses: readonly string[]): string =>
  outcomes.map((outcome, index) => outcomeText(outcome, index === 0 ? clauses : [])).join(" atau ");

/** Expected against actual; what is as expected is said once. */
function compared(expected: string, result: Result | null, titleOf: (intent: string) => string): TemplateResult {
  if (!result || result.right) return html`<p class="expected"><span class="faint">Harapan</span> ${expected}</p>`;
  const { outcome, clauses, intent } = result.actual;
  return html`<p class="expected"><span class="faint">Harapan</span> ${expected}</p>
    <p class="expected bad" data-testid="actual">
      <span class="faint">Hasil</span> ${outcome ? outcomeText(outcome, clauses) : "Bot tidak menjawab"}${intent ? html` <span class="faint">(${titleOf(intent)})</span>` : nothing}
    </p>`;
}

export function messageRow(kept: KeptMessage, result: Result | null, actions: RowActions): TemplateResult {
  return html`<li class="kept-row" data-testid="kept-message">
    <div class="kept-main">
      <p class="kept-text">${kept.text}</p>
      ${compared(wanted(kept.outcomes, kept.clauses), result, actions.titleOf)}
    </div>
    ${verdictChip(result?.right ?? null)}
    <button class="icon-button small" type="button" aria-label="Hapus uji ini" @click=${() => actions.deleteMessage(kept)}>${icons.trash}</button>
  </li>`;
}

export function conversationRow(kept: KeptConversation, verdict: boolean | null, results: readonly Result[], actions: RowActions): TemplateResult {
  return html`<li data-testid="kept-conversation">
    <details class="kept-conversation" ?open=${verdict === false}>
      <summary>
        <span class="kept-name">${kept.name}</span><span class="faint kept-count">${kept.turns.length} pesan</span>${verdictChip(verdict)}
      </summary>
      <ol class="kept-turns">
        ${kept.turns.map((turn, index) => turnRow(turn, verdict === null ? null : (results[index] ?? null), actions))}
      </ol>
      <div class="buttons">
        <button class="button small" type="button" data-testid="edit-conversation" @click=${() => actions.edit(kept)}>${icons.edit} Perbaiki</button>
        <button class="button small ghost" type="button" @click=${() => actions.deleteConversation(kept)}>${icons.trash} Hapus</button>
      </div>
    </details>
  </li>`;
}

function turnRow(turn: KeptTurn, result: Result | null, actions: RowActions): TemplateResult {
  const button = /^\/(\w+)$/.exec(turn.text);
  return html`<li class=${result && !result.right ? "wrong" : ""}>
    <p class="kept-text">${button ? html`<span class="chip">Tombol</span> ${actions.titleOf(button[1]!)}` : turn.text}</p>
    ${compared(wanted([turn.outcome], turn.clauses), result, actions.titleOf)}
  </li>`;
}
