import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Emitter } from "../../shared/emitter";
import { StoreElement } from "../parts/store-element";
import type { Toasts } from "../state/toasts";
import { icons } from "../parts/icons";

/** Short words at the edge of the screen. */
export class ConsoleToasts extends StoreElement {
  static override properties = { toasts: { attribute: false } };

  declare toasts: Toasts;

  protected override watched(): Emitter[] {
    return [this.toasts];
  }

  protected override render(): TemplateResult {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${repeat(
        this.toasts.list,
        (toast) => toast.id,
        (toast) => html`<div class="toast ${toast.kind}" data-testid="toast" data-kind=${toast.kind}>
          ${toast.kind === "error" ? icons.warn : icons.check}<span>${toast.text}</span>
          <button class="icon-button small" type="button" aria-label="Tutup pemberitahuan" @click=${() => this.toasts.dismiss(toast.id)}>
            ${icons.close}
          </button>
        </div>`,
      )}
    </div>`;
  }
}
