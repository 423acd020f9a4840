import { describe, expect, it } from "vitest";
import { COLUMNS, columnOf, countOf, inOrder } from "../../../src/desk/paid/state/columns";
import { paidActions, refusal } from "../../../src/desk/paid/state/paid-actions";
import { blankDraft, draftOf, needsApproval, quoteBody, reckon, withItem, type QuoteDraft } from "../../../src/desk/paid/state/quote-draft";
import { readPaidDetail, readPaidRow, readPriceList, readStatement } from "../../../src/desk/paid/state/readers";
import { decodeText } from "../../../src/desk/paid/state/text-file";
import type { PaidRow } from "../../../src/desk/paid/state/types";
import { exportHref } from "../../../src/desk/paid/views/export-view";
import { ApiError, NetworkError } from "../../../src/console/state/api";
import { PAID_STATES } from "../../../src/shared/paid/words";
import { PRICES as WIRE_PRICES } from "../../../dev/fake-paid.mjs";
import { wireDetail, wirePaid } from "./sample";

const PRICES = readPriceList(WIRE_PRICES);
const paid = (id: string, more: Record<string, unknown> = {}): PaidRow => readPaidRow(wirePaid(id, more))!;

describe("a statement's file", () => {
  const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

  it("is read as the bank has written it", () => {
    expect(decodeText(new TextEncoder().encode("Kafé;1").buffer as ArrayBuffer)).toBe("Kafé;1");
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe("a");
    expect(decodeText(bytes(0x4b, 0x61, 0x66, 0xe9))).toBe("Kafé");
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0x00, 0xe9, 0x00))).toBe("aé");
    expect(decodeText(bytes(0xfe, 0xff, 0x00, 0x61))).toBe("a");
    expect(decodeText(bytes())).toBe("");
  });
});

describe("a quote that is typed", () => {
  const draft = (...lines: [string, string][]): QuoteDraft => ({
    lines: lines.map(([quantity, price], key) => ({ key, what: "Kerja", quantity, unit: "jam", price })), days: "7", note: " ",
  });

  it("is summed up in whole rupiah, as the server does", () => {
    expect(reckon(draft(["2,5", "150.000"], ["1", "200000"]), "11")).toMatchObject({ figures: { subtotal: 575_000, tax: 63_250, total: 638_250 }, problems: [] });
    expect(reckon(draft(["0,33", "99.999"], ["1,1", "3"]), "10.5")).toMatchObject({ figures: { subtotal: 33_003, tax: 3465, total: 36_468 } });
  });

  it("always adds up, whatever the numbers", () => {
    let seed = 11;
    const roll = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let round = 0; round < 300; round += 1) {
      const lines = Array.from({ length: 1 + roll(5) }, (): [string, string] => [`${roll(100)},${String(1 + roll(99)).padStart(2, "0")}`, String(roll(5_000_000))]);
      const { figures } = reckon(draft(...lines), "11");
      expect(figures.lines.reduce((sum, line) => sum + line.total, 0)).toBe(figures.subtotal);
      expect(figures.subtotal + figures.tax).toBe(figures.total);
      // Half up: twice the difference to the exact tax is at most one rupiah.
      expect(Math.abs(2 * (100 * figures.tax - 11 * figures.subtotal))).toBeLessThanOrEqual(100);
      expect([figures.tax, figures.total].every(Number.isSafeInteger)).toBe(true);
    }
  });

  it("is sent with a decimal point and integers", () => {
    expect(quoteBody({ ...draft(["1,5", "Rp150.000"]), note: " dua hari " })).toEqual({
      lines: [{ what: "Kerja", quantity: "1.5", unit: "jam", unit_price: 150_000 }], valid_days: 7, note: "dua hari",
    });
    expect(quoteBody(draft(["1", "0"]))).not.toHaveProperty("note");
  });

  it("says what is wrong, and where", () => {
    const fields = (one: QuoteDraft): string[] => reckon(one, "11").problems.map((problem) => problem.field);
    expect(fields(blankDraft(PRICES))).toEqual(["lines.0.what", "lines.0.price"]);
    expect(fields(draft(["nol", "1,5"]))).toEqual(["lines.0.quantity", "lines.0.price"]);
    expect(fields(draft(["1", "0"]))).toEqual(["lines"]);
    expect(fields(draft(["10000", "9.000.000.000"]))).toEqual(["lines"]);
    for (const days of ["0", "366", "", "1,5", "-1"]) expect(fields({ ...draft(["1", "5"]), days })).toEqual(["days"]);
  });

  it("takes items of the price list, over a blank line first", () => {
    const once = withItem(blankDraft(PRICES), PRICES.items[0]!);
    expect(once.lines).toMatchObject([{ what: "Pekerjaan teknis", unit: "jam", price: "150.000", quantity: "1" }]);
    const twice = withItem(once, PRICES.items.at(-1)!);
    expect(twice.lines.map((line) => line.price)).toEqual(["150.000", ""]);
    expect(new Set(twice.lines.map((line) => line.key)).size).toBe(2);
  });

  it("begins as the last one was", () => {
    const quote = readPaidDetail(wireDetail("a"))!.quotes[0]!;
    expect(quoteBody(draftOf(quote, PRICES)).lines).toEqual([{ what: "Kerja", quantity: "1.5", unit: "jam", unit_price: 150_000 }]);
  });

  it("needs an administrator above the limit", () => {
    expect(needsApproval(5_000_000, PRICES, false)).toBe(false);
    expect(needsApproval(5_000_001, PRICES, false)).toBe(true);
    expect(needsApproval(5_000_001, PRICES, true)).toBe(false);
    expect(needsApproval(9e9, readPriceList({ ...WIRE_PRICES, approval_limit: 0 }), false)).toBe(false);
  });
});

describe("the board", () => {
  it("has one column for every state", () => {
    for (const state of PAID_STATES) expect(COLUMNS.filter((column) => column.states.includes(state))).toHaveLength(1);
    expect(columnOf("accepted").id).toBe("payment");
    expect(countOf(columnOf("accepted"), { accepted: 2, awaiting_payment: 3, paid: 9 })).toBe(5);
  });

  it("puts first what needs somebody: urgent and old, or about to run out", () => {
    const ids = (state: string, rows: PaidRow[]): string[] => inOrder(rows, columnOf(state as never)).map((row) => row.id);
    const at = (hour: number): string => `2026-11-27T${String(hour).padStart(2, "0")}:00:00Z`;
    expect(ids("requested", [paid("a", { urgency: "relaxed", created_at: at(1) }), paid("b", { urgency: "today", created_at: at(3) }), paid("c", { urgency: "today", created_at: at(2) }), paid("x", { state: "paid" })])).toEqual(["c", "b", "a"]);
    expect(ids("quoted", [paid("a", { state: "quoted", expires_at: at(9) }), paid("b", { state: "quoted", expires_at: at(5) })])).toEqual(["b", "a"]);
    expect(ids("done", [paid("a", { state: "done", updated_at: at(1) }), paid("b", { state: "expired", updated_at: at(2) })])).toEqual(["b", "a"]);
  });

  it("ignores what is no request", () => {
    for (const junk of [null, 5, {}, { id: "a" }, wirePaid("", {}), wirePaid("a", { state: "??" })]) expect(readPaidRow(junk)).toBeNull();
    expect(readPaidRow(wirePaid("a", { total: 1.5, urgency: "kemarin" }))).toMatchObject({ total: null, urgency: "relaxed" });
    expect(readPaidDetail(wireDetail("a", { quotes: [{ number: 1 }], payments: [{ state: "??" }], work: null }))).toMatchObject({ quotes: [], payments: [], work: [] });
    expect(readStatement({ matched: "x", unmatched: [{ amount: 5 }] })).toEqual({ matched: [], ambiguous: [], unmatched: [{ date: "", amount: 5, description: "" }], odd: [], known: 0 });
  });
});

describe("what may be done", () => {
  const actions = (state: string, more: Record<string, unknown> = {}, admin = false): string[] => paidActions(paid("a", { state, ...more }), admin);
  it("follows the state and the account", () => {
    expect(actions("requested")).toEqual(["quote", "reject", "cancel"]);
    expect(actions("requested", { waits_for_approval: true }, true)[0]).toBe("approve");
    expect(actions("requested", { waits_for_approval: true })).not.toContain("approve");
    expect(actions("awaiting_payment")).toEqual(["payment", "cancel"]);
    expect(actions("expired")).toEqual(["quote"]);
    expect(actions("declined", { out_of_field: true })).toEqual([]);
    expect(actions("expired", { invoice: "INV/1" })).toEqual(["payment", "quote"]);
    expect(actions("paid", {}, true)).toEqual(["start", "work", "refund"]);
    expect(actions("in_progress")).toEqual(["finish", "work"]);
    expect(actions("cancelled", {}, true)).toEqual([]);
  });

  it("explains a refusal", () => {
    const said = (status: number, code: string, data = {}): ReturnType<typeof refusal> => refusal(new ApiError(status, code, "pesan", data));
    expect(said(409, "paid_state", { state: "cancelled" })).toMatchObject({ stale: true, message: expect.stringContaining("Sekarang: Dibatalkan") });
    expect(said(409, "out_of_field")).toMatchObject({ stale: true, message: expect.stringContaining("Hak 4") });
    expect(said(400, "paid_support_invalid", { field: "lines.1.unit_price" })).toEqual({ stale: false, field: "lines.1.unit_price", message: "Periksa harga pada baris 2." });
    expect(said(400, "paid_support_invalid", { field: "statement", line: 7, column: "tanggal", reason: "date" }).message).toBe("Periksa berkas mutasi. Baris 7 tidak dapat dibaca. Tanggalnya tidak dapat dibaca.");
    expect(said(400, "paid_support_invalid", { field: "amount", expected: [638_417, 638_250] }).message).toBe("Periksa jumlah uang. Yang ditunggu: Rp638.417 atau Rp638.250.");
    expect(said(403, "forbidden")).toMatchObject({ stale: false, message: "pesan" });
    expect(refusal(new NetworkError())).toMatchObject({ stale: false, field: null });
  });
});

it("links to the export of a range", () => {
  expect(exportHref({ from: "2026-11-01", to: "2026-11-27" }, "semicolon")).toBe("/api/desk/v1/paid-events.csv?from=2026-11-01&to=2026-11-27&separator=semicolon");
});
