import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { clauseLabel } from "../../../shared/clauses";
import { failure } from "../../parts/pieces";
import { pagePath } from "../../state/router";
import type { AnswersStore } from "../state/answers-store";
import type { Answer } from "../state/types";

/** All answers by their clauses, those to be looked at marked. */
export function answerList(store: AnswersStore): TemplateResult {
  const filter = (event: Event): void => store.filter((event.target as HTMLInputElement).value, store.onlyReview);
  return html`<section class="sheet-list" aria-label="Daftar jawaban">
    <div class="sheet-list-head">
      <h1>Jawaban</h1>
      <label class="search-box small"
        ><span class="sr">Cari jawaban</span>${icons.search}<input type="search" placeholder="Cari jawaban" .value=${store.query} @input=${filter}
      /></label>
      ${store.toReview || store.onlyReview
        ? html`<button
            class="chip toggle"
            type="button"
            data-testid="only-review"
            aria-pressed=${store.onlyReview ? "true" : "false"}
            @click=${() => store.filter(store.query, !store.onlyReview)}
          >
            Perlu diperiksa (${store.toReview})
          </button>`
        : nothing}
    </div>
    <div class="sheet-list-scroll">
      ${store.error ? failure(store.error, () => void store.load()) : nothing}
      ${store.status === "idle" ? spinner("Memuat jawaban…") : nothing}
      ${store.status === "ready" && !store.shown.length ? emptyState(icons.search, "Tidak ada yang cocok", "Coba kata lain, atau tampilkan semua.") : nothing}
      <ul>
        ${store.shown.map((answer) => html`<li>${row(store, answer)}</li>`)}
      </ul>
    </div>
  </section>`;
}

function row(store: AnswersStore, answer: Answer): TemplateResult {
  return html`<a
    class="sheet-row"
    data-testid="answer-row"
    href=${pagePath("answers", answer.name)}
    aria-current=${answer.name === store.openName ? "true" : nothing}
  >
    <span class="sheet-row-title"
      ><b class="ellipsis">${answer.title}</b>${answer.clause ? html`<span class="chip clause">${clauseLabel(answer.clause) ?? answer.clause}</span>` : nothing}</span
    >
    <span class="sheet-row-text">${answer.variants[0]?.text ?? ""}</span>
    ${answer.review || store.hasDraft(answer.name)
      ? html`<span class="chips"
          >${answer.review ? html`<span class="chip warn-chip">Perlu diperiksa</span>` : nothing}${store.hasDraft(answer.name)
            ? html`<span class="chip">Belum disimpan</span>`
            : nothing}</span
        >`
      : nothing}
  </a>`;
}
