import { html, nothing, type TemplateResult } from "lit";
import type { TopicScore } from "../state/types";
import { percentFine, pointsText } from "../state/words";

const change = (topic: TopicScore): number => (topic.after ?? 0) - (topic.before ?? topic.after ?? 0);

/** Each topic before and after, those first that have changed most for the worse. */
export function topicScores(topics: readonly TopicScore[]): TemplateResult | typeof nothing {
  if (!topics.length) return nothing;
  const sorted = [...topics].sort((a, b) => change(a) - change(b));
  const worse = topics.filter((one) => change(one) < -0.0005).length;
  return html`<details class="card fold" data-testid="topic-scores"><summary><h3 class="part-title">Per topik <span class="faint">${worse ? `${worse} turun dari ${topics.length}` : `${topics.length} topik, tidak ada yang turun`}</span></h3></summary>
    <div class="table-scroll" tabindex="0" role="group" aria-label="Ketepatan per topik"><table class="plain-table numbers">
      <thead><tr><th scope="col">Topik</th><th scope="col">Kalimat uji</th><th scope="col">Sebelum</th><th scope="col">Sesudah</th><th scope="col">Selisih</th></tr></thead>
      <tbody>${sorted.map((one) => {
        const points = pointsText(one.before, one.after);
        return html`<tr><th scope="row">${one.title}</th><td>${one.count}</td><td>${percentFine(one.before)}</td><td>${percentFine(one.after)}</td>
          <td><span class="change-mark ${points.startsWith("+") ? "up" : points.startsWith("−") ? "down" : ""}">${points || "–"}</span></td></tr>`;
      })}</tbody></table></div></details>`;
}
