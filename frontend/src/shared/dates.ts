/** Dates as an Indonesian customer reads them, in the time zone of the device. */

const TIME = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric" });

const parse = (iso: string): Date | null => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** "09.05", or an empty string when the date cannot be read. */
export function formatTime(iso: string): string {
  const date = parse(iso);
  return date ? TIME.format(date).replace(":", ".") : "";
}

/** "2026-11-21" of the local day: the key under which messages are grouped. */
export function localDay(iso: string): string {
  const date = parse(iso);
  if (!date) return "";
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** "Hari ini", "Kemarin" or "21 November 2026". */
export function formatDay(iso: string, now: Date): string {
  const date = parse(iso);
  if (!date) return "";
  const day = localDay(iso);
  if (day === localDay(now.toISOString())) return "Hari ini";
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day === localDay(yesterday.toISOString())) return "Kemarin";
  return DAY.format(date);
}
