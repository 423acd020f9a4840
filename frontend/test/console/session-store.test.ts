import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiClient } from "../../src/console/state/api";
import { SessionStore } from "../../src/console/state/session-store";
import { failure, scriptedFetch, type Call, type Reply } from "../support/desk";

const ME = { id: "u1", username: "rina", display_name: "Rina", roles: ["agent"], permissions: ["serve"], presence: "online", max_chats: 4, has_totp: true };

let answer: (call: Call) => Reply | "lost";
let session: SessionStore;
let api: ApiClient;
let calls: Call[];

beforeEach(() => {
  vi.useFakeTimers();
  const scripted = scriptedFetch((call) => answer(call));
  calls = scripted.calls;
  api = new ApiClient(scripted.fetch);
  session = new SessionStore(api);
});
afterEach(() => vi.useRealTimers());

describe("SessionStore", () => {
  it("goes on with a session that the cookie still holds", async () => {
    answer = () => ({ body: { me: ME, csrf_token: "t" } });
    await session.check();
    expect(session).toMatchObject({ status: "signed-in", me: { displayName: "Rina", presence: "online" } });
    expect(api.csrfToken).toBe("t");
    expect(session.may("serve")).toBe(true);
    expect(session.may("lead")).toBe(false);
  });

  it("asks again while the server cannot be reached, rather than for a password", async () => {
    answer = () => "lost";
    await session.check();
    expect(session.status).toBe("checking");
    answer = () => failure(401, "not_signed_in");
    await vi.advanceTimersByTimeAsync(1500);
    expect(session).toMatchObject({ status: "signed-out", expired: false });
  });

  it("asks for the code, then sends all three", async () => {
    answer = ({ body }) => (body?.code ? { body: { me: ME, csrf_token: "t" } } : failure(401, "totp_required"));
    await session.signIn("rina", "rahasia", "");
    expect(session).toMatchObject({ codeWanted: true, error: null });
    await session.signIn("rina", "rahasia", "123456");
    expect(calls.at(-1)!.body).toEqual({ username: "rina", password: "rahasia", code: "123456" });
    expect(session.status).toBe("signed-in");
  });

  it("shows the server's words, and how long to wait", async () => {
    answer = () => failure(401, "sign_in_failed", "Tidak cocok.");
    await session.signIn("rina", "x", "");
    expect(session.error).toBe("Tidak cocok.");
    answer = () => failure(429, "rate_limited", "Tunggu.", { retry_after: 90 });
    await session.signIn("rina", "x", "");
    expect(session.error).toContain("2 menit");
  });

  it("tells a session that ended from one that was ended", async () => {
    answer = () => ({ body: { me: ME, csrf_token: "t" } });
    await session.check();
    answer = () => failure(401, "not_signed_in");
    await api.get("/agents").catch(() => undefined);
    expect(session).toMatchObject({ status: "signed-out", expired: true });
    answer = () => ({ body: { me: ME, csrf_token: "t" } });
    await session.signIn("rina", "x", "");
    answer = () => ({ status: 204 });
    await session.signOut(true);
    expect(calls.at(-1)!.path).toBe("/session?everywhere=1");
    expect(session).toMatchObject({ status: "signed-out", expired: false, me: null });
  });
});
