import { ENTITIES } from "../../../console/state/labels";
import type { AddedSentence, GroupDetail } from "./types";

/** Data of customers that the server has taken out, such as `[email]`; `[toko.co.id](nama_domain)` marks an entity instead. */
const MASKED = /\[[a-z_ ]+\](?!\()/;

export const isMasked = (text: string): boolean => MASKED.test(text);

export interface DraftSentence {
  /** The message that it is, or null for a rephrased version. */
  message: string | null;
  text: string;
  chosen: boolean;
}

/** The different texts of a group, the one in its middle first; what holds masked data is not chosen. */
export function draftOf(detail: GroupDetail): DraftSentence[] {
  const seen = new Set<string>();
  const middle = detail.messages.find((one) => one.text === detail.text);
  return [...(middle ? [middle] : []), ...detail.messages].flatMap(({ id, text }) => {
    const plain = text.trim();
    if (seen.has(plain)) return [];
    seen.add(plain);
    return [{ message: id, text: plain, chosen: !isMasked(plain) }];
  });
}

/** A sentence with other words is a version of our own, not the message any more. */
export function edited(draft: readonly DraftSentence[], index: number, text: string, original: readonly DraftSentence[]): DraftSentence[] {
  return draft.map((one, at) => {
    if (at !== index) return one;
    const source = original.find((other) => unmarked(other.text) === unmarked(text));
    return { message: source?.message ?? null, text, chosen: text.trim() !== "" && !isMasked(text) };
  });
}

/** What is to be added, in the protocol's words. */
export const chosen = (draft: readonly DraftSentence[]): AddedSentence[] =>
  draft.filter((one) => one.chosen && one.text.trim() !== "" && !isMasked(one.text)).map(({ message, text }) => ({ message, text: text.trim() }));

export const ENTITY_TYPES: readonly string[] = [...ENTITIES.keys()];

/** `text` with what lies between `start` and `end` marked as `type`, as the training data write it; null where that cannot be. */
export function marked(text: string, start: number, end: number, type: string): string | null {
  const raw = text.slice(start, end);
  const value = raw.trim();
  if (!value || /[[\]()]/.test(value)) return null;
  const from = start + raw.indexOf(value);
  const before = text.slice(0, from);
  // Within another mark.
  if (before.lastIndexOf("[") > before.lastIndexOf("]") || before.lastIndexOf("](") > before.lastIndexOf(")")) return null;
  return `${before}[${value}](${type})${text.slice(from + value.length)}`;
}

/** The text without its marks. */
export const unmarked = (text: string): string => text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").trim();
