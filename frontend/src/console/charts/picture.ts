import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { NOTHING, weekday } from "./format";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** The colours of the page as they are now; charts are drawn anew when they change. */
export type Tone = "main" | "second" | "good" | "bad" | "quiet" | "text" | "grid" | "surface";
export type Palette = Record<Tone, string>;
export const TONES: readonly Tone[] = ["main", "second", "good", "bad", "quiet", "text", "grid", "surface"];

export interface LegendItem {
  label: string;
  tone: Tone;
  dashed?: boolean;
}

/** The same numbers as the picture, for who does not see it or wants to know exactly. */
export interface TableData {
  head: string[];
  rows: string[][];
}

/** One picture in words and numbers; `config` draws it. */
export interface Picture {
  title: string;
  note: string;
  summary: string;
  empty: boolean;
  legend: LegendItem[];
  table: TableData;
  config: (palette: Palette) => ChartConfiguration<"bar" | "line">;
}

export type Series = ChartDataset<"bar" | "line", (number | null)[]>;

interface Axes {
  slices: readonly { day: string }[];
  value: (seconds: number) => string;
  stacked?: boolean;
  step?: number;
}

/** How every chart looks. */
export function base(axes: Axes, palette: Palette): NonNullable<ChartConfiguration<"bar" | "line">["options"]> {
  const ticks = { color: palette.text, font: { size: 12 } };
  const stacked = axes.stacked ?? false;
  return {
    // Figures are to be read: nothing moves.
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    scales: {
      x: { stacked, grid: { display: false }, border: { color: palette.grid }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 16 } },
      y: {
        stacked,
        beginAtZero: true,
        border: { display: false },
        grid: { color: palette.grid },
        ticks: { ...ticks, precision: 0, stepSize: axes.step, maxTicksLimit: 7, callback: (value) => axes.value(Number(value)) },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: palette.text,
        titleColor: palette.surface,
        bodyColor: palette.surface,
        padding: 10,
        cornerRadius: 8,
        usePointStyle: true,
        boxPadding: 4,
        callbacks: {
          title: (items) => (items[0] ? weekday(axes.slices[items[0].dataIndex]!.day) : ""),
          label: (item) => ` ${item.dataset.label}: ${item.parsed.y === null ? NOTHING : axes.value(item.parsed.y)}`,
        },
      },
    },
  };
}

export const bars = (label: string, data: number[], color: string, more: Partial<Series> = {}): Series =>
  ({ type: "bar", label, data, backgroundColor: color, maxBarThickness: 36, borderRadius: 3, ...more }) as Series;

/** Bars that are stacked: a line of the card's colour parts the pieces, so that they are told apart without colour. */
export const pieces = (label: string, data: number[], color: string, palette: Palette): Series =>
  bars(label, data, color, { borderColor: palette.surface, borderWidth: { top: 1.5 }, borderRadius: 0, borderSkipped: false } as Partial<Series>);
