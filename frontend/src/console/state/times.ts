import { formatTime, localDay } from "../../shared/dates";

/** Minutes since `iso`, never negative: clocks differ. */
export function minutesSince(iso: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(iso)) / 60_000)) || 0;
}

/** "baru saja", "4 mnt", "1 j 5 mnt", "2 hari" */
export function duration(minutes: number): string {
  if (minutes < 1) return "< 1 mnt";
  if (minutes < 60) return `${minutes} mnt`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} hari`;
  return minutes % 60 ? `${hours} j ${minutes % 60} mnt` : `${hours} j`;
}

export const waited = (since: string, now: Date): string => duration(minutesSince(since, now));
export const waitingText = (since: string, now: Date): string => `menunggu ${waited(since, now)}`;

export type Urgency = "calm" | "soon" | "late";

/** How pressing a wait is; the colours follow. */
export function urgency(since: string, now: Date): Urgency {
  const minutes = minutesSince(since, now);
  if (minutes >= 10) return "late";
  return minutes >= 3 ? "soon" : "calm";
}

const SHORT_DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short" });
const LONG = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", year: "numeric" });

/** "10.05" today, "Kemarin", "3 Nov", "3 Nov 2025": as little as says it. */
export function shortWhen(iso: string, now: Date): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  if (localDay(iso) === localDay(now.toISOString())) return formatTime(iso);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (localDay(iso) === localDay(yesterday.toISOString())) return "Kemarin";
  return (date.getFullYear() === now.getFullYear() ? SHORT_DAY : LONG).format(date);
}

/** "3 Nov, 10.05" */
export function fullWhen(iso: string, now: Date): string {
  const day = shortWhen(iso, now);
  const time = formatTime(iso);
  return day === time ? time : `${day}, ${time}`;
}
