import { ThemePreference } from "../../console/state/preferences";
import { FILTERS, type Filter } from "./types";

/** What this browser remembers of its user's taste. */
export class Preferences extends ThemePreference {
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
}
