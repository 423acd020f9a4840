import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { OUTSIDE, type Panel } from "../state/inbox";
import type { GroupDetail } from "../state/types";

/** What can be decided, one key each; above the buttons what a choice still asks for. */
export class TrainerDecision extends TrainerElement {
  private panelBefore: Panel = null;

  protected override watched(): Emitter[] {
    return [this.trainer.inbox, this.trainer.topics];
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { panel } = this.trainer.inbox;
    if (panel === this.panelBefore) return;
    this.panelBefore = panel;
    if (panel === "outside") this.querySelector<HTMLElement>(".outside .choice-button")?.focus();
    if (panel === "send") this.querySelector<HTMLElement>("[name=to]")?.focus();
  }

  protected override render(): TemplateResult {
    const { group } = this.trainer.inbox;
    return html`<div class="decision" role="region" aria-label="Keputusan">${group ? this.content(group) : nothing}</div>`;
  }

  private content(group: GroupDetail): TemplateResult {
    const { inbox } = this.trainer;
    if (group.decided) return html`<div class="decision-row">${this.undo()}</div>`;
    return html`${this.panel(group)}
      <div class="decision-row">
        <button class="button primary" type="button" data-testid="confirm" @click=${() => inbox.decide({ action: "confirm" })}>
          ${icons.check}<span class="ellipsis">Benar: ${group.title}</span><kbd aria-hidden="true">↵</kbd></button>
        ${this.button("topic", "Topik lain", "t")} ${this.button("outside", "Di luar", "x")}
        <span class="decision-rest">
          <button class="button" type="button" data-testid="skip" @click=${() => inbox.decide({ action: "skip" })}>Lewati<kbd aria-hidden="true">s</kbd></button>
          <button class="button" type="button" data-testid="ignore" @click=${() => inbox.decide({ action: "ignore" })}>Abaikan<kbd aria-hidden="true">i</kbd></button>
          ${this.button("send", "Kirim", "k")} ${this.undo()}
        </span>
      </div>`;
  }

  private button(panel: Exclude<Panel, null>, label: string, key: string): TemplateResult {
    const { inbox } = this.trainer;
    return html`<button class="button" type="button" data-testid=${panel} aria-expanded=${inbox.panel === panel ? "true" : "false"} @click=${() => inbox.toggle(panel)}>${label}<kbd aria-hidden="true">${key}</kbd></button>`;
  }

  private undo(): TemplateResult {
    const { decisions } = this.trainer.inbox;
    return html`<button class="button ghost undo" type="button" data-testid="undo" title="Batalkan keputusan terakhir" ?disabled=${!decisions.canUndo} @click=${() => void this.trainer.inbox.undo()}>
      ${icons.undo}<span>Batalkan</span><kbd aria-hidden="true">u</kbd></button>`;
  }

  private panel(group: GroupDetail): TemplateResult | typeof nothing {
    const { inbox } = this.trainer;
    if (inbox.panel === "topic") {
      return html`<div class="decision-panel" data-testid="panel-topic">
        <trainer-topic-search .trainer=${this.trainer} .without=${group.intent} label="Pindahkan ke topik"
          @topic-chosen=${(event: CustomEvent<string>) => inbox.relabelTo(event.detail)} @search-closed=${() => inbox.toggle(null)}></trainer-topic-search>
      </div>`;
    }
    if (inbox.panel === "outside") {
      return html`<div class="decision-panel outside" role="group" aria-label="Di luar layanan" data-testid="panel-outside">
        ${OUTSIDE.map(
          ({ intent, key, title, text }) => html`<button class="choice-button" type="button" data-testid=${intent} @click=${() => inbox.decide({ action: "out_of_scope", intent })}>
            <b>${title} <kbd aria-hidden="true">${key}</kbd></b><span class="faint">${text}</span></button>`,
        )}
      </div>`;
    }
    return inbox.panel === "send" ? this.send() : nothing;
  }

  private send(): TemplateResult {
    const { colleagues } = this.trainer.inbox;
    if (colleagues?.length === 0) return html`<p class="decision-panel hint">Belum ada rekan lain yang boleh melatih bot.</p>`;
    return html`<form class="decision-panel send" data-testid="panel-send" @submit=${(event: SubmitEvent) => this.submitted(event)} @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.trainer.inbox.toggle(null)}>
      <label class="field"><span>Kirim ke</span><select name="to" data-testid="send-to" required>
        ${colleagues === null ? html`<option value="">Memuat…</option>` : colleagues.map((one) => html`<option value=${one.id}>${one.name}</option>`)}</select></label>
      <label class="field grow"><span>Catatan <i>(opsional)</i></span><input name="note" maxlength="200" data-testid="send-note" autocomplete="off" /></label>
      <button class="button primary" type="submit" data-testid="send-submit">${icons.send} Kirim</button>
    </form>`;
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const to = String(data.get("to") ?? "");
    const note = String(data.get("note") ?? "").trim();
    if (to) this.trainer.inbox.decide({ action: "send", to, ...(note ? { note } : {}) });
  }
}
