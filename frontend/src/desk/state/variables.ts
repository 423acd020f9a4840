import type { Detail } from "./types";

/** The variables of a canned reply, and what an agent reads where one has no value yet. */
export const VARIABLES: Readonly<Record<string, string>> = {
  nama_pelanggan: "nama pelanggan",
  nama_staf: "nama staf",
  nama_domain: "nama domain",
  nomor_invoice: "nomor invoice",
  salam: "salam",
};

const LABELS: Readonly<Record<string, RegExp>> = {
  nama_domain: /domain/i,
  nomor_invoice: /invoice|faktur|tagihan/i,
};

export function salutation(now: Date): string {
  const hour = now.getHours() + now.getMinutes() / 60;
  if (hour >= 4 && hour < 11) return "Selamat pagi";
  if (hour >= 11 && hour < 15) return "Selamat siang";
  if (hour >= 15 && hour < 18.5) return "Selamat sore";
  return "Selamat malam";
}

/** `text` with its variables filled in; one that has no value becomes "[nama domain]", for the agent to replace. */
export function fillVariables(text: string, detail: Detail | null, agentName: string, now: Date): string {
  const found = (name: string): string | null => {
    if (name === "nama_pelanggan") return detail?.contactName ?? null;
    if (name === "nama_staf") return agentName || null;
    if (name === "salam") return salutation(now);
    const wanted = LABELS[name];
    // The one mentioned last is the one that is talked about.
    const entities = wanted ? (detail?.entities ?? []).filter((entity) => wanted.test(entity.label)) : [];
    return entities.at(-1)?.value ?? null;
  };
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const blank = VARIABLES[name];
    return blank === undefined ? whole : (found(name) ?? `[${blank}]`);
  });
}

const BLANK = new RegExp(`\\[(?:${Object.values(VARIABLES).join("|")})\\]`);

/** Where in `text` something is still to be filled in. */
export function findBlank(text: string): { start: number; end: number; label: string } | null {
  const match = BLANK.exec(text);
  return match ? { start: match.index, end: match.index + match[0].length, label: match[0].slice(1, -1) } : null;
}
