import { html, LitElement, type TemplateResult } from "lit";

/** Stands in until the figures are built. */
export class DeskReport extends LitElement {
  protected override render(): TemplateResult {
    return html`<p>Laporan belum tersedia.</p>`;
  }
}

if (!customElements.get("desk-report")) customElements.define("desk-report", DeskReport);
