import { describe, expect, it, vi } from "vitest";
import { ApiClient, errorText } from "../../src/console/state/api";
import { failure, scriptedFetch } from "../support/desk";

describe("ApiClient", () => {
  it("sends the CSRF token with changes only, and leaves empty query values out", async () => {
    const { fetch, calls } = scriptedFetch(() => ({}));
    const api = new ApiClient(fetch);
    api.csrfToken = "token";
    await api.get("/conversations", { filter: "mine", before: null, unread: undefined, limit: 50 });
    await api.post("/conversations/x/accept");
    expect(calls.map((call) => call.path)).toEqual(["/conversations?filter=mine&limit=50", "/conversations/x/accept"]);
    expect(calls.map((call) => call.headers["X-CSRF-Token"])).toEqual([undefined, "token"]);
  });

  it("gives the server's words, and its own where the network fails", async () => {
    const { fetch } = scriptedFetch(({ path }) => (path === "/lost" ? "lost" : failure(409, "chat_limit", "Sudah penuh.")));
    const api = new ApiClient(fetch);
    expect(errorText(await api.post("/x").catch((error: unknown) => error))).toBe("Sudah penuh.");
    expect(errorText(await api.get("/lost").catch((error: unknown) => error))).toContain("tidak dapat dihubungi");
  });

  it("survives an answer that is not JSON", async () => {
    const api = new ApiClient(async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(api.get("/x")).rejects.toMatchObject({ status: 502, code: "internal_error" });
  });

  it("takes the token of a session that another tab has begun, once", async () => {
    const { fetch, calls } = scriptedFetch(({ path, headers }) => {
      if (path === "/session") return { body: { csrf_token: "new" } };
      return headers["X-CSRF-Token"] === "new" ? {} : failure(403, "cross_site");
    });
    const api = new ApiClient(fetch);
    api.csrfToken = "old";
    await api.put("/me/presence", { presence: "online" });
    expect(calls.map((call) => call.path)).toEqual(["/me/presence", "/session", "/me/presence"]);
    await api.put("/me/presence", { presence: "away" });
    expect(calls).toHaveLength(4);
  });

  it("gives up where the token is not the reason", async () => {
    const { fetch, calls } = scriptedFetch(({ path }) => (path === "/session" ? { body: { csrf_token: "same" } } : failure(403, "cross_site")));
    const api = new ApiClient(fetch);
    api.csrfToken = "same";
    await expect(api.post("/x")).rejects.toMatchObject({ code: "cross_site" });
    expect(calls).toHaveLength(2);
  });

  it("tells of the end of the session", async () => {
    const { fetch } = scriptedFetch(() => failure(401, "not_signed_in"));
    const api = new ApiClient(fetch);
    api.signedOut = vi.fn();
    await expect(api.get("/agents")).rejects.toMatchObject({ status: 401 });
    expect(api.signedOut).toHaveBeenCalledOnce();
  });
});
