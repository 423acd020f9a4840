/** A `/word` that ends at the caret and begins the text or follows a blank: the search for a canned reply. */
export interface Slash {
  start: number;
  end: number;
  query: string;
}

export function findSlash(text: string, caret: number): Slash | null {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const query = match[1]!;
  return { start: caret - query.length - 1, end: caret, query };
}

/** `insert` put in place of what stands between `start` and `end`, with blanks between words. */
export function splice(text: string, start: number, end: number, insert: string): { text: string; caret: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const lead = before && !/\s$/.test(before) ? " " : "";
  const trail = after && !/^\s/.test(after) ? " " : "";
  return { text: before + lead + insert + trail + after, caret: (before + lead + insert).length };
}
