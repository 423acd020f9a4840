import { Emitter } from "../../shared/emitter";
import type { KeyValueStorage } from "../../shared/storage";

export type Theme = "system" | "light" | "dark";

/** The taste in colours that this browser remembers. */
export class ThemePreference extends Emitter {
  constructor(protected readonly storage: KeyValueStorage) {
    super();
  }

  get theme(): Theme {
    const stored = this.storage.get("theme");
    return stored === "light" || stored === "dark" ? stored : "system";
  }
  set theme(theme: Theme) {
    this.put("theme", theme);
  }

  protected put(key: string, value: string): void {
    this.storage.set(key, value);
    this.emit();
  }
}
