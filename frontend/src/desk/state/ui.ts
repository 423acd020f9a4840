import { Emitter } from "../../shared/emitter";
import type { Action } from "./actions";

export type DialogKind = Extract<Action, "transfer" | "return" | "hand-back" | "close"> | "help";

/** What of the screen is open, where more than one part must know. */
export class UiStore extends Emitter {
  dialog: DialogKind | null = null;
  /** The row that j and k have moved to. */
  cursor: string | null = null;
  noting = false;
  /** On a phone, and where the window is narrow: the customer's details over the conversation. */
  detailsOver = false;

  set(change: Partial<Pick<UiStore, "dialog" | "cursor" | "noting" | "detailsOver">>): void {
    Object.assign(this, change);
    this.emit();
  }
}
