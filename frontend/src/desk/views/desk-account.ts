import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { Alarm } from "../parts/alarm";
import { copyText } from "../parts/copy";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../parts/icons";
import { errorText } from "../state/api";

const MIN_PASSWORD = 10;

/** The user's own account on this browser and on the server. */
export class DeskAccount extends DeskElement {
  static override properties = { ...DeskElement.properties, setup: { state: true }, errors: { state: true }, turningOff: { state: true } };
  declare setup: { secret: string; uri: string } | null;
  declare errors: Record<string, string>;
  declare turningOff: boolean;

  constructor() {
    super();
    this.setup = null;
    this.errors = {};
    this.turningOff = false;
  }

  protected override watched(): Emitter[] {
    return [this.desk.session, this.desk.preferences];
  }

  protected override render(): TemplateResult {
    const { me } = this.desk.session;
    return html`<main class="page account" id="main">
      <div class="page-inner narrow">
        <div class="page-head"><div><h1>${me?.displayName}</h1><p class="hint">${me?.username} · ${me?.roles.join(", ")}</p></div>
          <button class="button" type="button" data-testid="sign-out" @click=${() => void this.desk.signOut()}>${icons.signOut} Keluar</button></div>
        ${this.password()} ${this.totp()} ${this.alerts()} ${this.sessions()}
      </div>
    </main>`;
  }

  private password(): TemplateResult {
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.changePassword(event)}>
      <h2>Kata sandi</h2>
      <p class="hint">Setelah diganti, sesi Anda di perangkat lain berakhir.</p>
      ${this.error("password")}
      <input class="sr" name="username" autocomplete="username" .value=${this.desk.session.me?.username ?? ""} tabindex="-1" aria-hidden="true" readonly />
      <label class="field"><span>Kata sandi lama</span><input name="old" type="password" autocomplete="current-password" data-testid="password-old" required /></label>
      <label class="field"><span>Kata sandi baru</span><input name="new" type="password" autocomplete="new-password" data-testid="password-new" required /></label>
      <label class="field"><span>Ulangi kata sandi baru</span><input name="again" type="password" autocomplete="new-password" data-testid="password-again" required /></label>
      <button class="button primary" type="submit" data-testid="password-save">Ganti kata sandi</button>
    </form>`;
  }

  private totp(): TemplateResult {
    const on = this.desk.session.me?.hasTotp ?? false;
    return html`<section class="card">
      <h2>Verifikasi dua langkah <span class="chip ${on ? "state mine" : ""}" data-testid="totp-state">${on ? "Aktif" : "Tidak aktif"}</span></h2>
      <p class="hint">Saat masuk, selain kata sandi diminta kode dari aplikasi autentikator di ponsel Anda.</p>
      ${this.error("totp")}
      ${on ? this.totpOff() : this.setup ? this.totpConfirm(this.setup) : html`<button class="button" type="button" data-testid="totp-start" @click=${() => void this.startTotp()}>Aktifkan</button>`}
    </section>`;
  }

  private totpConfirm({ secret, uri }: { secret: string; uri: string }): TemplateResult {
    return html`<ol class="steps">
        <li>Buka aplikasi autentikator, pilih menambah akun, lalu masukkan kunci ini. Di ponsel ini juga: <a href=${/^otpauth:\/\//.test(uri) ? uri : "#"} data-testid="totp-uri">buka di aplikasi</a>.
          <span class="secret"><code data-testid="totp-secret" data-secret=${secret}>${secret.replace(/(.{4})/g, "$1 ").trim()}</code>
            <button class="icon-button small" type="button" aria-label="Salin kunci" @click=${() => void copyText(secret).then(() => this.desk.toasts.info("Disalin."))}>${icons.copy}</button></span></li>
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

  private alerts(): TemplateResult {
    const { preferences } = this.desk;
    return html`<section class="card"><h2>Pemberitahuan di peramban ini</h2>
      <label class="check"><input type="checkbox" data-testid="sound-check" .checked=${!preferences.muted} @change=${() => (preferences.muted = !preferences.muted)} /> Bunyi saat ada yang menunggu atau membalas</label>
      <label class="check"><input type="checkbox" data-testid="notify-check" .checked=${preferences.notifications} ?disabled=${!Alarm.canNotify}
        @change=${(event: Event) => void this.wantNotifications(event.target as HTMLInputElement)} /> Pemberitahuan sistem saat tab ini tidak terlihat</label>
      ${Alarm.canNotify ? nothing : html`<p class="hint">Peramban ini tidak mengizinkan pemberitahuan dari halaman ini.</p>`}
    </section>`;
  }

  private sessions(): TemplateResult {
    return html`<section class="card"><h2>Semua perangkat</h2>
      <p class="hint">Mengakhiri semua sesi akun Anda, juga yang ini.</p>
      <button class="button danger" type="button" data-testid="sign-out-everywhere" @click=${() => void this.desk.signOut(true)}>Keluar dari semua perangkat</button>
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
      await this.desk.api.put("/me/password", { old: before!, new: after! });
      form.reset();
      this.desk.toasts.info("Kata sandi diganti.");
    });
  }

  private startTotp(): Promise<void> {
    return this.attempt("totp", async () => {
      const { secret, uri } = await this.desk.api.post("/me/totp");
      this.setup = { secret: String(secret), uri: String(uri) };
    });
  }

  private confirmTotp(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get("code")).replace(/\s/g, "");
    return this.attempt("totp", async () => {
      await this.desk.api.put("/me/totp", { code });
      this.setup = null;
      this.desk.session.totpIs(true);
      this.desk.toasts.info("Verifikasi dua langkah aktif.");
    });
  }

  private stopTotp(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const password = String(new FormData(event.target as HTMLFormElement).get("password"));
    return this.attempt("totp", async () => {
      await this.desk.api.delete("/me/totp", { password });
      this.turningOff = false;
      this.desk.session.totpIs(false);
    });
  }

  private async wantNotifications(box: HTMLInputElement): Promise<void> {
    this.desk.preferences.notifications = box.checked && (await Alarm.askToNotify());
    box.checked = this.desk.preferences.notifications;
  }
}

class FormError extends Error {}
