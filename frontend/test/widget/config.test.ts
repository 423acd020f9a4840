import { describe, expect, it } from "vitest";
import { DEFAULT_COLOR, readConfig } from "../../src/widget/config";

const SCRIPT = "https://chat.example/widget.js?v=1";
const PAGE = "https://toko.example/halaman/";

describe("attributes of the script tag", () => {
  it("has a default for everything", () => {
    expect(readConfig({}, SCRIPT, PAGE)).toEqual({
      server: "https://chat.example",
      title: "Bantuan Masternet",
      color: DEFAULT_COLOR,
      position: "right",
      privacyUrl: null,
    });
  });

  it("takes what is valid", () => {
    const data = { title: " Tanya ", color: "#0a0", position: "LEFT", server: "https://s.example:8443/x", privacyUrl: "/privasi" };
    expect(readConfig(data, SCRIPT, PAGE)).toEqual({
      server: "https://s.example:8443",
      title: "Tanya",
      color: [0, 170, 0],
      position: "left",
      privacyUrl: "https://toko.example/privasi",
    });
  });

  it("falls back from what is not", () => {
    const data = { title: "  ", color: "blue", position: "top", server: "javascript:alert(1)", privacyUrl: "javascript:alert(1)" };
    expect(readConfig(data, SCRIPT, PAGE)).toEqual(readConfig({}, SCRIPT, PAGE));
  });

  it("uses the page's own server when the script is not found", () => {
    expect(readConfig({}, "", PAGE).server).toBe("https://toko.example");
  });

  it("shortens an endless title", () => {
    expect(readConfig({ title: "x".repeat(500) }, SCRIPT, PAGE).title).toHaveLength(60);
  });
});
