/** Ranges of whole days, as `YYYY-MM-DD` in the time zone of the helpdesk. */

export const MAX_DAYS = 366;
export const DEFAULT_ZONE = "Asia/Jakarta";

export interface Range {
  from: string;
  to: string;
}

export interface Preset {
  id: string;
  label: string;
  range: (today: string) => Range;
}

const DAY_MS = 86_400_000;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Days are counted in UTC, where each has 24 hours. */
const stamp = (day: string): number => (ISO_DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN);

export function shift(day: string, days: number): string {
  return new Date(stamp(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Both ends included; not a number for what is no day. */
export function dayCount(range: Range): number {
  return Math.round((stamp(range.to) - stamp(range.from)) / DAY_MS) + 1;
}

/** The day that it is in `zone`; in Jakarta, should the browser not know the zone. */
export function today(now: Date, zone: string): string {
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    const found = new Map(parts.formatToParts(now).map((part) => [part.type, part.value]));
    return `${found.get("year")}-${found.get("month")}-${found.get("day")}`;
  } catch {
    return today(now, DEFAULT_ZONE);
  }
}

export const PRESETS: readonly Preset[] = [
  { id: "today", label: "Hari ini", range: (day) => ({ from: day, to: day }) },
  { id: "week", label: "7 hari", range: (day) => ({ from: shift(day, -6), to: day }) },
  { id: "month", label: "30 hari", range: (day) => ({ from: shift(day, -29), to: day }) },
  { id: "this-month", label: "Bulan ini", range: (day) => ({ from: `${day.slice(0, 8)}01`, to: day }) },
];

/** What is wrong with a range that somebody has typed; null if nothing is. */
export function rangeProblem(range: Range): string | null {
  const days = dayCount(range);
  if (Number.isNaN(days)) return "Isi kedua tanggal.";
  if (days < 1) return "Tanggal akhir harus sama dengan atau setelah tanggal awal.";
  if (days > MAX_DAYS) return `Rentang paling panjang ${MAX_DAYS} hari.`;
  return null;
}

export const sameRange = (a: Range, b: Range): boolean => a.from === b.from && a.to === b.to;

export const rangeQuery = (range: Range): string => `from=${encodeURIComponent(range.from)}&to=${encodeURIComponent(range.to)}`;
