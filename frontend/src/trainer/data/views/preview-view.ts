import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { rankRow } from "../../parts/pieces";
import type { Warning } from "../../state/types";
import { warningLabel } from "../../state/words";
import type { PreviewStore } from "../state/preview-store";

const MEANING: Record<string, string> = {
  duplicate: "Topik ini sudah memuat kalimat yang sama.",
  near_duplicate: "Hampir sama dengan kalimat di topik lain; bot bisa bingung.",
  suspect: "Saat diuji silang, bot yakin kalimat ini milik topik lain.",
  leak: "Kalimat ini ada di kumpulan penilaian. Melatihnya membuat nilai tampak lebih baik dari kenyataan.",
};

/** A warning as a mark, or in full words. */
export function warningView(warning: Warning, full: boolean): TemplateResult {
  const { kind, other } = warning;
  const where = other?.title ?? null;
  const mark = html`<span class="chip warn-chip" data-testid="warning" data-kind=${kind} title=${MEANING[kind] ?? ""}>${icons.warn}${warningLabel(kind)}${where && !full ? `: ${where}` : ""}</span>`;
  if (!full) return mark;
  return html`${mark}<span class="warning-words">${MEANING[kind] ?? ""}${other?.text ? html` “${other.text}”` : nothing}${where ? html` <b>${where}</b>` : nothing}</span>`;
}

/** What a sentence that is being written would mean. */
export function previewView(store: PreviewStore, intent: string | null): TemplateResult {
  const { preview, waiting } = store;
  return html`<div class="preview" role="status" aria-live="polite" data-testid="preview">
    ${waiting && !preview ? html`<p class="hint">Memeriksa…</p>` : nothing}
    ${preview?.warnings.map((warning) => html`<p class="sentence-meta">${warningView(warning, true)}</p>`)}
    ${preview?.ranking.length ? html`<p class="hint">Menurut bot yang sekarang:</p><ul class="preview-ranking">${preview.ranking.slice(0, 3).map((one) => html`<li class="preview-rank">${rankRow(one, null, one.intent === intent ? "topik ini" : "")}</li>`)}</ul>` : nothing}
  </div>`;
}
