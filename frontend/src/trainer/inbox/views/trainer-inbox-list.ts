import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { icons } from "../../../console/parts/icons";
import { shortWhen } from "../../../console/state/times";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { pagePath } from "../../state/router";
import { number, outcomeText, reasonLabel } from "../../state/words";
import { LISTS, REASONS, type Group, type ListName } from "../state/types";

const TABS: Record<ListName, string> = { open: "Terbuka", mine: "Untuk saya", done: "Selesai", ignored: "Diabaikan" };
const EMPTY: Record<ListName, [string, string]> = {
  open: ["Semua sudah diperiksa", "Pesan yang membuat bot ragu muncul di sini, yang paling berguna lebih dulu."],
  mine: ["Tidak ada titipan", "Kelompok yang dikirim rekan kepada Anda muncul di sini."],
  done: ["Belum ada yang diputuskan", "Kelompok yang sudah diputuskan muncul di sini dan bisa dibuka lagi."],
  ignored: ["Tidak ada yang diabaikan", "Yang Anda abaikan, dan yang mirip dengannya, tidak muncul lagi di kotak masuk."],
};

/** The groups of one list. */
export class TrainerInboxList extends TrainerElement {
  protected override watched(): Emitter[] {
    return [this.trainer.inbox, this.trainer.router, this.trainer.clock];
  }

  protected override render(): TemplateResult {
    const { list } = this.trainer.inbox;
    return html`<section class="groups" aria-label="Kelompok pesan">
      <div class="groups-head">
        <h2>Kotak masuk</h2>
        <label class="reason-filter"><span class="sr">Saring menurut alasan</span>
          <select data-testid="reason-filter" @change=${(event: Event) => this.filter((event.target as HTMLSelectElement).value)}>
            <option value="" ?selected=${list.reason === null}>Semua alasan</option>
            ${REASONS.map((reason) => html`<option value=${reason} ?selected=${list.reason === reason}>${reasonLabel(reason)}</option>`)}
          </select></label>
      </div>
      <div class="tabs four" role="group" aria-label="Daftar">${LISTS.map((name) => this.tab(name))}</div>
      <div class="groups-scroll" tabindex="-1">${this.content()}</div>
    </section>`;
  }

  private tab(name: ListName): TemplateResult {
    const { list } = this.trainer.inbox;
    const count = name === "open" ? list.open : list.counts[name];
    return html`<button class="tab" type="button" data-testid="tab-${name}" aria-pressed=${list.list === name ? "true" : "false"} @click=${() => void this.trainer.inbox.show(name)}>
      <span class="tab-count">${number(count)}</span><span class="tab-label">${TABS[name]}</span></button>`;
  }

  private content(): TemplateResult {
    const { list } = this.trainer.inbox;
    const { groups } = list;
    if (!groups.length && list.status === "loading") return spinner("Memuat kotak masuk…");
    if (!groups.length && list.status === "ready") return html`${emptyState(icons.check, ...EMPTY[list.list])}`;
    return html`${failure(list.error, () => void list.refresh())}
      <ul>${repeat(groups, (group) => group.id, (group) => html`<li>${this.row(group)}</li>`)}</ul>
      ${list.hasMore ? html`<button class="button small more-button" type="button" data-testid="more" ?disabled=${list.status === "loading"} @click=${() => void list.more()}>Muat lagi</button>` : nothing}`;
  }

  private row(group: Group): TemplateResult {
    const current = this.trainer.inbox.openId === group.id;
    return html`<a class="group-row" href=${pagePath("inbox", group.id)} data-testid="group-row" data-id=${group.id} aria-current=${current ? "true" : nothing}>
      <span class="group-text">${group.text}</span>
      <span class="group-meta"><span class="ellipsis">${group.suggestsNewTopic ? "Topik baru?" : group.title} · ${outcomeText(group.outcome, group.clauses)}</span>
        <time datetime=${group.newestAt}>${shortWhen(group.newestAt, this.trainer.clock.now)}</time></span>
      <span class="chips">
        ${group.size > 1 ? html`<span class="chip size">${number(group.size)} pesan serupa</span>` : nothing}
        ${group.sentBy ? html`<span class="chip mine">Dari ${group.sentBy}</span>` : nothing}
        ${group.sentTo ? html`<span class="chip">Dikirim ke ${group.sentTo}</span>` : nothing}
        ${group.reasons.map((reason) => html`<span class="chip reason" data-reason=${reason}>${reasonLabel(reason)}</span>`)}
      </span>
    </a>`;
  }

  private filter(reason: string): void {
    this.trainer.inbox.open(null);
    void this.trainer.inbox.list.show(this.trainer.inbox.list.list, reason || null);
  }
}
