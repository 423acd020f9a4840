// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { TONES, type Palette } from "../../src/console/charts/picture";
import { ApiClient } from "../../src/console/state/api";
import { TrendsStore } from "../../src/trainer/trends/state/trends-store";
import { sharesPicture } from "../../src/trainer/trends/views/shares-picture";
import { TrendsReport } from "../../src/trainer/trends/views/trends-report";
import { failure, scriptedFetch, type Reply } from "../support/desk";

const HOSTILE = "<img src=x onerror=alert(1)>";
const WEEK = { from: "2026-11-16", all: 200, right: 160, asked_back: 20, refused: 8, handed_off: 10, other: 2 };
const PALETTE = Object.fromEntries(TONES.map((tone) => [tone, tone])) as Palette;

let report: TrendsReport;

async function show(reply: () => Reply): Promise<ShadowRoot> {
  const { fetch } = scriptedFetch(reply);
  report = document.createElement("trends-report") as TrendsReport;
  report.store = new TrendsStore(new ApiClient(fetch));
  document.body.append(report);
  for (let turn = 0; turn < 10; turn += 1) await new Promise((done) => setTimeout(done, 0));
  return report.shadowRoot!;
}

afterEach(() => report?.remove());

it("draws the shares of each week, with a table beneath", async () => {
  const root = await show(() => ({ body: { weeks: [WEEK, { from: "x" }], growing: [], unseen: [{ word: HOSTILE, count: 2, text: HOSTILE }] } }));
  const cells = [...root.querySelectorAll("report-chart tbody tr > *")].map((cell) => cell.textContent);
  expect(cells.slice(1)).toEqual(["200", "80%", "10%", "4%", "5%", "1%"]);
  expect(root.querySelector("[data-testid=growing]")!.textContent).toContain("Tidak ada topik yang mencolok");
  expect(root.querySelectorAll("img")).toHaveLength(0);
  expect(root.querySelector("[data-testid=unseen]")!.textContent).toContain(HOSTILE);
});

it("says what is wrong, and offers to try again", async () => {
  let broken = true;
  const root = await show(() => (broken ? failure(500, "internal_error", "Gangguan.") : { body: { weeks: [WEEK], growing: [], unseen: [] } }));
  expect(root.querySelector("[data-testid=failure]")!.textContent).toContain("Gangguan.");
  broken = false;
  root.querySelector<HTMLElement>("[data-testid=failure] button")!.click();
  for (let turn = 0; turn < 10; turn += 1) await new Promise((done) => setTimeout(done, 0));
  expect(root.querySelector("[data-testid=failure]")).toBeNull();
});

it("fills each bar up to a hundred", () => {
  const picture = sharesPicture([{ from: "2026-11-16", all: 200, right: 0.8, askedBack: 0.1, refused: 0.04, handedOff: 0.05, other: 0.01 }]);
  const config = picture.config(PALETTE);
  expect(config.data.datasets.reduce((sum, set) => sum + Number(set.data[0]), 0)).toBeCloseTo(100);
  expect(picture.summary).toContain("80% terjawab");
});
