import { html, nothing, type TemplateResult } from "lit";
import { clauseLabel } from "../../../shared/clauses";
import { diffView } from "../../parts/diff-view";
import { pagePath } from "../../state/router";
import { number } from "../../state/words";
import type { PolicyClause } from "../state/policy-store";

const WORDS: Record<string, string> = {
  same: "Tetap",
  changed: "Berubah",
  new: "Baru",
  gone: "Dihapus",
  moved: "Pindah nomor",
  replaced: "Diganti",
};

const name = (id: string): string => clauseLabel(id) ?? id;

/** What a change means for whoever looks after the bot. */
function meaning(clause: PolicyClause): string | null {
  switch (clause.change) {
    case "changed":
      return "Kalimat resminya berubah. Bot menjawab dengan kata-kata sendiri: periksa apakah jawabannya masih benar.";
    case "new":
      return "Belum dilatih. Bot menemukannya lewat pencarian dan mengutip bunyi resminya sampai Anda membuat topik dan jawabannya.";
    case "gone":
      return "Tidak ada lagi di dokumen. Jawaban yang menyebutnya perlu diubah.";
    case "moved":
      return `Isinya sama, nomornya tidak: jawaban bot masih menyebut ${name(clause.movedFrom ?? clause.id)}. Nomor di data/policy/clauses.yml dan jawaban perlu disesuaikan.`;
    case "replaced":
      return "Isi nomor ini lain dari yang dikenal bot. Jawaban yang menyebutnya mungkin salah.";
    default:
      return null;
  }
}

/** A clause with its words that changed, and what is to be looked at because of it. */
export function clauseView(clause: PolicyClause, titleOf: (answer: string) => string): TemplateResult {
  const told = clause.change === "same" ? null : meaning(clause);
  return html`<article class="card clause-card" data-testid="clause-card" data-change=${clause.change}>
    <header class="spread">
      <h2>${name(clause.id)}${clause.title ? html`<span class="faint"> · ${clause.title}</span>` : nothing}</h2>
      <span class="chip change-${clause.change}">${WORDS[clause.change] ?? clause.change}</span>
    </header>
    ${diffView(clause.diff)} ${told ? html`<p class="hint">${told}</p>` : nothing}
    ${told && (clause.answers.length || clause.intent)
      ? html`<p class="clause-links">
          ${clause.answers.length ? html`<span class="faint">Periksa:</span>` : nothing}
          ${clause.answers.map((answer) => html`<a data-testid="clause-answer" href=${pagePath("answers", answer)}>Jawaban ${titleOf(answer)}</a>`)}
          ${clause.intent && clause.sentences
            ? html`<a href=${pagePath("data", clause.intent)}>${number(clause.sentences)} kalimat latih</a>`
            : nothing}
        </p>`
      : nothing}
  </article>`;
}
