import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { visibleRange } from "../../../console/parts/window";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { openView, rowView } from "./sentence-row";

/** Height of a row in pixels; styles/data.css says the same. */
const ROW_HEIGHT = 72;

/** The sentences; of thousands only those in sight are in the page. */
export class TrainerSentenceList extends TrainerElement {
  private range = { first: 0, end: 40 };
  private shown: unknown = null;

  protected override watched(): Emitter[] {
    return [this.trainer.workshop, this.trainer.topics];
  }

  protected override updated(): void {
    const { list, open } = this.trainer.workshop;
    const rows = this.querySelector<HTMLElement>(".sentence-rows");
    rows?.style.setProperty("padding-top", `${this.range.first * ROW_HEIGHT}px`);
    rows?.style.setProperty("padding-bottom", `${Math.max(0, list.sentences.length - this.range.end) * ROW_HEIGHT}px`);
    if (list.wanted !== this.shown) {
      this.shown = list.wanted;
      this.querySelector(".sentence-scroll")?.scrollTo?.(0, 0);
    }
    if (open && !this.querySelector(".sentence-open :focus")) this.querySelector<HTMLElement>(".sentence-open [data-first]")?.focus();
  }

  protected override render(): TemplateResult {
    const { workshop } = this.trainer;
    const { list } = workshop;
    if (!list.sentences.length && list.status === "loading") return spinner("Memuat kalimat…");
    if (!list.sentences.length && list.status === "ready") {
      return emptyState(icons.search, "Tidak ada kalimat", list.wanted.q || list.wanted.warning ? "Coba kata lain, atau lepas saringannya." : "Topik ini belum punya kalimat.");
    }
    const rows = list.sentences.slice(this.range.first, this.range.end);
    return html`<div class="sentence-scroll" @scroll=${(event: Event) => this.scrolled(event.currentTarget as HTMLElement)}>
      ${failure(list.error, () => void list.refresh())}
      <ul class="sentence-rows" data-testid="sentences">
        ${repeat(rows, (sentence) => sentence.id, (sentence) =>
          html`<li>${workshop.open?.id === sentence.id ? openView(sentence, workshop.open, this.trainer) : rowView(sentence, this.trainer, list.wanted.intent === null)}</li>`)}
      </ul>
    </div>`;
  }

  private scrolled(box: HTMLElement): void {
    const { list } = this.trainer.workshop;
    const range = visibleRange(box.scrollTop, box.clientHeight, list.sentences.length, ROW_HEIGHT);
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 20 * ROW_HEIGHT) void list.more();
    if (range.first === this.range.first && range.end === this.range.end) return;
    this.range = range;
    this.requestUpdate();
  }
}
