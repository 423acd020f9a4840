import type { Version } from "../../state/types";

/** Asks for the dialog about publishing `version`; `trainer-publish` of the page hears it. */
export function askPublish(event: Event, version: Version): void {
  event.currentTarget?.dispatchEvent(new CustomEvent<Version>("publish-wanted", { detail: version, bubbles: true }));
}
