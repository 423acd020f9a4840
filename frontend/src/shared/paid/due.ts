import { formatTime } from "../dates";

/** How long something holds, as an Indonesian reader says it. */

const DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric" });
const MINUTE_MS = 60_000;

/** "5 Maret 2026 pukul 16.00" in the time zone of the device; empty for what is no date. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : `${DAY.format(date)} pukul ${formatTime(iso)}`;
}

/** "sisa 3 jam 12 menit"; null once it is over, or where `iso` is no date. A minute that has begun counts whole. */
export function remainingText(iso: string, now: Date): string | null {
  const minutes = Math.ceil((Date.parse(iso) - now.getTime()) / MINUTE_MS);
  if (!(minutes > 0)) return null;
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = days ? [[days, "hari"], [hours, "jam"]] : [[hours, "jam"], [rest, "menit"]];
  return `sisa ${parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}`).join(" ")}`;
}

export const isOver = (iso: string, now: Date): boolean => Date.parse(iso) <= now.getTime();
