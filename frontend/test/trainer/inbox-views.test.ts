// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failure, type Call } from "../support/desk";
import { press, settled } from "../support/dom";
import { detail } from "./sample";
import { all, calls, click, close, mount, one, prepare, routes, trainer } from "./trainer-page";

const decisions = (): Call[] => calls.filter((call) => call.path.endsWith("/decision"));

beforeEach(prepare);
afterEach(close);

describe("the inbox", () => {
  it("decides with one key and shows the next group at once", async () => {
    routes["POST /inbox/k1/decision"] = () => ({ body: { changes: [1], next: "k2" } });
    await mount();
    expect(one("group").dataset.id).toBe("k1");
    press("Enter");
    await settled();
    expect(one("group").dataset.id).toBe("k2");
    expect(decisions()[0]!.body).toMatchObject({ action: "confirm", revision: 1, sentences: [{ message: "k1-1" }, { message: "k1-2" }] });
  });

  it("takes Enter on the open row for a decision, and on another one for opening it", async () => {
    routes["POST /inbox/k1/decision"] = () => ({ body: { changes: [], next: null } });
    await mount();
    press("Enter", all("group-row")[1]);
    await settled();
    expect(decisions()).toEqual([]);
    press("Enter", all("group-row")[0]);
    await settled();
    expect(decisions()).toHaveLength(1);
    expect(one("opened").textContent).toContain("k2");
  });

  it("has a key for each of the three topics, and two for what is outside", async () => {
    routes["POST /inbox/k1/decision"] = routes["POST /inbox/k2/decision"] = routes["POST /inbox/k3/decision"] = () => ({ body: { changes: [], next: null } });
    await mount();
    press("2");
    await settled();
    press("x");
    await settled();
    expect(one("panel-outside")).toBeTruthy();
    press("t");
    await settled();
    press("1");
    await settled();
    expect(decisions().map((call) => [call.body!.action, call.body!.intent])).toEqual([["relabel", "migrasi"], ["out_of_scope", "di_luar_teknis"], ["confirm", undefined]]);
  });

  it("finds another topic while one types", async () => {
    routes["POST /inbox/k1/decision"] = () => ({ body: { changes: [], next: null } });
    await mount();
    press("t");
    await settled();
    const field = one("topic-query") as HTMLInputElement;
    expect(document.activeElement).toBe(field);
    field.value = "migr";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
    expect(all("topic-option").map((option) => option.dataset.intent)).toEqual(["migrasi"]);
    press("Enter", field);
    await settled();
    expect(decisions()[0]!.body).toMatchObject({ action: "relabel", intent: "migrasi" });
  });

  it("takes keys that are typed into a field for text", async () => {
    await mount();
    press("e");
    await settled();
    expect(document.activeElement).toBe(one("sentence"));
    press("s", one("sentence"));
    press("Enter", one("sentence"));
    await settled();
    expect(decisions()).toEqual([]);
    expect(one("group").dataset.id).toBe("k1");
  });

  it("marks what is selected of a sentence", async () => {
    await mount();
    press("e");
    await settled();
    const field = all("sentence")[1] as HTMLTextAreaElement;
    field.focus();
    field.setSelectionRange(7, 17);
    press("m", field, { altKey: true, code: "KeyM" });
    await settled();
    await click("entity-nama_domain");
    expect(trainer.inbox.draft[1]).toMatchObject({ message: "k1-2", text: "domain [toko.co.id](nama_domain) mati" });
  });

  it("puts a refused group back and says why", async () => {
    routes["POST /inbox/k1/decision"] = () => failure(409, "sentence_exists", "Topik ini sudah memuat kalimat itu.");
    await mount();
    press("y");
    await settled();
    expect(all("group-row")[0]!.dataset.id).toBe("k1");
    expect(one("toast").textContent).toContain("sudah memuat kalimat itu");
  });

  it("shows who has decided, and opens again", async () => {
    routes["GET /inbox/k1"] = () => ({ body: detail("k1", { decided: { action: "relabel", intent: "migrasi", by: "Rina", at: "2026-11-27T10:00:00Z" } }) });
    routes["POST /inbox/k1/reopen"] = () => ({ body: detail("k1") });
    await mount("/trainer/kelompok/k1");
    expect(one("decided").textContent).toContain("memindahkannya ke Migrasi");
    expect(one("confirm")).toBeUndefined();
    await click("reopen");
    expect(calls.some((call) => call.path === "/inbox/k1/reopen")).toBe(true);
  });
});
