// @vitest-environment happy-dom
import { render } from "lit";
import decodeQr from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { qrCode } from "../../src/console/parts/qr-code";

const URI = "otpauth://totp/Masternet%20Helpdesk:rina?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Masternet%20Helpdesk&algorithm=SHA1&digits=6&period=30";
const PIXELS = 4;

/** What a camera sees: the squares of the drawn path as pixels. */
function photograph(element: Element): { width: number; height: number; data: Uint8ClampedArray } {
  const size = Number(element.getAttribute("viewBox")!.split(" ")[2]) * PIXELS;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [, x, y] of element.querySelector("path")!.getAttribute("d")!.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < PIXELS; row++)
      for (let column = 0; column < PIXELS; column++) {
        const pixel = ((Number(y) * PIXELS + row) * size + Number(x) * PIXELS + column) * 4;
        data.fill(0, pixel, pixel + 3);
      }
  return { width: size, height: size, data };
}

function drawn(text: string): Element {
  const host = document.createElement("div");
  render(qrCode(text, "Kode QR"), host);
  return host.querySelector("svg")!;
}

describe("QR code", () => {
  it.each([URI, "a", "Añjing 🐶 ".repeat(40)])("is read as what it was made of: %s", (text) => {
    expect(decodeQr(photograph(drawn(text)))).toBe(text);
  });

  it("has a clear border of four modules, and a name for those who cannot see it", () => {
    const element = drawn(URI);
    const columns = [...element.querySelector("path")!.getAttribute("d")!.matchAll(/M(\d+) /g)].map(([, x]) => Number(x));
    const size = Number(element.getAttribute("viewBox")!.split(" ")[2]);
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([4, size - 5]);
    expect(element.getAttribute("aria-label")).toBe("Kode QR");
  });
});
