import { html, nothing, type TemplateResult } from "lit";
import type { QuoteFigures } from "./cards";
import { formatDecimal, formatRupiah } from "./rupiah";

/** The lines and sums of a quote, as the customer reads them; the console shows the same as a preview. */
export function quoteFiguresView(quote: Pick<QuoteFigures, "lines" | "subtotal" | "taxRate" | "tax" | "total">): TemplateResult {
  const sum = (label: string, amount: number, name: string): TemplateResult =>
    html`<div class="sum ${name}"><dt>${label}</dt><dd data-testid="quote-${name}">${formatRupiah(amount)}</dd></div>`;
  return html`<ul class="lines">
      ${quote.lines.map(
        (line) => html`<li>
          <span class="line-what">${line.what}</span>
          <span class="line-how">${formatDecimal(line.quantity)} ${line.unit} × ${formatRupiah(line.unitPrice)}</span>
          <span class="line-total">${formatRupiah(line.total)}</span>
        </li>`,
      )}
    </ul>
    <dl class="sums">
      ${quote.tax ? sum("Subtotal", quote.subtotal, "subtotal") : nothing}
      ${quote.tax ? sum(`Pajak ${formatDecimal(quote.taxRate)}%`, quote.tax, "tax") : nothing} ${sum("Total", quote.total, "total")}
    </dl>`;
}
