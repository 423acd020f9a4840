import { describe, expect, it } from "vitest";
import { contrastRatio, parseHexColor, readableTextColor, toHex, withContrast, type Rgb } from "../../src/shared/contrast";
import { accentProperties, DARK_SURFACE, LIGHT_SURFACE } from "../../src/widget/config";

const everyColor = function* (): Generator<Rgb> {
  for (let red = 0; red <= 255; red += 17)
    for (let green = 0; green <= 255; green += 17) for (let blue = 0; blue <= 255; blue += 17) yield [red, green, blue];
};

describe("contrast", () => {
  it.each([
    ["#fff", [255, 255, 255]],
    ["#0B5FFF", [11, 95, 255]],
    [" #0b5fff ", [11, 95, 255]],
    ["0b5fff", null],
    ["#12", null],
    ["#12345g", null],
    ["red;}*{display:none", null],
  ])("reads %j", (value, expected) => expect(parseHexColor(value)).toEqual(expected));

  it("knows the extremes", () => {
    expect(contrastRatio([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrastRatio([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
    expect(contrastRatio([9, 9, 9], [9, 9, 9])).toBe(1);
  });

  it("finds readable text for every colour", () => {
    for (const color of everyColor()) expect(contrastRatio(color, readableTextColor(color))).toBeGreaterThanOrEqual(4.5);
  });

  it("makes every colour readable on both surfaces", () => {
    for (const color of everyColor()) {
      const properties = accentProperties(color);
      expect(contrastRatio(parseHexColor(properties["--accent-ink-light"]!)!, LIGHT_SURFACE)).toBeGreaterThanOrEqual(4.5);
      expect(contrastRatio(parseHexColor(properties["--accent-ink-dark"]!)!, DARK_SURFACE)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("leaves a colour alone that is readable already", () => {
    expect(toHex(withContrast([11, 60, 180], [255, 255, 255]))).toBe("#0b3cb4");
  });
});
