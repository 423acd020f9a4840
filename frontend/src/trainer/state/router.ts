import { decode } from "../../console/state/router";

export const BASE = "/trainer/";

/** The pages of the console by the first part of their address; what follows it belongs to the page. */
export const SEGMENTS = {
  inbox: "",
  data: "data",
  training: "latih",
  tests: "uji",
  answers: "jawaban",
  policy: "kebijakan",
  trends: "tren",
  account: "akun",
} as const;

export type Page = keyof typeof SEGMENTS;

export interface Route {
  page: Page;
  /** The parts of the address behind the page's own. */
  rest: readonly string[];
  query: URLSearchParams;
}

/** What is open in the inbox has an address of its own, below this word. */
const GROUP = "kelompok";

export function parsePath(path: string): Route {
  const url = new URL(path, "http://trainer");
  const [, , name = "", ...parts] = url.pathname.split("/");
  const rest = parts.filter(Boolean).flatMap((part) => decode(part) ?? []);
  if (name === GROUP) return { page: "inbox", rest, query: url.searchParams };
  const page = (Object.keys(SEGMENTS) as Page[]).find((key) => SEGMENTS[key] === name);
  return page ? { page, rest, query: url.searchParams } : { page: "inbox", rest: [], query: url.searchParams };
}

export function pagePath(page: Page, ...rest: readonly (string | number)[]): string {
  const segment = page === "inbox" && rest.length ? GROUP : SEGMENTS[page];
  return BASE + [segment, ...rest.map((part) => encodeURIComponent(part))].filter(Boolean).join("/");
}
