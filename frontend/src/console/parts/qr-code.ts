import { svg, html, type TemplateResult } from "lit";
import encodeQr from "qr";

/** Clear modules around the code that ISO/IEC 18004 asks for. */
const QUIET = 4;

/**
 * A QR code of `text`, black on white in every theme, since cameras expect that. `label` is read aloud.
 * It is worked out here, so a secret in `text` goes nowhere.
 */
export function qrCode(text: string, label: string): TemplateResult {
  const rows = encodeQr(text, "raw", { border: QUIET });
  const path = rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return html`<svg class="qr-code" role="img" aria-label=${label} viewBox="0 0 ${rows.length} ${rows.length}" shape-rendering="crispEdges">
    ${svg`<rect width="100%" height="100%" fill="#fff" /><path d=${path} fill="#000" />`}
  </svg>`;
}
