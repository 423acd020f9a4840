import { base, type Picture, pieces, type Tone } from "../../../console/charts/picture";
import { count, shortDay, weekday } from "../../../console/charts/format";
import type { Week } from "../state/types";

type Part = Exclude<keyof Week, "from" | "all">;

const PARTS: readonly { key: Part; label: string; tone: Tone }[] = [
  { key: "right", label: "Terjawab", tone: "good" },
  { key: "askedBack", label: "Bertanya balik", tone: "main" },
  { key: "refused", label: "Ditolak", tone: "second" },
  { key: "handedOff", label: "Dialihkan ke staf", tone: "bad" },
  { key: "other", label: "Lainnya", tone: "quiet" },
];

const whole = (share: number): string => `${Math.round(share * 100)}%`;

/** What became of the messages of each week, as shares. */
export function sharesPicture(weeks: readonly Week[]): Picture {
  const last = weeks.at(-1);
  return {
    title: "Pesan pelanggan per pekan",
    note: "Terjawab: bot menjawab, dan tidak ada tanda sesudahnya bahwa jawabannya keliru. Pekan terakhir belum selesai.",
    summary: last ? `Bagian pesan menurut hasilnya, ${weeks.length} pekan. Pekan terakhir: ${whole(last.right)} terjawab.` : "Belum ada data.",
    empty: weeks.every((week) => week.all === 0),
    legend: PARTS.map(({ label, tone }) => ({ label, tone })),
    table: {
      head: ["Pekan mulai", "Pesan", ...PARTS.map(({ label }) => label)],
      rows: weeks.map((week) => [weekday(week.from), count(week.all), ...PARTS.map(({ key }) => (week.all ? whole(week[key]) : "–"))]),
    },
    config: (palette) => {
      const options = base({ slices: weeks.map((week) => ({ day: week.from })), value: (value) => `${Math.round(value)}%`, stacked: true, step: 25 }, palette);
      return {
        type: "bar",
        data: {
          labels: weeks.map((week) => shortDay(week.from)),
          datasets: PARTS.map(({ key, label, tone }) => pieces(label, weeks.map((week) => week[key] * 100), palette[tone], palette)),
        },
        options: { ...options, scales: { ...options.scales, y: { ...options.scales?.y, max: 100 } } },
      };
    },
  };
}
