import { describe, expect, it } from "vitest";
import { clauseLabel } from "../../src/shared/clauses";
import { formatDay, formatTime, localDay } from "../../src/shared/dates";
import { messageLength, readAck, readMessage, retryAfterMs } from "../../src/shared/protocol";
import { newUuid } from "../../src/shared/uuid";

describe("dates, in Jakarta", () => {
  it.each([
    ["2026-11-22T02:05:00.000Z", "09.05"],
    ["2026-11-21T17:00:00.000Z", "00.00"],
    ["bukan tanggal", ""],
  ])("shows the time of %s as %j", (iso, expected) => expect(formatTime(iso)).toBe(expected));

  const now = new Date("2026-11-23T01:00:00.000Z");
  it.each([
    ["2026-11-22T17:00:00.000Z", "Hari ini"],
    ["2026-11-22T16:59:59.000Z", "Kemarin"],
    ["2026-11-21T17:00:00.000Z", "Kemarin"],
    ["2026-11-21T16:59:00.000Z", "21 November 2026"],
    ["2025-08-17T03:00:00.000Z", "17 Agustus 2025"],
    ["", ""],
  ])("names the day of %s %j", (iso, expected) => expect(formatDay(iso, now)).toBe(expected));

  it("knows yesterday across the turn of the year", () => {
    expect(formatDay("2026-12-31T05:00:00Z", new Date("2027-01-01T05:00:00Z"))).toBe("Kemarin");
  });

  it("takes the local day", () => expect(localDay("2026-11-21T17:30:00.000Z")).toBe("2026-11-22"));
});

describe("clauses", () => {
  it.each([
    ["H13", "Hak 13"],
    ["K5", "Kewajiban 5"],
    ["P", "Penutup"],
    ["X1", null],
    ["H0", null],
    ["<b>", null],
  ])("labels %s %j", (id, label) => expect(clauseLabel(id)).toBe(label));
});

describe("protocol", () => {
  it("reads a complete message", () => {
    const wire = {
      seq: 7,
      sender: "bot",
      text: "Baik",
      buttons: [{ title: " Ya ", payload: "/ya" }, { title: "" }, "x"],
      outcome: "answer",
      clauses: ["H13", 4],
      reply_to: 6,
      client_message_id: null,
      created_at: "2026-11-22T10:00:00.000Z",
    };
    expect(readMessage(wire)).toMatchObject({
      seq: 7,
      buttons: [{ title: "Ya", payload: "/ya" }],
      clauses: ["H13"],
      replyTo: 6,
    });
  });

  it.each([[null], ["x"], [{ seq: "1", sender: "bot", text: "" }], [{ seq: 1.5, sender: "bot", text: "" }], [{ seq: 1, sender: "bot" }]])(
    "does not take %j for a message",
    (value) => expect(readMessage(value)).toBeNull(),
  );

  it("takes an unreadable acknowledgement for an error", () => {
    expect(readAck(undefined)).toEqual({ ok: false, error: { code: "internal_error", message: "", data: {} } });
    expect(readAck({ ok: true, seq: 1 })).toEqual({ ok: true, body: { ok: true, seq: 1 } });
  });

  it.each([[2, 2000], ["3", 3000], [-1, 5000], [undefined, 5000], [1e9, 300_000]])("waits for retry_after %j", (value, ms) =>
    expect(retryAfterMs({ code: "rate_limited", message: "", data: { retry_after: value } })).toBe(ms),
  );

  it("counts characters like the server", () => expect(messageLength("a👍🏽é")).toBe(4));

  it("makes UUIDs", () => expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
});
