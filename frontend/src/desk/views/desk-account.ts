import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { Alarm } from "../parts/alarm";
import { DeskElement } from "../parts/desk-element";

/** The account page, with what the desk lets its user be told of. */
export class DeskAccount extends DeskElement {
  protected override watched(): Emitter[] {
    return [this.desk.preferences];
  }

  protected override render(): TemplateResult {
    return html`<console-account .host=${this.desk} .extra=${this.alerts()}></console-account>`;
  }

  private alerts(): TemplateResult {
    const { preferences } = this.desk;
    return html`<section class="card"><h2>Pemberitahuan di peramban ini</h2>
      <label class="check"><input type="checkbox" data-testid="sound-check" .checked=${!preferences.muted} @change=${() => (preferences.muted = !preferences.muted)} /> Bunyi saat ada yang menunggu atau membalas</label>
      <label class="check"><input type="checkbox" data-testid="notify-check" .checked=${preferences.notifications} ?disabled=${!Alarm.canNotify}
        @change=${(event: Event) => void this.wantNotifications(event.target as HTMLInputElement)} /> Pemberitahuan sistem saat tab ini tidak terlihat</label>
      ${Alarm.canNotify ? nothing : html`<p class="hint">Peramban ini tidak mengizinkan pemberitahuan dari halaman ini.</p>`}
    </section>`;
  }

  private async wantNotifications(box: HTMLInputElement): Promise<void> {
    this.desk.preferences.notifications = box.checked && (await Alarm.askToNotify());
    box.checked = this.desk.preferences.notifications;
  }
}
