import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { icons } from "../../../console/parts/icons";
import { TrainerElement } from "../../parts/trainer-element";
import type { Topic } from "../../state/types";
import { clauseLabel } from "../../../shared/clauses";

const SHOWN = 8;

/** A box that finds a topic while one types; `topic-chosen` tells which. */
export class TrainerTopicSearch extends TrainerElement {
  static override properties = { ...TrainerElement.properties, label: {}, without: {}, query: { state: true }, cursor: { state: true } };

  declare label: string;
  /** A topic that makes no sense here. */
  declare without: string | null;
  declare query: string;
  declare cursor: number;

  constructor() {
    super();
    this.label = "Cari topik";
    this.without = null;
    this.query = "";
    this.cursor = 0;
  }

  protected override watched(): Emitter[] {
    return [this.trainer.topics];
  }

  protected override firstUpdated(): void {
    this.querySelector("input")?.focus();
  }

  private get found(): Topic[] {
    return this.trainer.topics.search(this.query).filter((topic) => topic.intent !== this.without).slice(0, SHOWN);
  }

  protected override render(): TemplateResult {
    const { found } = this;
    const active = found[this.cursor];
    return html`<div class="topic-search">
      <div class="search-box">${icons.search}
        <input type="text" role="combobox" aria-label=${this.label} placeholder="Ketik nama topik atau butir, misalnya migrasi atau H13" autocomplete="off" spellcheck="false"
          aria-expanded="true" aria-controls="topic-options" aria-activedescendant=${active ? `topic-${active.intent}` : nothing} data-testid="topic-query"
          .value=${this.query} @input=${(event: Event) => this.typed((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => this.key(event)} />
      </div>
      <ul id="topic-options" class="topic-options" role="listbox" aria-label="Topik">
        ${found.map(
          (topic, index) => html`<li id="topic-${topic.intent}" role="option" class="topic-option" aria-selected=${index === this.cursor ? "true" : "false"} data-testid="topic-option" data-intent=${topic.intent}
            @click=${() => this.choose(topic)}><span class="ellipsis">${topic.title}</span>${topic.clause ? html`<span class="chip clause">${clauseLabel(topic.clause) ?? topic.clause}</span>` : nothing}</li>`,
        )}
      </ul>
      ${found.length ? nothing : html`<p class="hint" role="status">Tidak ada topik dengan kata itu.</p>`}
    </div>`;
  }

  private typed(query: string): void {
    this.query = query;
    this.cursor = 0;
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { found } = this;
    if (step) this.cursor = (this.cursor + step + found.length) % Math.max(1, found.length);
    else if (event.key === "Enter" && found[this.cursor]) this.choose(found[this.cursor]!);
    else if (event.key === "Escape") this.dispatchEvent(new CustomEvent("search-closed", { bubbles: true }));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private choose(topic: Topic): void {
    this.dispatchEvent(new CustomEvent<string>("topic-chosen", { detail: topic.intent, bubbles: true }));
  }
}
