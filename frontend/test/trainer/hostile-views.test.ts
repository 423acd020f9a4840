// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOSTILE } from "./sample";
import { app, close, mount, prepare } from "./trainer-page";

beforeEach(prepare);
afterEach(close);

describe("text of people", () => {
  const safe = (): void => {
    expect(app.querySelectorAll("script, img[src='x'], [onerror]")).toHaveLength(0);
    for (const link of app.querySelectorAll("a")) expect(link.getAttribute("href")).not.toMatch(/^javascript/i);
    expect(app.textContent).toContain(HOSTILE);
  };

  it.each(["/trainer/", "/trainer/kelompok/k1", "/trainer/data", "/trainer/data?lihat=riwayat", "/trainer/latih/4", "/trainer/latih/bayangan"])("stays text on %s", async (at) => {
    await mount(at);
    safe();
  });
});
