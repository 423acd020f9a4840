import type { Theme } from "../state/preferences";

/** The colours follow the system unless the user has chosen. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
