import { LitElement } from "lit";
import type { Emitter } from "../../shared/emitter";
import type { Desk } from "../state/desk";

/**
 * Base of the console's elements: in the page's own tree, so that labels, ids and one stylesheet reach everything,
 * and rendered anew whenever one of `watched` has changed.
 */
export abstract class DeskElement extends LitElement {
  static override properties: Record<string, object> = { desk: { attribute: false } };

  declare desk: Desk;
  private stops: (() => void)[] = [];

  protected watched(): Emitter[] {
    return [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = this.watched().map((store) => store.subscribe(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.stops = [];
  }
}
