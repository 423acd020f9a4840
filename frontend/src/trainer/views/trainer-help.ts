import { html, nothing, type TemplateResult } from "lit";
import { helpColumns } from "../../console/parts/help-columns";
import { icons } from "../../console/parts/icons";
import { HELP } from "../inbox/state/shortcuts";
import { TrainerElement } from "../parts/trainer-element";

/** The help sheet. */
export class TrainerHelp extends TrainerElement {
  static override properties = { ...TrainerElement.properties, open: { type: Boolean } };

  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    return html`<dialog class="help" aria-labelledby="help-title" data-testid="help-sheet" @close=${() => this.closed()}
      @click=${(event: MouseEvent) => event.target === event.currentTarget && this.querySelector("dialog")?.close()}>
      <div class="dialog-body">
        <header class="dialog-head"><h2 id="help-title">Pintasan keyboard</h2>
          <button class="icon-button small" type="button" aria-label="Tutup" @click=${() => this.querySelector("dialog")?.close()}>${icons.close}</button>
        </header>
        ${helpColumns(HELP)}
        <p class="hint">Pintasan tidak berlaku selama Anda mengetik.</p>
      </div>
    </dialog>`;
  }

  private closed(): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent("help-closed", { bubbles: true }));
  }
}
