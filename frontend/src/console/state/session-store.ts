import { Backoff } from "../../shared/backoff";
import { Emitter } from "../../shared/emitter";
import { ApiError, errorText, NetworkError, type ApiClient } from "./api";
import { readMe, readPresence } from "./readers";
import type { Me, Presence } from "./types";

export type SessionStatus = "checking" | "signed-out" | "signed-in";

/** Who is signed in. `me` stays known after the session has ended, so that what was open stays on screen behind the sign-in. */
export class SessionStore extends Emitter {
  status: SessionStatus = "checking";
  me: Me | null = null;
  /** The server asks for the code of the authenticator app. */
  codeWanted = false;
  busy = false;
  error: string | null = null;
  /** The session has ended by itself, not by the user's wish. */
  expired = false;
  private readonly backoff = new Backoff();

  constructor(private readonly api: ApiClient) {
    super();
    api.signedOut = () => this.ended();
  }

  may(permission: string): boolean {
    return this.me?.permissions.includes(permission) ?? false;
  }

  /** Whether the cookie still holds a session; keeps asking while the server cannot be reached. */
  async check(): Promise<void> {
    try {
      this.signedIn(await this.api.get("/session"));
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) return this.ended();
      this.error = errorText(error);
      this.emit();
      setTimeout(() => void this.check(), this.backoff.next());
    }
  }

  async signIn(username: string, password: string, code: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    this.emit();
    try {
      this.signedIn(await this.api.post("/session", { username, password, ...(code ? { code } : {}) }));
    } catch (error) {
      const totp = error instanceof ApiError && error.code === "totp_required";
      this.error = totp ? null : signInError(error);
      this.codeWanted ||= totp;
    }
    this.busy = false;
    this.emit();
  }

  /** Back from the code to name and password. */
  restart(): void {
    this.codeWanted = false;
    this.error = null;
    this.emit();
  }

  async signOut(everywhere = false): Promise<void> {
    try {
      await this.api.delete(everywhere ? "/session?everywhere=1" : "/session");
    } catch (error) {
      if (error instanceof NetworkError) throw error;
    }
    this.me = null;
    this.status = "signed-out";
    this.expired = false;
    this.emit();
  }

  async setPresence(presence: Presence): Promise<void> {
    const answer = await this.api.put("/me/presence", { presence });
    this.presenceIs(readPresence(answer.presence));
  }

  presenceIs(presence: Presence): void {
    if (!this.me || this.me.presence === presence) return;
    this.me = { ...this.me, presence };
    this.emit();
  }

  totpIs(hasTotp: boolean): void {
    if (this.me) this.me = { ...this.me, hasTotp };
    this.emit();
  }

  ended(): void {
    if (this.status === "signed-out") return;
    this.expired = this.status === "signed-in";
    this.status = "signed-out";
    this.error = null;
    this.codeWanted = false;
    this.emit();
  }

  private signedIn(answer: Record<string, unknown>): void {
    const me = readMe(answer.me);
    if (!me) throw new NetworkError();
    this.api.csrfToken = typeof answer.csrf_token === "string" ? answer.csrf_token : "";
    this.me = me;
    this.status = "signed-in";
    this.expired = this.codeWanted = false;
    this.error = null;
    this.backoff.reset();
    this.emit();
  }
}

function signInError(error: unknown): string {
  if (error instanceof ApiError && error.code === "rate_limited") {
    const minutes = Math.ceil(error.retryAfterMs / 60_000);
    const wait = error.retryAfterMs < 60_000 ? `${Math.ceil(error.retryAfterMs / 1000)} detik` : `${minutes} menit`;
    return `Terlalu banyak percobaan masuk. Coba lagi dalam ${wait}.`;
  }
  return errorText(error);
}
