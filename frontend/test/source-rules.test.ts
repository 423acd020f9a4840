import { readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../src");
const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((name) => extname(name) !== "");
const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const read = (name: string): string => readFileSync(join(ROOT, name), "utf8");

const FORBIDDEN =
  /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|unsafeStatic|unsafeCSS|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe|\beval\(|new Function/;

describe("source rules", () => {
  it.each(files)("%s turns no text into markup or code", (name) => expect(read(name)).not.toMatch(FORBIDDEN));

  it.each(files.filter((name) => name.endsWith(".ts")))("%s stays under 300 lines", (name) => {
    expect(read(name).split("\n").length).toBeLessThan(300);
  });

  it.each(tests)("the tests of %s stay under 300 lines", (name) => {
    expect(readFileSync(join(import.meta.dirname, name), "utf8").split("\n").length).toBeLessThan(300);
  });

  it.each(files.filter((name) => name.endsWith(".ts")))("%s puts no style attribute into a template", (name) => {
    expect(read(name)).not.toMatch(/\sstyle=["'$]/);
  });

  it.each(files.filter((name) => name.includes("state/")))("%s knows no DOM", (name) => {
    expect(read(name)).not.toMatch(/from "lit|document\.|querySelector|HTMLElement/);
  });

  it("the pages hold nothing that a strict Content-Security-Policy refuses", () => {
    for (const name of files.filter((file) => file.endsWith(".html"))) {
      const page = read(name);
      expect(page).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/i);
      expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/i);
      expect(page).not.toMatch(/(src|href)="(https?:)?\/\//i);
    }
  });
});
