/** Numbers, times and days as the team lead reads them. */

const WHOLE = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 0 });
const TENTH = new Intl.NumberFormat("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat("id-ID", { style: "percent", maximumFractionDigits: 0 });
const SHORT_DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", timeZone: "UTC" });
const WEEKDAY = new Intl.DateTimeFormat("id-ID", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const LONG_DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Stands for what is not known, so that nobody takes it for zero. */
export const NOTHING = "–";

export const count = (value: number): string => WHOLE.format(value);
export const score = (value: number | null): string => (value === null ? NOTHING : TENTH.format(value));
export const percent = (part: number, whole: number): string => (whole ? PERCENT.format(part / whole) : NOTHING);

/** "45 dtk", "3 mnt 20 dtk", "1 j 5 mnt", "2 hari 3 j": the two largest units. */
export function duration(seconds: number | null): string {
  if (seconds === null) return NOTHING;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} dtk`;
  if (whole < 3600) return two(Math.floor(whole / 60), "mnt", whole % 60, "dtk");
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return two(Math.floor(minutes / 60), "j", minutes % 60, "mnt");
  const hours = Math.round(whole / 3600);
  return two(Math.floor(hours / 24), "hari", hours % 24, "j");
}

const two = (large: number, unit: string, small: number, smaller: string): string =>
  small ? `${large} ${unit} ${small} ${smaller}` : `${large} ${unit}`;

const date = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** "2 Mar" */
export const shortDay = (day: string): string => SHORT_DAY.format(date(day));
/** "Sen, 2 Mar" */
export const weekday = (day: string): string => WEEKDAY.format(date(day));

/** "2 Maret 2026", or "2 Maret 2026 – 4 Maret 2026" */
export function rangeText(from: string, to: string): string {
  const [first, last] = [LONG_DAY.format(date(from)), LONG_DAY.format(date(to))];
  return from === to ? first : `${first} – ${last}`;
}

/** "4 Mar 2026, 14.05" in `zone`; empty where the browser does not know the zone or the moment is none. */
export function moment(iso: string, zone: string): string {
  try {
    const options = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" } as const;
    return new Intl.DateTimeFormat("id-ID", { ...options, hourCycle: "h23", timeZone: zone }).format(new Date(iso));
  } catch {
    return "";
  }
}
