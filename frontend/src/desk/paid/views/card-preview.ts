import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { QuoteFigures } from "../../../shared/paid/cards";
import { paidCardStyles } from "../../../shared/paid/card-styles";
import { quoteFiguresView } from "../../../shared/paid/quote-view";
import { icons } from "../../../console/parts/icons";

/** The quote as the customer will see it in the chat; a root of its own keeps the widget's styles away from the console's. */
export class DeskCardPreview extends LitElement {
  static override styles = [
    css`
      :host {
        --bot: var(--raised);
        --bot-line: var(--line);
        --chip: var(--hover);
        --accent-ink: var(--accent);
        display: block;
      }
      .paid {
        margin: 0;
      }
      .icon {
        display: block;
        width: 1em;
        height: 1em;
      }
    `,
    paidCardStyles,
  ];
  static override properties = { figures: { attribute: false }, reference: {}, need: {}, note: {}, days: {} };
  declare figures: Pick<QuoteFigures, "lines" | "subtotal" | "taxRate" | "tax" | "total">;
  declare reference: string;
  declare need: string;
  declare note: string;
  declare days: string;

  protected override render(): TemplateResult {
    return html`<div class="paid">
      <div class="paid-head">
        <span class="paid-icon" aria-hidden="true">${icons.bill}</span><span class="paid-title">Penawaran</span><span class="paid-reference">${this.reference}</span>
      </div>
      <p class="paid-need">${this.need}</p>
      ${quoteFiguresView(this.figures)} ${this.note.trim() ? html`<p class="paid-note">${this.note.trim()}</p>` : nothing}
      <p class="paid-note">Berlaku ${this.days.trim() || "…"} hari sejak dikirim.</p>
    </div>`;
  }
}
