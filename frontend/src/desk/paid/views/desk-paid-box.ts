import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { formatRupiah } from "../../../shared/paid/rupiah";
import { DeskElement } from "../../parts/desk-element";
import { paidPath, pagePath } from "../../state/router";
import { stateChip } from "./pieces";

/** The requests for paid support of one conversation, in its details; nothing where there are none. */
export class DeskPaidBox extends DeskElement {
  static override properties = { ...DeskElement.properties, conversation: { attribute: false } };
  declare conversation: string;

  protected override watched(): Emitter[] {
    return [this.desk.paid.box];
  }

  protected override updated(): void {
    this.desk.paid.box.turnTo(this.conversation);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { rows } = this.desk.paid.box;
    if (!rows.length) return nothing;
    return html`<section data-testid="paid-box">
      <h3>Bantuan berbayar <a class="link" href=${pagePath("paid")}>Papan</a></h3>
      <ul class="paid-box">
        ${rows.map(
          (row) => html`<li><a href=${paidPath(row.id)} data-testid="paid-box-row" data-id=${row.id}>
            <span class="ellipsis">${row.need}</span>
            <span class="paid-box-foot">${stateChip(row)}<span class="faint">${row.total === null ? row.reference : formatRupiah(row.total)}</span></span>
          </a></li>`,
        )}
      </ul>
    </section>`;
  }
}
