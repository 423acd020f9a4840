import { parseHexColor, readableTextColor, toHex, withContrast, type Rgb } from "../shared/contrast";
import { TEXTS } from "./texts";

export interface WidgetConfig {
  server: string;
  title: string;
  color: Rgb;
  position: "right" | "left";
  privacyUrl: string | null;
}

export const DEFAULT_COLOR: Rgb = [11, 95, 255];
const MAX_TITLE_LENGTH = 60;

/** Reads the attributes of the script tag; whatever is missing or wrong takes its default. */
export function readConfig(
  data: Partial<Record<"title" | "color" | "position" | "server" | "privacyUrl", string>>,
  scriptUrl: string,
  pageUrl: string,
): WidgetConfig {
  const title = data.title?.trim().slice(0, MAX_TITLE_LENGTH);
  return {
    server: httpUrl(data.server, pageUrl)?.origin ?? httpUrl(scriptUrl, pageUrl)?.origin ?? new URL(pageUrl).origin,
    title: title || TEXTS.defaultTitle,
    color: parseHexColor(data.color ?? "") ?? DEFAULT_COLOR,
    position: data.position?.trim().toLowerCase() === "left" ? "left" : "right",
    privacyUrl: httpUrl(data.privacyUrl, pageUrl)?.href ?? null,
  };
}

/** An http(s) address; `javascript:` and the like give null. */
function httpUrl(value: string | undefined, base: string): URL | null {
  if (!value?.trim()) return null;
  try {
    const url = new URL(value.trim(), base);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/** The surfaces on which the accent is hardest to read: --canvas and --bot of styles/theme.ts. */
export const LIGHT_SURFACE: Rgb = [246, 248, 251];
export const DARK_SURFACE: Rgb = [31, 39, 51];
/** A little above 4.5, as buttons tint their background when pointed at. */
const INK_CONTRAST = 5;

/** The custom properties that follow from the site's colour, each readable where it is used. */
export function accentProperties(color: Rgb): Record<string, string> {
  return {
    "--accent": toHex(color),
    "--on-accent": toHex(readableTextColor(color)),
    "--accent-ink-light": toHex(withContrast(color, LIGHT_SURFACE, INK_CONTRAST)),
    "--accent-ink-dark": toHex(withContrast(color, DARK_SURFACE, INK_CONTRAST)),
  };
}
