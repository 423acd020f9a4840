import { StoreElement } from "../../console/parts/store-element";
import type { Desk } from "../state/desk";

/** Base of the desk's elements: each is given the whole desk. */
export abstract class DeskElement extends StoreElement {
  static override properties: Record<string, object> = { desk: { attribute: false } };

  declare desk: Desk;
}
