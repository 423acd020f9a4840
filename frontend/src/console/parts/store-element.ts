import { LitElement } from "lit";
import type { Emitter } from "../../shared/emitter";

/**
 * Base of the consoles' elements: in the page's own tree, so that labels, ids and one stylesheet reach everything,
 * and rendered anew whenever one of `watched` has changed.
 */
export abstract class StoreElement extends LitElement {
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
