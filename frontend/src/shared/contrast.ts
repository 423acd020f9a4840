/** Colour arithmetic of WCAG 2: relative luminance and contrast ratio. */

export type Rgb = readonly [number, number, number];

/** Reads `#rgb` or `#rrggbb`; null for anything else. */
export function parseHexColor(value: string): Rgb | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim())?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const part = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

export function toHex(color: Rgb): string {
  return "#" + color.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("");
}

export function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrastRatio(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** White where it reads well, else black; one of the two always reaches 4.5. */
export function readableTextColor(background: Rgb): Rgb {
  return contrastRatio(background, WHITE) >= 4.5 ? WHITE : BLACK;
}

/** The colour itself, or the nearest mix with black or white that reaches `ratio` on `background`. */
export function withContrast(color: Rgb, background: Rgb, ratio = 4.5): Rgb {
  const target = luminance(background) > 0.18 ? BLACK : WHITE;
  for (let step = 0; step <= 20; step += 1) {
    const share = step / 20;
    const mixed = color.map((value, index) => Math.round(value + (target[index]! - value) * share));
    const candidate = mixed as unknown as Rgb;
    if (contrastRatio(candidate, background) >= ratio) return candidate;
  }
  return target;
}
