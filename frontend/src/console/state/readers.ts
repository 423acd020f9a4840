/** Readers of what a server sends: null, or a plain value, for what is not of the expected shape, so that one bad row spoils nothing else. */
import { isRecord } from "../../shared/protocol";
import type { Me, Presence } from "./types";

export type Wire = Record<string, unknown>;

const PRESENCES: readonly unknown[] = ["online", "away", "offline"];

export const string = (value: unknown): string => (typeof value === "string" ? value : "");
export const stringOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
export const count = (value: unknown): number => (typeof value === "number" && value > 0 ? Math.floor(value) : 0);
export const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);
export const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
export const id = (value: unknown): string => (typeof value === "number" ? String(value) : string(value));

export function readList<T>(value: unknown, read: (one: unknown) => T | null): T[] {
  return Array.isArray(value) ? value.map(read).filter((one): one is Awaited<T> & T => one !== null) : [];
}

export const record = <T>(read: (value: Wire) => T | null) => (value: unknown): T | null => (isRecord(value) ? read(value) : null);

export function readPresence(value: unknown): Presence {
  return PRESENCES.includes(value) ? (value as Presence) : "offline";
}

export const readMe = record<Me>((value) =>
  stringOrNull(id(value.id)) === null
    ? null
    : {
        id: id(value.id),
        username: string(value.username),
        displayName: string(value.display_name) || string(value.username),
        roles: strings(value.roles),
        permissions: strings(value.permissions),
        presence: readPresence(value.presence),
        maxChats: numberOrNull(value.max_chats),
        hasTotp: value.has_totp === true,
      },
);
