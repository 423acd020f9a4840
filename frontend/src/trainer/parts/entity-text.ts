import { html, type TemplateResult } from "lit";
import { entityLabel } from "../../console/state/labels";

const MARK = /\[([^\]]*)\]\(([^)]*)\)/g;

/** A sentence with its entities shown as such; each piece of plain text knows where it stands, for `selectedSpan`. */
export function entityText(text: string, index = 0): (TemplateResult | string)[] {
  const parts: (TemplateResult | string)[] = [];
  let at = 0;
  const plain = (end: number): void => {
    if (end > at) parts.push(html`<span data-sentence=${index} data-at=${at}>${text.slice(at, end)}</span>`);
  };
  for (const match of text.matchAll(MARK)) {
    plain(match.index);
    parts.push(html`<mark class="entity" title=${entityLabel(match[2]!)}>${match[1]}<span class="entity-name">${entityLabel(match[2]!)}</span></mark>`);
    at = match.index + match[0].length;
  }
  plain(text.length);
  return parts;
}

/** What is selected of a sentence within `root`, in the sentence's own offsets; null where nothing is, or more than one piece. */
export function selectedSpan(root: HTMLElement): { index: number; start: number; end: number } | null {
  const selection = root.ownerDocument.getSelection?.();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const piece = range.startContainer.parentElement?.closest<HTMLElement>("[data-sentence]");
  if (!piece || !root.contains(piece) || !piece.contains(range.endContainer)) return null;
  const before = root.ownerDocument.createRange();
  before.setStart(piece, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(piece.dataset.at) + before.toString().length;
  return { index: Number(piece.dataset.sentence), start, end: start + range.toString().length };
}
