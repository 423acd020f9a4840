import { html, type TemplateResult } from "lit";
import type { Theme, ThemePreference } from "../state/preferences";
import { icons } from "./icons";

const NEXT_THEME: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const THEMES: Record<Theme, { icon: TemplateResult; label: string }> = {
  system: { icon: icons.auto, label: "Warna: ikut sistem" },
  light: { icon: icons.sun, label: "Warna: terang" },
  dark: { icon: icons.moon, label: "Warna: gelap" },
};

/** A button that goes through the colours. */
export function themeSwitch(preferences: ThemePreference): TemplateResult {
  const theme = THEMES[preferences.theme];
  return html`<button class="icon-button" type="button" data-testid="theme" data-theme=${preferences.theme} title=${theme.label} aria-label=${theme.label}
    @click=${() => (preferences.theme = NEXT_THEME[preferences.theme])}>${theme.icon}</button>`;
}
