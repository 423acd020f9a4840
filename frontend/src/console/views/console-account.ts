import { html, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { copyText } from "../../shared/copy";
import { StoreElement } from "../parts/store-element";
import type { ApiClient } from "../state/api";
import type { SessionStore } from "../state/session-store";
import type { Toasts } from "../state/toasts";
import { icons } from "../parts/icons";
import { qrCode } from "../parts/qr-code";
import { errorText } from "../state/api";

const MIN_PASSWORD = 10;

/** What the account page needs of a console. */
export interface AccountHost {
  readonly api: ApiClient;
  readonly session: SessionStore;
  readonly toasts: Toasts;
  signOut(everywhere?: boolean): Promise<void>;
}

/** The user's own account on this browser and on the server; `extra` is what one console alone asks for. */
export class ConsoleAccount extends StoreElement {
  static override properties = { host: { attribute: false }, extra: { attribute: false }, setup: { state: true }, errors: { state: true }, turningOff: { state: true } };
  declare host: AccountHost;
  declare extra: TemplateResult | null;
  declare setup: { secret: string; uri: string } | null;
  declare errors: Record<string, string>;
  declare turningOff: boolean;

  constructor() {
    super();
    this.extra = null;
    this.setup = null;
    this.errors = {};
    this.turningOff = false;
  }

  protected override watched(): Emitter[] {
    return [this.host.session];
  }

  protected override render(): TemplateResult {
    const { me } = this.host.session;
    return html`<main class="page account" id="main">
      <div class="page-inner narrow">
        <div class="page-head"><div><h1>${me?.displayName}</h1><p class="hint">${me?.username} · ${me?.roles.join(", ")}</p></div>
          <button class="button" type="button" data-testid="sign-out" @click=${() => void this.host.signOut()}>${icons.signOut} Keluar</button></div>
        ${this.password()} ${this.totp()} ${this.extra} ${this.sessions()}
      </div>
    </main>`;
  }

  private password(): TemplateResult {
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.changePassword(event)}>
      <h2>Kata sandi</h2>
      <p class="hint">Setelah diganti, sesi Anda di perangkat lain berakhir.</p>
      ${this.error("password")}
      <input class="sr" name="username" autocomplete="username" .value=${this.host.session.me?.username ?? ""} tabindex="-1" aria-hidden="true" readonly />
      <label class="field"><span>Kata sandi lama</span><input name="old" type="password" autocomplete="current-password" data-testid="password-old" required /></label>
      <label class="field"><span>Kata sandi baru</span><input name="new" type="password" autocomplete="new-password" data-testid="password-new" required /></label>
      <label class="field"><span>Ulangi kata sandi baru</span><input name="again" type="password" autocomplete="new-password" data-testid="password-again" required /></label>
      <button class="button primary" type="submit" data-testid="password-save">Ganti kata sandi</button>
    </form>`;
  }

  private totp(): TemplateResult {
    const on = this.host.session.me?.hasTotp ?? false;
    return html`<section class="card">
      <h2>Verifikasi dua langkah <span class="chip ${on ? "state mine" : ""}" data-testid="totp-state">${on ? "Aktif" : "Tidak aktif"}</span></h2>
      <p class="hint">Saat masuk, selain kata sandi diminta kode dari aplikasi autentikator di ponsel Anda.</p>
      ${this.error("totp")}
      ${on ? this.totpOff() : this.setup ? this.totpConfirm(this.setup) : html`<button class="button" type="button" data-testid="totp-start" @click=${() => void this.startTotp()}>Aktifkan</button>`}
    </section>`;
  }

  private totpConfirm({ secret, uri }: { secret: string; uri: string }): TemplateResult {
    return html`<ol class="steps">
        <li>Buka aplikasi autentikator, pilih menambah akun, lalu pindai kode ini. Kalau aplikasinya di perangkat ini: <a href=${/^otpauth:\/\//.test(uri) ? uri : "#"} data-testid="totp-uri">buka di aplikasi</a>.
          <span class="scan" data-testid="totp-qr">${qrCode(uri, "Kode QR untuk aplikasi autentikator")}</span>
          Tidak bisa memindai? Ketik kunci ini:
          <span class="secret"><code data-testid="totp-secret" data-secret=${secret}>${secret.replace(/(.{4})/g, "$1 ").trim()}</code>
            <button class="icon-button small" type="button" aria-label="Salin kunci" @click=${() => void copyText(secret).then(() => this.host.toasts.info("Disalin."))}>${icons.copy}</button></span></li>
        <li>Masukkan kode enam angka yang ditampilkan aplikasi.</li>
      </ol>
      <form class="inline" @submit=${(event: SubmitEvent) => void this.confirmTotp(event)}>
        <label class="field"><span>Kode</span><input class="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="8" data-testid="totp-code" required /></label>
        <button class="button primary" type="submit" data-testid="totp-confirm">Konfirmasi</button>
        <button class="button" type="button" @click=${() => (this.setup = null)}>Batal</button>
      </form>`;
  }

  private totpOff(): TemplateResult {
    if (!this.turningOff) return html`<button class="button" type="button" data-testid="totp-off" @click=${() => (this.turningOff = true)}>Nonaktifkan</button>`;
    return html`<form class="inline" @submit=${(event: SubmitEvent) => void this.stopTotp(event)}>
      <label class="field"><span>Kata sandi Anda</span><input name="password" type="password" autocomplete="current-password" data-testid="totp-password" required /></label>
      <button class="button danger" type="submit" data-testid="totp-off-sure">Nonaktifkan</button>
      <button class="button" type="button" @click=${() => (this.turningOff = false)}>Batal</button>
    </form>`;
  }

  private sessions(): TemplateResult {
    return html`<section class="card"><h2>Semua perangkat</h2>
      <p class="hint">Mengakhiri semua sesi akun Anda, juga yang ini.</p>
      <button class="button danger" type="button" data-testid="sign-out-everywhere" @click=${() => void this.host.signOut(true)}>Keluar dari semua perangkat</button>
    </section>`;
  }

  private error(name: string): TemplateResult {
    return html`<p class="form-error" role="alert" data-testid="${name}-error" ?hidden=${!this.errors[name]}>${this.errors[name]}</p>`;
  }

  /** Runs `task`; its error is shown beside the form `name`. */
  private async attempt(name: string, task: () => Promise<void>): Promise<void> {
    try {
      this.errors = {};
      await task();
    } catch (error) {
      this.errors = { [name]: error instanceof FormError ? error.message : errorText(error) };
    }
  }

  private changePassword(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const [before, after, again] = ["old", "new", "again"].map((name) => String(data.get(name)));
    return this.attempt("password", async () => {
      if (after!.length < MIN_PASSWORD) throw new FormError(`Kata sandi baru sedikitnya ${MIN_PASSWORD} karakter.`);
      if (after !== again) throw new FormError("Kedua isian kata sandi baru tidak sama.");
      await this.host.api.put("/me/password", { old: before!, new: after! });
      form.reset();
      this.host.toasts.info("Kata sandi diganti.");
    });
  }

  private startTotp(): Promise<void> {
    return this.attempt("totp", async () => {
      const { secret, uri } = await this.host.api.post("/me/totp");
      this.setup = { secret: String(secret), uri: String(uri) };
    });
  }

  private confirmTotp(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get("code")).replace(/\s/g, "");
    return this.attempt("totp", async () => {
      await this.host.api.put("/me/totp", { code });
      this.setup = null;
      this.host.session.totpIs(true);
      this.host.toasts.info("Verifikasi dua langkah aktif.");
    });
  }

  private stopTotp(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const password = String(new FormData(event.target as HTMLFormElement).get("password"));
    return this.attempt("totp", async () => {
      await this.host.api.delete("/me/totp", { password });
      this.turningOff = false;
      this.host.session.totpIs(false);
    });
  }

}

class FormError extends Error {}
