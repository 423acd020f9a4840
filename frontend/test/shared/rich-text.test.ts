import { describe, expect, it } from "vitest";
import { parseLinks, parseRichText, safeHref, type Inline } from "../../src/shared/rich-text";

const links = (text: string): string[] =>
  parseLinks(text).flatMap((part) => (part.kind === "link" ? [part.text] : []));
const joined = (parts: Inline[]): string => parts.map((part) => part.text).join("");

const HOSTILE = [
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "javascript:alert(1)",
  "data:text/html,<b>x</b>",
  "https://",
  "http://[::bad",
  'https://a.example/"onmouseover="alert(1)',
  "${alert(1)} <!-- --> ?{{x}}",
  "\u202ehttps://evil.example/\u202egnp.exe",
  "https://masternet.co.id@evil.example/",
  "x".repeat(5000) + "https://a.example/" + "(".repeat(500) + ")".repeat(800),
];

describe("links", () => {
  it.each([
    ["lihat https://a.example/x.", ["https://a.example/x"]],
    ["(https://a.example/x)", ["https://a.example/x"]],
    ["https://id.wikipedia.org/wiki/A_(b) dan", ["https://id.wikipedia.org/wiki/A_(b)"]],
    ["http://a.example, https://b.example/?q=1&r=2#t!", ["http://a.example", "https://b.example/?q=1&r=2#t"]],
    ["**https://a.example/x**", ["https://a.example/x"]],
    ["ftp://a.example javascript:alert(1) www.a.example", []],
    ["https://user:pass@evil.example/ https://bank.example@evil.example", []],
  ])("finds the addresses in %j", (text, expected) => expect(links(text)).toEqual(expected));

  it.each(HOSTILE)("keeps every character of %j, and links to http(s) only", (text) => {
    const parts = parseLinks(text);
    expect(joined(parts)).toBe(text);
    for (const part of parts) if (part.kind === "link") expect(part.href).toMatch(/^https?:\/\/[^@"<>\s]+$/);
  });

  it("stops an address at marks that reverse the reading direction", () => {
    expect(links("https://a.example/\u202egnp.exe")).toEqual(["https://a.example/"]);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", "", "https://u@a.example"])(
    "refuses %j",
    (value) => expect(safeHref(value)).toBeNull(),
  );
});

describe("blocks", () => {
  it("splits paragraphs and lists", () => {
    expect(parseRichText("Begini:\n- satu\n• dua\nSelesai.", { links: true })).toEqual([
      { kind: "paragraph", content: [{ kind: "text", text: "Begini:" }] },
      { kind: "list", items: [[{ kind: "text", text: "satu" }], [{ kind: "text", text: "dua" }]] },
      { kind: "paragraph", content: [{ kind: "text", text: "Selesai." }] },
    ]);
  });

  it("keeps newlines, and a dash inside a line", () => {
    const [block] = parseRichText("a\r\nb - c\n-d", { links: true });
    expect(block).toEqual({ kind: "paragraph", content: [{ kind: "text", text: "a\nb - c\n-d" }] });
  });

  it("begins a new paragraph at blank lines", () => {
    expect(parseRichText("\na\r\n \n\nb\n- c\n\nd\n", { links: true })).toEqual([
      { kind: "paragraph", content: [{ kind: "text", text: "a" }] },
      { kind: "paragraph", content: [{ kind: "text", text: "b" }] },
      { kind: "list", items: [[{ kind: "text", text: "c" }]] },
      { kind: "paragraph", content: [{ kind: "text", text: "d" }] },
    ]);
  });

  it("makes no links in a customer's text", () => {
    const [block] = parseRichText("https://a.example", { links: false });
    expect(block).toEqual({ kind: "paragraph", content: [{ kind: "text", text: "https://a.example" }] });
  });
});
