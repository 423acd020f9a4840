import { decode } from "../../console/state/router";

export type Page = "inbox" | "search" | "report" | "canned" | "audit" | "account" | "paid";

export interface Route {
  page: Page;
  conversationId: string | null;
  /** The message to be shown, as opposed to the newest one. */
  seq: number | null;
  /** The request for paid support that is open. */
  paidId: string | null;
}

const PATHS: Record<Exclude<Page, "inbox">, string> = { search: "cari", report: "laporan", canned: "balasan", audit: "audit", account: "akun", paid: "berbayar" };

export function parsePath(path: string): Route {
  const url = new URL(path, "http://desk");
  const [, base, name, id] = url.pathname.split("/");
  const route: Route = { page: "inbox", conversationId: null, seq: null, paidId: null };
  if (base !== "desk") return route;
  if (name === "percakapan" && id) {
    const seq = Number(url.searchParams.get("pesan"));
    return { ...route, conversationId: decode(id), seq: Number.isSafeInteger(seq) && seq > 0 ? seq : null };
  }
  const page = (Object.keys(PATHS) as (keyof typeof PATHS)[]).find((key) => PATHS[key] === name);
  if (page === "paid") return { ...route, page, paidId: id ? decode(id) : null };
  return page ? { ...route, page } : route;
}

export const pagePath = (page: Page): string => (page === "inbox" ? "/desk/" : `/desk/${PATHS[page]}`);

export function conversationPath(id: string, seq: number | null = null): string {
  return `/desk/percakapan/${encodeURIComponent(id)}${seq ? `?pesan=${seq}` : ""}`;
}

export const paidPath = (id: string): string => `/desk/berbayar/${encodeURIComponent(id)}`;
