import { StoreElement } from "../../console/parts/store-element";
import type { Trainer } from "../state/trainer";

/** Base of the trainer console's elements: each is given the whole console. */
export abstract class TrainerElement extends StoreElement {
  static override properties: Record<string, object> = { trainer: { attribute: false } };

  declare trainer: Trainer;
}
