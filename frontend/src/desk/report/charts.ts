import { base, bars, type Picture, pieces, type Series } from "../../console/charts/picture";
import { count, duration, NOTHING, shortDay, weekday } from "../../console/charts/format";
import type { Report, Slice } from "./types";
import { BOT_ENDS } from "./words";

/** Steps of a time axis that people count in. */
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
export const timeStep = (largest: number): number =>
  STEPS.find((step) => largest / step <= 5) ?? Math.ceil(largest / 5 / 86_400) * 86_400;

/** The slices that a chart shows: days, or weeks where there are too many days to tell them apart. */
export interface Timeline {
  slices: readonly Slice[];
  unit: "hari" | "pekan";
}

const MOST_DAYS = 62;
export const timeline = (report: Pick<Report, "days" | "weeks">): Timeline =>
  report.days.length > MOST_DAYS ? { slices: report.weeks, unit: "pekan" } : { slices: report.days, unit: "hari" };

const HEADS = { hari: "Hari", pekan: "Pekan mulai" };

const labels = (slices: readonly Slice[]): string[] => slices.map((slice) => shortDay(slice.day));

export function waitPicture({ slices, unit }: Timeline): Picture {
  const median = slices.map((slice) => slice.requests.wait.median);
  const p90 = slices.map((slice) => slice.requests.wait.p90);
  const known = p90.filter((value): value is number => value !== null);
  const largest = Math.max(0, ...known);
  const line = (label: string, data: (number | null)[], color: string, dashed: boolean): Series => ({
    type: "line",
    label,
    data,
    borderColor: color,
    backgroundColor: color,
    borderWidth: 2,
    borderDash: dashed ? [5, 4] : [],
    pointRadius: slices.length > 31 ? 2 : 3,
    pointHoverRadius: 5,
    pointStyle: dashed ? "rectRot" : "circle",
    tension: 0,
  });
  return {
    title: `Waktu tunggu per ${unit}`,
    note: `Sejak pelanggan meminta staf sampai diterima. Tanpa permintaan yang diterima, ${unit} itu dibiarkan kosong.`,
    summary: `Waktu tunggu per ${unit}. Persentil ke-90 tertinggi: ${known.length ? duration(largest) : NOTHING}.`,
    empty: known.length === 0,
    legend: [
      { label: "Median", tone: "main" },
      { label: "Persentil ke-90", tone: "second", dashed: true },
    ],
    table: {
      head: [HEADS[unit], "Diterima", "Median", "Persentil ke-90", "Terlama"],
      rows: slices.map(({ day, requests: { wait } }) => [
        ...[weekday(day), count(wait.count), duration(wait.median), duration(wait.p90), duration(wait.longest)],
      ]),
    },
    config: (palette) => ({
      type: "line",
      data: {
        labels: labels(slices),
        datasets: [line("Median", median, palette.main, false), line("Persentil ke-90", p90, palette.second, true)],
      },
      options: base({ slices, value: duration, step: timeStep(largest) }, palette),
    }),
  };
}

export function chatPicture({ slices, unit }: Timeline): Picture {
  const handled = slices.map((slice) => slice.chats.handled);
  const returned = slices.map((slice) => slice.chats.returned);
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    title: `Chat staf per ${unit}`,
    note: "Percakapan yang dilanjutkan staf, dan yang dikembalikan ke antrean.",
    summary: `Chat staf per ${unit}. Paling banyak ${count(Math.max(0, ...handled))} ditangani dalam satu ${unit}.`,
    empty: sum(handled) + sum(returned) === 0,
    legend: [
      { label: "Ditangani", tone: "main" },
      { label: "Kembali ke antrean", tone: "second" },
    ],
    table: {
      head: [HEADS[unit], "Ditangani", "Kembali ke antrean", "Pindah staf", "Diserahkan ke bot", "Ditutup"],
      rows: slices.map(({ day, chats }) => [
        ...[weekday(day), count(chats.handled), count(chats.returned), count(chats.transferred)],
        ...[count(chats.handed_back), count(chats.closed)],
      ]),
    },
    config: (palette) => ({
      type: "bar",
      data: {
        labels: labels(slices),
        datasets: [bars("Ditangani", handled, palette.main), bars("Kembali ke antrean", returned, palette.second)],
      },
      options: base({ slices, value: count }, palette),
    }),
  };
}

export function botPicture({ slices, unit }: Timeline): Picture {
  const total = slices.reduce((all, slice) => all + slice.bot.conversations, 0);
  return {
    title: `Akhir percakapan per ${unit}`,
    note: "Setiap percakapan baru dihitung sekali. Hanya jawaban pelanggan yang dihitung selesai; yang pergi begitu saja belum tentu terbantu.",
    summary: `Akhir dari ${count(total)} percakapan baru, per ${unit}.`,
    empty: total === 0,
    legend: BOT_ENDS.map(({ label, tone }) => ({ label, tone })),
    table: {
      head: [HEADS[unit], "Percakapan", ...BOT_ENDS.map((end) => end.label), "Tidak pernah ditanya"],
      rows: slices.map(({ day, bot }) => [
        ...[weekday(day), count(bot.conversations), ...BOT_ENDS.map((end) => count(bot[end.key])), count(bot.left_unasked)],
      ]),
    },
    config: (palette) => ({
      type: "bar",
      data: {
        labels: labels(slices),
        datasets: BOT_ENDS.map(({ key, tone, label }) =>
          pieces(label, slices.map((slice) => slice.bot[key]), palette[tone], palette),
        ),
      },
      options: base({ slices, value: count, stacked: true }, palette),
    }),
  };
}
