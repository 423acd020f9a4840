import { html, nothing, type TemplateResult } from "lit";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { icons } from "../../../console/parts/icons";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { number, outcomeText, percent, reasonLabel, whenWithin } from "../../state/words";
import type { GroupDetail } from "../state/types";
import { conversationView } from "./conversation-view";
import { decidedView } from "./decided-view";
import { nearestView, rankingView } from "./understanding-view";
import type { TrainerSentences } from "./trainer-sentences";

/** All that is known of the open group, and below it what can be decided. */
export class TrainerGroup extends TrainerElement {
  private shown: string | null = null;

  protected override watched(): Emitter[] {
    return [this.trainer.inbox, this.trainer.router, this.trainer.topics, this.trainer.clock];
  }

  /** Marks the selected text of a sentence as an entity. */
  mark(): void {
    this.querySelector<TrainerSentences>("trainer-sentences")?.mark();
  }

  protected override updated(): void {
    const { openId } = this.trainer.inbox;
    if (openId === this.shown) return;
    this.shown = openId;
    const scroll = this.querySelector(".group-scroll");
    if (scroll) scroll.scrollTop = 0;
  }

  protected override render(): TemplateResult {
    const { inbox } = this.trainer;
    const { openId, group } = inbox;
    if (openId === null) return html`<section class="group">${emptyState(icons.tray, "Pilih satu kelompok", "Pesan pelanggan yang serupa diputuskan sekaligus.")}</section>`;
    if (group) return this.group(group);
    if (!inbox.details.error) return html`<section class="group">${this.back()}${spinner("Memuat kelompok…")}</section>`;
    return html`<section class="group">${this.back()}${emptyState(icons.info, "Tidak dapat dibuka", inbox.details.error)}
      <div class="buttons centred"><button class="button" type="button" data-testid="to-list" @click=${() => inbox.open(null)}>Ke daftar</button></div></section>`;
  }

  private group(group: GroupDetail): TemplateResult {
    const { trainer } = this;
    return html`<section class="group" data-testid="group" data-id=${group.id} aria-label="Kelompok yang dibuka">
      <div class="group-scroll">
        <div class="group-inner">
          ${this.head(group)}
          ${group.note || group.sentBy ? this.sentNote(group) : nothing} ${decidedView(group, trainer)}
          ${group.suggestsNewTopic ? this.newTopic(group) : nothing}
          <div class="understanding">${rankingView(group, trainer)} ${nearestView(group)}</div>
          <trainer-sentences .trainer=${trainer}></trainer-sentences>
          ${conversationView(group, trainer)}
        </div>
      </div>
      <trainer-decision .trainer=${trainer}></trainer-decision>
    </section>`;
  }

  private head(group: GroupDetail): TemplateResult {
    return html`<header class="group-head">
      ${this.back()}
      <div class="group-title">
        <h2 data-testid="group-text">${group.text}</h2>
        <p class="hint">Bot: <b>${outcomeText(group.outcome, group.clauses)}</b>${group.confidence === null ? "" : `, yakin ${percent(group.confidence)}`} ·
          ${group.size > 1 ? `${number(group.size)} pesan serupa` : "1 pesan"} · terakhir ${whenWithin(group.newestAt, this.trainer.clock.now)}</p>
        <div class="chips">${group.reasons.map((reason) => html`<span class="chip reason" data-reason=${reason}>${reasonLabel(reason)}</span>`)}</div>
      </div>
    </header>`;
  }

  private back(): TemplateResult {
    return html`<button class="icon-button back" type="button" aria-label="Kembali ke daftar" @click=${() => this.trainer.inbox.open(null)}>${icons.back}</button>`;
  }

  private sentNote(group: GroupDetail): TemplateResult {
    const who = group.sentBy ? `Titipan ${group.sentBy}` : group.sentTo ? `Dikirim ke ${group.sentTo}` : "Catatan";
    return html`<p class="notice note" data-testid="sent-note">${icons.note}<span><b>${who}</b>${group.note ? `: ${group.note}` : ""}</span></p>`;
  }

  private newTopic(group: GroupDetail): TemplateResult {
    return html`<div class="notice new-topic" data-testid="new-topic">${icons.spark}<div><b>Mungkin topik baru.</b>
      Pesan-pesan ini tidak mirip topik mana pun. Bila memang belum ada jawabannya, beri tahu pengembang; sampai itu, lewati atau kirim ke rekan.
      ${group.words.length ? html`<p class="words">Kata yang menonjol: ${group.words.map((word) => html`<span class="chip">${word}</span>`)}</p>` : nothing}</div></div>`;
  }
}
