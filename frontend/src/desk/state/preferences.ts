import { Emitter } from "../../shared/emitter";
import type { KeyValueStorage } from "../../shared/storage";
import { FILTERS, type Filter } from "./types";

export type Theme = "system" | "light" | "dark";

/** What this browser remembers of its user's taste. */
export class Preferences extends Emitter {
  constructor(private readonly storage: KeyValueStorage) {
    super();
  }

  get theme(): Theme {
    const stored = this.storage.get("theme");
    return stored === "light" || stored === "dark" ? stored : "system";
  }
  set theme(theme: Theme) {
    this.put("theme", theme);
  }

  get muted(): boolean {
    return this.storage.get("muted") === "1";
  }
  set muted(muted: boolean) {
    this.put("muted", muted ? "1" : "0");
  }

  get notifications(): boolean {
    return this.storage.get("notifications") === "1";
  }
  set notifications(wanted: boolean) {
    this.put("notifications", wanted ? "1" : "0");
  }

  get showDetails(): boolean {
    return this.storage.get("details") !== "0";
  }
  set showDetails(show: boolean) {
    this.put("details", show ? "1" : "0");
  }

  get filter(): Filter {
    const stored = this.storage.get("filter");
    return FILTERS.find((filter) => filter === stored) ?? "queue";
  }
  set filter(filter: Filter) {
    this.put("filter", filter);
  }

  private put(key: string, value: string): void {
    this.storage.set(key, value);
    this.emit();
  }
}
