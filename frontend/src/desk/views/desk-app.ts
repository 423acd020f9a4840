import { html, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { spinner } from "../../console/parts/pieces";

/** Sign-in or console. */
export class DeskApp extends DeskElement {
  protected override watched(): Emitter[] {
    return [this.desk.session];
  }

  protected override render(): TemplateResult {
    const { status, error } = this.desk.session;
    if (status === "signed-in") return html`<desk-shell .desk=${this.desk}></desk-shell>`;
    if (status === "signed-out") return html`<console-sign-in .session=${this.desk.session} name="Meja bantuan"></console-sign-in>`;
    return html`<main class="splash">
      <h1 class="sr">Meja bantuan Masternet</h1>
      ${spinner("Memuat…")} ${error ? html`<p role="alert">${error}</p>` : ""}
    </main>`;
  }
}
