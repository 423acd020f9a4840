import { describe, expect, it } from "vitest";
import { type Palette, type Picture, TONES } from "../../../src/console/charts/picture";
import { botPicture, chatPicture, timeline, timeStep, waitPicture } from "../../../src/desk/report/charts";
import { count, duration, moment, percent, rangeText, score, shortDay, weekday } from "../../../src/console/charts/format";
import { dayCount, PRESETS, rangeProblem, rangeQuery, shift, today } from "../../../src/desk/report/range";
import { readReport } from "../../../src/desk/report/types";
import { closeReasonLabel, reasonLabel } from "../../../src/desk/report/words";
import { day, emptyReport, fullReport } from "./sample";

const PALETTE = Object.fromEntries(TONES.map((tone) => [tone, `colour of ${tone}`])) as Palette;
const datasets = (picture: Picture) => picture.config(PALETTE).data.datasets;

describe("format", () => {
  it.each([
    [null, "–"],
    [0, "0 dtk"],
    [59.4, "59 dtk"],
    [59.6, "1 mnt"],
    [200, "3 mnt 20 dtk"],
    [3600, "1 j"],
    [3929, "1 j 5 mnt"],
    [86_399, "1 hari"],
    [183_600, "2 hari 3 j"],
  ])("%s seconds are %s", (seconds, text) => expect(duration(seconds)).toBe(text));

  it("writes numbers and days as in Indonesia", () => {
    expect(count(1234567)).toBe("1.234.567");
    expect(score(4.25)).toBe("4,3");
    expect(score(null)).toBe("–");
    expect(percent(1, 3)).toBe("33%");
    expect(percent(0, 0)).toBe("–");
    expect(shortDay("2026-03-02")).toBe("2 Mar");
    expect(weekday("2026-03-02")).toBe("Sen, 2 Mar");
    expect(rangeText("2026-03-02", "2026-03-02")).toBe("2 Maret 2026");
    expect(rangeText("2026-02-28", "2026-03-01")).toBe("28 Februari 2026 – 1 Maret 2026");
  });

  it("shows a moment in the helpdesk's time zone, whatever that of the device", () => {
    expect(moment("2026-03-03T17:05:00Z", "Asia/Jakarta")).toBe("4 Mar 2026, 00.05");
    expect(moment("2026-03-03T17:05:00Z", "Bulan/Kawah")).toBe("");
    expect(moment("kemarin", "Asia/Jakarta")).toBe("");
  });
});

describe("range", () => {
  it("knows what day it is in the zone", () => {
    const late = new Date("2026-03-02T17:30:00Z");
    expect(today(late, "Asia/Jakarta")).toBe("2026-03-03");
    expect(today(late, "UTC")).toBe("2026-03-02");
    expect(today(late, "Bulan/Kawah")).toBe("2026-03-03");
  });

  it("counts days over months and leap years", () => {
    expect(shift("2028-03-01", -1)).toBe("2028-02-29");
    expect(dayCount({ from: "2028-01-01", to: "2028-12-31" })).toBe(366);
    expect(PRESETS.map((preset) => preset.range("2026-03-02"))).toEqual([
      { from: "2026-03-02", to: "2026-03-02" },
      { from: "2026-02-24", to: "2026-03-02" },
      { from: "2026-02-01", to: "2026-03-02" },
      { from: "2026-03-01", to: "2026-03-02" },
    ]);
  });

  it.each([
    ["2026-03-02", "2026-03-02", null],
    ["2028-01-01", "2028-12-31", null],
    ["2026-03-02", "2026-03-01", "Tanggal akhir harus sama dengan atau setelah tanggal awal."],
    ["2026-01-01", "2027-01-02", "Rentang paling panjang 366 hari."],
    ["", "2026-03-01", "Isi kedua tanggal."],
    ["2026-03-01", "2026-02-31x", "Isi kedua tanggal."],
  ])("says what is wrong with %s to %s", (from, to, problem) => expect(rangeProblem({ from, to })).toBe(problem));

  it("escapes what it asks for", () => expect(rangeQuery({ from: "a&b", to: "c" })).toBe("from=a%26b&to=c"));
});

describe("words", () => {
  it("names reasons, also those it has no words for", () => {
    expect(reasonLabel("minta_manusia")).toBe("Minta bicara dengan staf");
    expect(reasonLabel("alasan_baru")).toBe("Alasan baru");
    expect(closeReasonLabel(null)).toBe("Tanpa alasan");
    expect(closeReasonLabel("constructor")).toBe("Constructor");
  });
});

describe("readReport", () => {
  it("takes a report", () => expect(readReport(fullReport()).requests.asked).toBe(7));
  it.each([null, [], "x", {}, { ...emptyReport(), days: null }, { ...emptyReport(), bot: 3 }])("refuses %j", (value) =>
    expect(() => readReport(value)).toThrow(TypeError),
  );
});

describe("charts", () => {
  const days = timeline(fullReport());

  it("leave days without an accepted request empty, rather than at zero", () => {
    const [median, p90] = datasets(waitPicture(days));
    expect(median!.data).toEqual([210, null]);
    expect(p90!.data).toEqual([790, null]);
  });

  it("stack what became of conversations, in the order of the legend", () => {
    const picture = botPicture(days);
    expect(datasets(picture).map((set) => [set.label, set.data[0]])).toEqual([
      ["Dinyatakan selesai", 2],
      ["Dinyatakan belum selesai", 1],
      ["Pergi tanpa menjawab", 2],
      ["Beralih ke staf", 8],
    ]);
    expect(picture.legend.map((item) => item.label)).toEqual(datasets(picture).map((set) => set.label));
    const { x, y } = picture.config(PALETTE).options!.scales!;
    expect([(x as { stacked: boolean }).stacked, (y as { stacked: boolean }).stacked]).toEqual([true, true]);
  });

  it.each([waitPicture, chatPicture, botPicture])("%o tells the same in its table, one row a day", (make) => {
    const { table } = make(days);
    expect(table.rows.map((row) => row[0])).toEqual(["Sen, 2 Mar", "Sel, 3 Mar"]);
    expect(table.rows.every((row) => row.length === table.head.length)).toBe(true);
  });

  it.each([waitPicture, chatPicture, botPicture])("%o knows when there is nothing to draw", (make) => {
    expect(make(days).empty).toBe(false);
    expect(make({ slices: [day("2026-03-02")], unit: "hari" }).empty).toBe(true);
    expect(make({ slices: [], unit: "hari" }).empty).toBe(true);
  });

  it("show weeks where there are more days than can be told apart", () => {
    const long = { days: Array.from({ length: 63 }, () => day("2026-03-02")), weeks: [day("2026-03-02")] };
    expect(timeline({ ...long, days: long.days.slice(1) }).unit).toBe("hari");
    const picture = chatPicture(timeline(long));
    expect(picture.title).toBe("Chat staf per pekan");
    expect(picture.table.head[0]).toBe("Pekan mulai");
    expect(picture.table.rows).toHaveLength(1);
  });

  it("take their colours from the page", () => {
    const picture = chatPicture(days);
    expect(datasets(picture).map((set) => set.backgroundColor)).toEqual(["colour of main", "colour of second"]);
  });

  it.each([0, 3, 60, 790, 7000, 90_000, 3_000_000])("have at most six marks on a time axis up to %s s", (largest) => {
    expect(largest / timeStep(largest)).toBeLessThanOrEqual(5);
    expect(timeStep(largest)).toBeGreaterThan(0);
  });
});
