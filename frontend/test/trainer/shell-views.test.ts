// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failure } from "../support/desk";
import { press, settled } from "../support/dom";
import { ME } from "./sample";
import { calls, close, mount, one, path, prepare, routes, training } from "./trainer-page";

beforeEach(prepare);
afterEach(close);

describe("the shell", () => {
  it("is for those who may train", async () => {
    routes["GET /session"] = () => ({ body: { me: { ...ME, permissions: ["signed_in", "serve"] }, csrf_token: "t" } });
    await mount();
    expect(one("refused").textContent).toContain("peran pelatih");
    expect(calls.some((call) => call.path.startsWith("/inbox"))).toBe(false);
  });

  it("asks for a password when nobody is signed in", async () => {
    routes["GET /session"] = () => failure(401, "not_signed_in");
    await mount();
    expect(one("login-username")).toBeTruthy();
  });

  it("counts open groups and unpublished changes, and leads to the desk only who serves there", async () => {
    await mount();
    expect(one("nav-inbox").textContent).toContain("3 terbuka");
    expect(one("unpublished").textContent).toContain("4 perubahan");
    expect(one("to-desk")).toBeUndefined();
    expect(document.title).toBe("(3) Kotak masuk · Latih bot Masternet");
  });

  it("shows a running job on every page", async () => {
    training.job = { id: "j", kind: "train", state: "running", stage: "Melatih model", percent: 40, remaining: 30, started_at: null, finished_at: null, by: "Tono", version: null, problem: null };
    await mount("/trainer/data");
    expect(one("job").textContent).toContain("Melatih model");
    expect(one("job").querySelector("progress")!.getAttribute("value")).toBe("40");
  });

  it("goes to a page with two keys, and helps with one", async () => {
    await mount();
    press("g");
    press("d");
    await settled();
    expect(path()).toBe("/trainer/data");
    press("?");
    await settled();
    expect(one("help-sheet").textContent).toContain("Bot sudah benar");
  });
});
