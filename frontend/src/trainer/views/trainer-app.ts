import { html, type TemplateResult } from "lit";
import { emptyState, spinner } from "../../console/parts/pieces";
import { icons } from "../../console/parts/icons";
import type { Emitter } from "../../shared/emitter";
import { TrainerElement } from "../parts/trainer-element";

/** Sign-in or console. */
export class TrainerApp extends TrainerElement {
  protected override watched(): Emitter[] {
    return [this.trainer.session];
  }

  protected override render(): TemplateResult {
    const { session } = this.trainer;
    if (session.status === "signed-out") return html`<console-sign-in .session=${session} name="Latih bot"></console-sign-in>`;
    if (session.status === "signed-in") return session.may("train") ? html`<trainer-shell .trainer=${this.trainer}></trainer-shell>` : this.refused();
    return html`<main class="splash">
      <h1 class="sr">Latih bot Masternet</h1>
      ${spinner("Memuat…")} ${session.error ? html`<p role="alert">${session.error}</p>` : ""}
    </main>`;
  }

  private refused(): TemplateResult {
    return html`<main class="splash" data-testid="refused">
      <h1 class="sr">Tidak tersedia</h1>
      ${emptyState(icons.info, "Akun Anda belum boleh melatih bot", "Minta admin menambahkan peran pelatih.")}
      <div class="buttons splash-buttons">
        ${this.trainer.session.may("serve") ? html`<a class="button" href="/desk/">Ke meja bantuan</a>` : ""}
        <button class="button" type="button" data-testid="sign-out" @click=${() => void this.trainer.signOut()}>${icons.signOut} Keluar</button>
      </div>
    </main>`;
  }
}
