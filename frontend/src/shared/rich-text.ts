/** Splits a message into paragraphs, lists and links: data only, so that nothing can turn into markup. */

export type Inline = { kind: "text"; text: string } | { kind: "link"; href: string; text: string };
export type Block = { kind: "paragraph"; content: Inline[] } | { kind: "list"; items: Inline[][] };

const LIST_ITEM = /^\s*[-\u2022]\s+(\S.*)$/;
// Stops at blanks, quotes, angle brackets, control characters and marks that reverse the reading direction.
const URL_PATTERN = /\bhttps?:\/\/[^\s<>"'`\\\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/giu;
const TRAILING = /[.,;:!?*_~)\]}]$/;

/** Blocks of `text`; a customer's own text is passed with `links: false`. */
export function parseRichText(text: string, options: { links: boolean }): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let items: Inline[][] = [];
  const inline = (line: string): Inline[] => (options.links ? parseLinks(line) : [{ kind: "text", text: line }]);
  const endParagraph = (): void => {
    const body = paragraph.join("\n");
    if (body) blocks.push({ kind: "paragraph", content: inline(body) });
    paragraph = [];
  };
  const endList = (): void => {
    if (items.length) blocks.push({ kind: "list", items });
    items = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const item = LIST_ITEM.exec(line)?.[1];
    if (item !== undefined) {
      endParagraph();
      items.push(inline(item));
    } else if (!line.trim()) {
      endList();
      endParagraph();
    } else {
      endList();
      paragraph.push(line);
    }
  }
  endList();
  endParagraph();
  return blocks;
}

/** Text with its http and https addresses set apart. */
export function parseLinks(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  const pushText = (value: string): void => {
    if (value) parts.push({ kind: "text", text: value });
  };
  for (const match of text.matchAll(URL_PATTERN)) {
    const shown = withoutTrailingMarks(match[0]);
    const href = safeHref(shown);
    if (!href) continue;
    pushText(text.slice(end, match.index));
    parts.push({ kind: "link", href, text: shown });
    end = match.index + shown.length;
  }
  pushText(text.slice(end));
  return parts;
}

function withoutTrailingMarks(url: string): string {
  let result = url;
  while (TRAILING.test(result)) {
    // A closing bracket belongs to the address when it closes one inside it.
    if (result.endsWith(")") && count(result, "(") >= count(result, ")")) break;
    result = result.slice(0, -1);
  }
  return result;
}

const count = (text: string, mark: string): number => text.split(mark).length - 1;

/** The address when it is plain http(s); `https://bank@evil.example` reads as another site and stays text. */
export function safeHref(value: string): string | null {
  try {
    const url = new URL(value);
    const plain = (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password;
    return plain && url.hostname ? url.href : null;
  } catch {
    return null;
  }
}
