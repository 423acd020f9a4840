import { html, nothing, type TemplateResult } from "lit";
import { rankRow } from "../../parts/pieces";
import type { Trainer } from "../../state/trainer";
import { percent } from "../../state/words";
import type { GroupDetail } from "../state/types";

const LISTED = 3;

/** The likeliest topics: each is a button that decides for it. */
export function rankingView(group: GroupDetail, trainer: Trainer): TemplateResult {
  const ranked = group.ranking.slice(0, LISTED);
  return html`<section class="part" aria-labelledby="ranking-title">
    <h3 id="ranking-title">Topik yang paling mungkin</h3>
    ${ranked.length ? nothing : html`<p class="hint">Bot tidak menduga topik apa pun.</p>`}
    <ol class="ranking">
      ${ranked.map(
        (one, index) => html`<li><button class="rank" type="button" data-testid="rank-${index + 1}" ?disabled=${group.decided !== null}
          @click=${() => trainer.inbox.relabelTo(one.intent)}><span class="sr">Pindahkan ke:</span>${rankRow(one, String(index + 1), one.intent === group.intent ? "pilihan bot" : "")}</button></li>`,
      )}
    </ol>
  </section>`;
}

/** What the bot has learned that is most like it. */
export function nearestView(group: GroupDetail): TemplateResult {
  return html`<section class="part" aria-labelledby="nearest-title">
    <h3 id="nearest-title">Kalimat latih terdekat</h3>
    ${group.nearest.length ? nothing : html`<p class="hint">Tidak ada yang mirip.</p>`}
    <ul class="nearest">
      ${group.nearest.map(
        (near) => html`<li><span class="near-text">${near.text}</span><span class="near-meta"><span class="ellipsis">${near.title}</span><span>${percent(near.similarity)} mirip</span></span></li>`,
      )}
    </ul>
  </section>`;
}
