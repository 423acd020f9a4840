import { plain } from "../../console/state/labels";
import type { AuditEntry } from "./types";

const ACTIONS = new Map([
  ["account_added", "Akun dibuat"],
  ["account_disabled", "Akun dinonaktifkan"],
  ["account_enabled", "Akun diaktifkan"],
  ["password_set", "Kata sandi diganti admin"],
  ["password_changed", "Kata sandi diganti"],
  ["roles_set", "Peran diubah"],
  ["signed_in", "Masuk"],
  ["sign_in_failed", "Gagal masuk"],
  ["signed_out", "Keluar"],
  ["signed_out_everywhere", "Keluar dari semua perangkat"],
  ["totp_added", "Verifikasi dua langkah diaktifkan"],
  ["totp_removed", "Verifikasi dua langkah dimatikan"],
]);
/** What an administrator looks for when something is wrong. */
const ALARMING: readonly string[] = ["sign_in_failed", "account_disabled", "totp_removed"];

export const actionLabel = (action: string): string => ACTIONS.get(action) ?? plain(action);
export const isAlarming = (action: string): boolean => ALARMING.includes(action);

/** "rina", "Terminal" for the command line, and for a sign-in that failed nobody: who tried is not known. */
export function authorLabel(name: string): string {
  if (name === "cli") return "Terminal";
  return name === "?" ? "Tidak dikenal" : name;
}

/** "agent → agent, admin"; what is of no known shape is left out. */
export function changeText({ before, after }: Pick<AuditEntry, "before" | "after">): string {
  const names = (list: readonly string[]): string => list.join(", ") || "–";
  return after === null ? "" : `${names(before ?? [])} → ${names(after)}`;
}
