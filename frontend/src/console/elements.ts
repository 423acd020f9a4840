import { ConsoleAccount } from "./views/console-account";
import { ConsoleSignIn } from "./views/console-sign-in";
import { ConsoleToasts } from "./views/console-toasts";

export type Elements = Record<string, CustomElementConstructor>;

/** What every console has. */
export const CONSOLE_ELEMENTS: Elements = {
  "console-account": ConsoleAccount,
  "console-sign-in": ConsoleSignIn,
  "console-toasts": ConsoleToasts,
};

export function define(elements: Elements): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
