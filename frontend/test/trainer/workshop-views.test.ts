// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failure } from "../support/desk";
import { press, settled } from "../support/dom";
import { CHANGE, version } from "./sample";
import { all, calls, click, close, mount, one, prepare, routes, training } from "./trainer-page";

beforeEach(prepare);
afterEach(close);

describe("the data workshop", () => {
  it("keeps only the sentences in sight in the page", async () => {
    await mount("/trainer/data/tempo_bayar");
    expect(one("total").textContent).toBe("1.600 kalimat");
    expect(all("sentence-row").length).toBeLessThan(60);
    expect(one("sentences").style.getPropertyValue("padding-bottom")).toBe(`${(1600 - 40) * 72}px`);
  });

  it("edits in place, under a key, and explains a broken file", async () => {
    routes["PUT /sentences/s1"] = () => failure(409, "training_data_broken", "rusak", { file: "data/nlu/x.yml", line: 9, problem: "indentasi salah" });
    await mount("/trainer/data/tempo_bayar");
    expect(one("broken").textContent).toContain("tidak dapat dibaca");
    all("edit")[1]!.click();
    await settled();
    const field = one("edit-text") as HTMLTextAreaElement;
    field.value = "kapan jatuh tempo";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    press("Enter", field);
    await settled();
    const put = calls.find((call) => call.method === "PUT")!;
    expect(put.body).toMatchObject({ text: "kapan jatuh tempo", key: expect.stringMatching(/^[A-Za-z0-9-]{1,64}$/) });
    expect(one("toast").textContent).toContain("data/nlu/x.yml baris 9");
    expect((one("edit-text") as HTMLTextAreaElement).value).toBe("kapan jatuh tempo");
  });

  it("undoes a change of the history", async () => {
    routes["POST /changes/7/undo"] = () => ({ body: { change: { ...CHANGE, number: 8, action: "undo", undoes: 7, can_undo: false } } });
    await mount("/trainer/data?lihat=riwayat");
    await click("undo-change");
    expect(all("change").map((row) => row.dataset.number)).toEqual(["8", "7"]);
    expect(one("undo-change")).toBeUndefined();
  });
});

describe("training and publishing", () => {
  it("shows what a version has won and lost, and which conditions it fails", async () => {
    training.candidate = version(4, "candidate");
    await mount("/trainer/latih");
    expect(all("gate").map((gate) => gate.dataset.ok)).toEqual(["0", "1"]);
    expect(one("losses").textContent).toContain("Seharusnya: Dijawab, Hak 13");
    expect((one("publish") as HTMLButtonElement).disabled).toBe(true);
    expect(one("figures").textContent).toContain("95,0%");
  });

  it("lets an admin publish it all the same, with a reason", async () => {
    Object.assign(training, { candidate: version(4, "candidate"), may_override: true });
    routes["POST /versions/4/publish"] = () => {
      training.job = { id: "j", kind: "publish", state: "running", stage: "Memuat", percent: 0, by: "Tono" };
      return { status: 202, body: { job: training.job } };
    };
    await mount("/trainer/latih");
    await click("publish");
    (one("override") as HTMLTextAreaElement).value = "perlu segera";
    one("publish-dialog").querySelector("form")!.requestSubmit();
    await settled();
    expect(calls.find((call) => call.path === "/versions/4/publish")!.body).toMatchObject({ override: "perlu segera" });
    expect(one("progress").textContent).toContain("Menerbitkan");
  });

  it("goes back to a former version with one click and a confirmation", async () => {
    routes["POST /versions/2/publish"] = () => ({ status: 202, body: { job: { id: "j", kind: "publish", state: "running", stage: "Memuat", percent: 0, by: "Tono" } } });
    await mount("/trainer/latih");
    await click("rollback");
    expect(one("publish-dialog").textContent).toContain("Kembalikan versi 2");
    one("publish-dialog").querySelector("form")!.requestSubmit();
    await settled();
    expect(calls.find((call) => call.path === "/versions/2/publish")!.body!.override).toBeUndefined();
  });

  it("trains with one button, and says it when something else runs", async () => {
    routes["POST /training"] = () => failure(409, "job_running", "x", { job: {} });
    await mount("/trainer/latih");
    one("train").closest("form")!.requestSubmit();
    await settled();
    expect(one("toast").textContent).toContain("pekerjaan lain");
  });
});
