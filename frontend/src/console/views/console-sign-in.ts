import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { StoreElement } from "../parts/store-element";
import type { SessionStore } from "../state/session-store";
import { icons } from "../parts/icons";

const value = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? "");

/** Name and password, then the code of the authenticator app where the account asks for one. */
export class ConsoleSignIn extends StoreElement {
  static override properties = { session: { attribute: false }, name: {} };

  declare session: SessionStore;
  /** What the console is called. */
  declare name: string;
  private credentials = { username: "", password: "" };

  protected override watched(): Emitter[] {
    return [this.session];
  }

  protected override firstUpdated(): void {
    document.title = "Masuk · Masternet";
    this.querySelector("input")?.focus();
  }

  protected override updated(): void {
    const { session } = this;
    if (session.codeWanted) this.querySelector<HTMLInputElement>("[name=code]")?.focus();
    if (session.error && !session.busy) this.querySelector<HTMLInputElement>(session.codeWanted ? "[name=code]" : "[name=password]")?.select();
  }

  protected override render(): TemplateResult {
    const { codeWanted, expired, error, busy } = this.session;
    return html`<main class="sign-in">
      <form class="card sign-in-card" @submit=${(event: SubmitEvent) => this.submitted(event)} novalidate>
        <div class="brand">${this.mark()}<span>Masternet <b>${this.name}</b></span></div>
        <h1>${codeWanted ? "Kode verifikasi" : "Masuk"}</h1>
        ${expired && !error
          ? html`<p class="hint" role="status">Sesi Anda telah berakhir. Masuk lagi untuk melanjutkan; tulisan yang belum terkirim masih tersimpan.</p>`
          : nothing}
        <p class="form-error" role="alert" data-testid="login-error" ?hidden=${!error}>${error}</p>
        ${codeWanted ? this.codeField() : this.nameFields()}
        <button class="button primary wide" type="submit" data-testid="login-submit" ?disabled=${busy}>
          ${busy ? "Memeriksa…" : codeWanted ? "Verifikasi" : "Masuk"}
        </button>
        ${codeWanted
          ? html`<button class="button ghost wide" type="button" data-testid="login-back" @click=${() => this.session.restart()}>Ganti akun</button>`
          : nothing}
      </form>
      <p class="foot">Khusus staf Masternet Indonesia.</p>
    </main>`;
  }

  private nameFields(): TemplateResult {
    return html`<label class="field"
        ><span>Nama pengguna</span>
        <input name="username" data-testid="login-username" autocomplete="username" autocapitalize="none" spellcheck="false" required
          .value=${this.credentials.username} />
      </label>
      <label class="field"
        ><span>Kata sandi</span>
        <input name="password" type="password" data-testid="login-password" autocomplete="current-password" required />
      </label>`;
  }

  private codeField(): TemplateResult {
    return html`<label class="field"
      ><span>Kode enam angka dari aplikasi autentikator</span>
      <input class="code" name="code" data-testid="login-code" inputmode="numeric" autocomplete="one-time-code" maxlength="8" required />
    </label>`;
  }

  private mark(): TemplateResult {
    return html`<span class="mark" aria-hidden="true">${icons.inbox}</span>`;
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { session } = this;
    if (!session.codeWanted) this.credentials = { username: value(form, "username").trim(), password: value(form, "password") };
    const { username, password } = this.credentials;
    const code = session.codeWanted ? value(form, "code").replace(/\s/g, "") : "";
    const missing = session.codeWanted ? !code && "code" : !username ? "username" : !password && "password";
    if (missing) this.querySelector<HTMLInputElement>(`[name=${missing}]`)?.focus();
    else void session.signIn(username, password, code);
  }
}
