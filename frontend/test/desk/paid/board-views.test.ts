// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settled } from "../../support/dom";
import { AGENT, all, app, click, close, HOSTILE, mount, one, path, permit, posts, prepare, request, submit } from "./paid-page";

beforeEach(prepare);
afterEach(close);

describe("the board", () => {
  it("shows each request in the column of its state, with counts and badge", async () => {
    await mount("/desk/berbayar");
    expect(all("column-count").map((count) => count.textContent)).toEqual(["3", "2", "3", "1", "1", "5"]);
    expect(all("paid-row")).toHaveLength(15);
    expect(one("nav-paid").textContent).toContain("4");
    expect(one("nav-paid").textContent).toContain("menunggu staf");
    expect(all("waits")).toHaveLength(1);
    expect(all("export")).toHaveLength(1);
  });

  it("is walked with arrow keys, and opened with a link", async () => {
    await mount("/desk/berbayar");
    const key = (name: string): unknown => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    const [first] = all("paid-row");
    first!.focus();
    const columns = all("column").map((column) => [...column.querySelectorAll<HTMLElement>(".ticket")]);
    key("ArrowDown");
    expect(document.activeElement).toBe(columns[0]![1]);
    key("ArrowRight");
    expect(document.activeElement).toBe(columns[1]![1]);
    key("ArrowRight");
    key("ArrowRight");
    expect(document.activeElement).toBe(columns[3]![0]);
    key("ArrowUp");
    expect(document.activeElement).toBe(columns[3]![0]);
    (document.activeElement as HTMLElement).click();
    await settled();
    expect(path()).toBe("/desk/berbayar/p-9");
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await settled();
    expect(path()).toBe("/desk/berbayar");
  });

  it("skips columns in which there is nothing", async () => {
    request("p-9").state = "done";
    await mount("/desk/berbayar");
    const columns = all("column").map((column) => [...column.querySelectorAll<HTMLElement>(".ticket")]);
    columns[2]![0]!.focus();
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
    expect(document.activeElement).toBe(columns[4]![0]);
  });

  it("opens with g and p, and leaves the export to leads", async () => {
    permit(AGENT);
    await mount("/desk/");
    for (const key of ["g", "p"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await settled();
    expect(path()).toBe("/desk/berbayar");
    expect(all("export")).toEqual([]);
  });

  it("imports a bank statement and says what became of each line", async () => {
    await mount("/desk/berbayar");
    await click("statement-open");
    const { amount } = request("p-7").payments[0]!;
    const csv = `27/11/2026;TRANSFER;${amount}\n27/11/2026;${HOSTILE.replace(/;/g, "")};250.000\n`;
    Object.defineProperty(one("statement-file"), "files", { value: [new File([csv], "mutasi.csv")] });
    await submit("statement-send");
    expect(all("statement-matched")).toHaveLength(1);
    expect(all("statement-unmatched")[0]!.textContent).toContain(HOSTILE);
    expect(app.querySelectorAll("img, script")).toHaveLength(0);
    expect(request("p-7").state).toBe("paid");
  });

  it("reads no file that is far too large", async () => {
    await mount("/desk/berbayar");
    await click("statement-open");
    Object.defineProperty(one("statement-file"), "files", { value: [{ size: 8_000_001, text: () => Promise.reject(new Error("read")) }] });
    await submit("statement-send");
    expect(one("statement-error").textContent).toContain("terlalu besar");
    expect(posts()).toEqual([]);
  });
});
