import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { pagePath } from "../../state/router";
import type { Topic } from "../../state/types";
import { number } from "../../state/words";

/** All topics with what is to be known of their sentences; a choice where there is no room for a list. */
export class TrainerTopics extends TrainerElement {
  protected override watched(): Emitter[] {
    return [this.trainer.topics, this.trainer.router];
  }

  protected override render(): TemplateResult {
    const { topics, error } = this.trainer.topics;
    const current = this.trainer.router.route.rest[0] ?? null;
    const all = topics.reduce((sum, topic) => sum + topic.sentences, 0);
    return html`<nav class="topics" aria-label="Topik">
        <h2 class="topics-title">Topik</h2>
        ${failure(error, () => void this.trainer.topics.load())}
        <ul>
          <li><a class="topic" href=${pagePath("data")} data-testid="topic-all" aria-current=${current === null ? "page" : nothing}><span>Semua topik</span><span class="topic-count">${number(all)}</span></a></li>
          ${topics.map((topic) => html`<li>${this.row(topic, topic.intent === current)}</li>`)}
        </ul>
      </nav>
      <label class="topics-choice"><span class="sr">Topik</span><select class="select" data-testid="topic-choice" @change=${(event: Event) => this.go((event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${current === null}>Semua topik (${number(all)})</option>
        ${topics.map((topic) => html`<option value=${topic.intent} ?selected=${topic.intent === current}>${topic.title} (${number(topic.sentences)})${topic.thin ? ", masih tipis" : ""}</option>`)}
      </select></label>`;
  }

  private row(topic: Topic, current: boolean): TemplateResult {
    return html`<a class="topic" href=${pagePath("data", topic.intent)} data-testid="topic" data-intent=${topic.intent} aria-current=${current ? "page" : nothing}>
      <span class="topic-title"><span class="ellipsis">${topic.title}</span>${topic.clause ? html`<span class="topic-clause">${topic.clause}</span>` : nothing}</span>
      ${topic.thin ? html`<span class="chip warn-chip" title="Kalimatnya masih sedikit">Tipis</span>` : nothing}
      ${topic.warnings ? html`<span class="topic-warn" title="${topic.warnings} peringatan">${icons.warn}<span class="sr">peringatan: </span>${number(topic.warnings)}</span>` : nothing}
      <span class="topic-count">${number(topic.sentences)}</span></a>`;
  }

  private go(intent: string): void {
    this.trainer.router.go(pagePath("data", ...(intent ? [intent] : [])));
  }
}
