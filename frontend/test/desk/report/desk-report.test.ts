// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeskReport } from "../../../src/desk/report/desk-report";
import type { Report } from "../../../src/desk/report/types";
import { emptyReport, fullReport } from "./sample";

interface Question {
  path: string;
  answer: (report: unknown) => void;
  fail: (error: unknown) => void;
}

let element: DeskReport;
let questions: Question[];

const all = (id: string): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const one = (id: string): HTMLElement => all(id)[0]!;
/** What is to be read, cell by cell. */
const text = (node: Element): string => {
  const pieces: string[] = [];
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) pieces.push(walker.currentNode.textContent!);
  return pieces.join(" ").replace(/\s+/g, " ").trim();
};
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await element.updateComplete;
};

async function mount(now = "2026-03-03T07:00:00Z"): Promise<void> {
  questions = [];
  element = document.createElement("desk-report") as DeskReport;
  element.now = () => new Date(now);
  document.body.append(element);
  element.api = { get: (path) => new Promise((answer, fail) => questions.push({ path, answer, fail })) };
  await settled();
}

async function answer(report: Report, at = questions.length - 1): Promise<void> {
  questions[at]!.answer(report);
  await settled();
}

async function type(field: string, value: string): Promise<void> {
  const input = one(field) as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new Event("input"));
  await settled();
}

beforeEach(() => mount());
afterEach(() => document.body.replaceChildren());

describe("loading", () => {
  it("asks for the last seven days of the helpdesk and says that it loads", async () => {
    expect(questions.map((question) => question.path)).toEqual(["/report?from=2026-02-25&to=2026-03-03"]);
    expect(all("skeleton")).toHaveLength(1);
    expect(text(element.shadowRoot!.querySelector("[role=status]")!)).toBe("Memuat laporan…");
    await answer(fullReport());
    expect(all("skeleton")).toEqual([]);
    expect(text(element.shadowRoot!.querySelector("[role=status]")!)).toBe("");
  });

  it("asks anew where the helpdesk's time zone has another day", async () => {
    await mount("2026-03-03T15:30:00Z");
    await answer({ ...fullReport(), time_zone: "Asia/Jayapura" });
    expect(questions.map((question) => question.path)).toEqual([
      "/report?from=2026-02-25&to=2026-03-03",
      "/report?from=2026-02-26&to=2026-03-04",
    ]);
  });

  it("shows the answer to the last question only", async () => {
    all("preset")[0]!.click();
    await settled();
    await answer({ ...emptyReport(), from: "2026-03-03", to: "2026-03-03" }, 1);
    await answer(fullReport(), 0);
    expect(text(one("report"))).toContain("3 Maret 2026 · zona waktu Asia/Jakarta · data per 3 Mar 2026, 14.05");
    expect(one("report").getAttribute("aria-busy")).toBe("false");
  });

  it("keeps what it shows when a later question fails, and asks it again on request", async () => {
    await answer(fullReport());
    all("preset")[2]!.click();
    await settled();
    questions[1]!.fail(new Error("Server tidak dapat dihubungi."));
    await settled();
    expect(text(one("failure"))).toContain("Server tidak dapat dihubungi.");
    expect(all("report")).toHaveLength(1);
    one("retry").click();
    await settled();
    expect(questions[2]!.path).toBe(questions[1]!.path);
    await answer(fullReport());
    expect(all("failure")).toEqual([]);
  });

  it("does not repeat what a program says of its own mistakes", async () => {
    await answer({ days: "?" } as never);
    expect(text(one("failure"))).toContain("Laporan belum dapat dimuat.");
    expect(all("skeleton")).toEqual([]);
  });
});

describe("range", () => {
  it("marks the preset that is shown", async () => {
    const pressed = (): string[] => all("preset").filter((chip) => chip.getAttribute("aria-pressed") === "true").map(text);
    expect(pressed()).toEqual(["7 hari"]);
    all("preset")[3]!.click();
    await settled();
    expect(pressed()).toEqual(["Bulan ini"]);
    expect(questions.at(-1)!.path).toBe("/report?from=2026-03-01&to=2026-03-03");
  });

  it("loads what is typed with the button only, and nothing that makes no sense", async () => {
    await type("from", "2026-03-09");
    expect(text(element.shadowRoot!.querySelector(".problem")!)).toContain("Tanggal akhir");
    expect((one("show") as HTMLButtonElement).disabled).toBe(true);
    element.shadowRoot!.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await type("from", "2026-01-01");
    expect(questions).toHaveLength(1);
    element.shadowRoot!.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(questions.map((question) => question.path).slice(1)).toEqual(["/report?from=2026-01-01&to=2026-03-03"]);
  });
});

describe("figures", () => {
  const tile = (name: string): string => text(all("tile").find((found) => found.dataset.tile === name)!);

  it("are told with what they leave out", async () => {
    await answer(fullReport());
    expect(tile("wait")).toBe("Waktu tunggu (median) 3 mnt 30 dtk 90% diterima dalam 13 mnt 10 dtk atau kurang. Dari 4 permintaan yang diterima staf.");
    expect(tile("first-response")).toContain("2 diterima tanpa balasan");
    expect(tile("not-served")).toContain("14% dari 7 permintaan. Masih menunggu: 1. Memilih meninggalkan pesan: 1.");
    expect(tile("handled")).toContain("Kembali ke antrean: 2 (1 karena staf offline).");
    expect(tile("solved")).toContain("15% dari 13 percakapan baru");
    expect(tile("solved")).toContain("Pergi tanpa menjawab: 2, tidak dihitung selesai.");
    expect(tile("satisfaction")).toContain("3,5 / 5 2 dari 3 yang ditanya menjawab (67%).");
  });

  it("are followed by the same numbers as tables where there is a chart", async () => {
    await answer(fullReport());
    expect(all("chart")).toHaveLength(3);
    for (const chart of all("chart")) {
      expect(chart.querySelector("canvas")!.getAttribute("aria-label")).not.toBe("");
      expect(chart.querySelectorAll("details tbody tr")).toHaveLength(2);
    }
  });

  it("name agents as text, and closing without a reason as such", async () => {
    await answer(fullReport());
    expect(text(one("agents").querySelector("tbody th")!)).toBe("<b>Rina</b>");
    expect(one("agents").querySelectorAll("b")).toHaveLength(0);
    expect(text(one("agents"))).toContain("2 (1 offline)");
    expect(text(one("reasons"))).toContain("Minta bicara dengan staf 7 100%");
    expect(text(one("close-reasons"))).toContain("Tanpa alasan 2 50%");
    expect(text(one("satisfaction"))).not.toContain("bot saja");
  });

  it("say so where there are none", async () => {
    await answer(emptyReport());
    expect(all("chart-empty")).toHaveLength(3);
    expect(tile("wait")).toBe("Waktu tunggu (median) – Belum ada permintaan yang diterima staf.");
    expect(tile("not-served")).toContain("0 Belum ada permintaan staf.");
    expect(tile("solved")).toContain("0 Belum ada percakapan baru.");
    expect(tile("satisfaction")).toContain("– Belum ada pelanggan yang ditanya.");
    expect(text(one("agents"))).toContain("Belum ada chat yang ditangani staf");
    expect(element.shadowRoot!.querySelectorAll("canvas")).toHaveLength(0);
  });

  it("can be taken along as CSV, in the form that the spreadsheet expects", async () => {
    await answer(fullReport());
    const links = (): (string | null)[] => all("csv").map((link) => link.getAttribute("href"));
    const base = "/api/desk/v1/report.csv?from=2026-03-02&to=2026-03-03";
    expect(links()).toEqual(["days", "agents", "reasons"].map((part) => `${base}&part=${part}&separator=semicolon`));
    const choice = one("separator") as HTMLSelectElement;
    choice.value = "comma";
    choice.dispatchEvent(new Event("change"));
    await settled();
    expect(links()[0]).toBe(`${base}&part=days&separator=comma`);
  });
});
