import { describe, expect, it } from "vitest";
import { ApiClient } from "../../src/console/state/api";
import { AuditStore } from "../../src/desk/state/audit-store";
import { actionLabel, authorLabel, changeText } from "../../src/desk/state/audit-words";
import { failure, scriptedFetch, type Call, type Reply } from "../support/desk";

const entry = (id: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id, at: "2026-11-22T10:00:00.000Z", staff: "rina", action: "signed_in", target: "rina", detail: {}, ...more,
});

function store(answer: (call: Call) => Reply): { audit: AuditStore; calls: Call[] } {
  const { fetch, calls } = scriptedFetch(answer);
  return { audit: new AuditStore(new ApiClient(fetch)), calls };
}

const ids = (audit: AuditStore): number[] => audit.entries.map((one) => one.id);

describe("the audit log", () => {
  it("is read page by page, newest first", async () => {
    const { audit, calls } = store(({ path }) => ({ body: path.includes("before=8") ? { entries: [entry(7)], next: null } : { entries: [entry(9), entry(8)], next: 8 } }));
    await audit.load();
    expect(ids(audit)).toEqual([9, 8]);
    expect(audit.hasMore).toBe(true);
    await audit.more();
    expect(ids(audit)).toEqual([9, 8, 7]);
    expect(audit.hasMore).toBe(false);
    await audit.more();
    expect(calls).toHaveLength(2);
  });

  it("leaves out what it cannot read, and keeps what it had when the server refuses", async () => {
    let refused = false;
    const { audit } = store(() => (refused ? failure(500, "internal_error") : { body: { entries: [entry(2), { id: "x" }, null], next: 2 } }));
    await audit.load();
    expect(ids(audit)).toEqual([2]);
    refused = true;
    await audit.more();
    expect(ids(audit)).toEqual([2]);
    expect([audit.status, audit.error]).toEqual(["failed", "pesan internal_error"]);
  });

  it("tells which roles were changed into which", async () => {
    const { audit } = store(() => ({ body: { entries: [entry(1, { action: "roles_set", detail: { old: ["agent"], new: ["agent", "admin"] } })], next: null } }));
    await audit.load();
    expect(changeText(audit.entries[0]!)).toBe("agent → agent, admin");
  });

  it("has words for what it knows, and plain ones for what it does not", () => {
    expect([actionLabel("sign_in_failed"), actionLabel("key_lost")]).toEqual(["Gagal masuk", "Key lost"]);
    expect([authorLabel("cli"), authorLabel("?"), authorLabel("rina")]).toEqual(["Terminal", "Tidak dikenal", "rina"]);
  });
});
