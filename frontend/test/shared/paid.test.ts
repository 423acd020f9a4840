import { describe, expect, it } from "vitest";
import { paymentHref, readCard } from "../../src/shared/paid/cards";
import { formatMoment, isOver, remainingText } from "../../src/shared/paid/due";
import { formatRupiah, lineTotal, parseQuantity, parseRupiah, quantityString, taxOf } from "../../src/shared/paid/rupiah";
import { readMessage } from "../../src/shared/protocol";
import { CARDS, ID } from "../support/cards";

describe("rupiah", () => {
  it.each([[0, "Rp0"], [999, "Rp999"], [1000, "Rp1.000"], [1_250_000, "Rp1.250.000"], [-5000, "-Rp5.000"], [9_007_199_254_740_991n, "Rp9.007.199.254.740.991"]])("%s is %s", (amount, text) =>
    expect(formatRupiah(amount)).toBe(text));

  it.each([
    ["1250000", 1_250_000], ["1.250.000", 1_250_000], ["Rp 1.250.000", 1_250_000], ["rp1.250.000,00", 1_250_000], [" 5 000 ", 5000], ["0", 0],
    ["10.000.000.000", 10_000_000_000], ["10.000.000.001", null], ["1,5", null], ["1.5", null], ["1.25.000", null], ["-5", null], ["", null], ["1e5", null], ["99999999999999999999", null],
  ])("reads %j as %s", (text, amount) => expect(parseRupiah(text)).toBe(amount));

  it.each([["1", 100, "1"], ["1,5", 150, "1.5"], ["2.25", 225, "2.25"], ["0,05", 5, "0.05"], ["10000", 1_000_000, "10000"], ["1,50", 150, "1.5"]])("reads the quantity %s", (text, hundredths, string) => {
    expect(parseQuantity(text)).toBe(hundredths);
    expect(quantityString(hundredths)).toBe(string);
  });
  it.each(["0", "0,00", "10000,01", "1,555", "-1", "", "1,", "abc", "1e2", "1.000,5"])("%j is no quantity", (text) => expect(parseQuantity(text)).toBeNull());

  it("rounds half up, also where floats would not", () => {
    expect(lineTotal(1, 50)).toBe(1);
    expect(lineTotal(1, 49)).toBe(0);
    expect(lineTotal(150_000, 250)).toBe(375_000);
    expect(lineTotal(10_000_000_000, 1_000_000)).toBe(100_000_000_000_000);
    expect(lineTotal(333, 333)).toBe(1109);
    // 1.005 * 100 is 100.49999999999999 in floats.
    expect(taxOf(50, "1")).toBe(1);
    expect(taxOf(49, "1")).toBe(0);
    expect(taxOf(575_000, "11")).toBe(63_250);
    expect(taxOf(1005, "10.5")).toBe(106);
    expect(taxOf(9_999_999_999, "11")).toBe(1_100_000_000);
    expect(taxOf(1000, "0")).toBe(0);
    expect(taxOf(1000, "sebelas")).toBe(0);
  });
});

describe("time that is left", () => {
  const now = new Date("2026-11-27T03:00:00Z");
  const after = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  it.each([[192, "sisa 3 jam 12 menit"], [60, "sisa 1 jam"], [0.2, "sisa 1 menit"], [45, "sisa 45 menit"], [1440, "sisa 1 hari"], [1441, "sisa 1 hari"], [3000, "sisa 2 hari 2 jam"], [0, null], [-5, null]])("%s minutes: %s", (minutes, text) =>
    expect(remainingText(after(minutes), now)).toBe(text));
  it("says when, in the device's time", () => {
    expect(formatMoment("2026-03-05T09:00:00Z")).toBe("5 Maret 2026 pukul 16.00");
    expect(formatMoment("kapan")).toBe("");
    expect(remainingText("kapan", now)).toBeNull();
    expect([isOver(after(1), now), isOver(after(-1), now)]).toEqual([false, true]);
  });
});

describe("cards", () => {
  it.each(Object.entries(CARDS))("reads %s", (kind, card) => expect(readCard(card)).toMatchObject({ kind: card.kind ?? kind }));

  it("reads what a quote says to the rupiah", () => {
    expect(readCard(CARDS.quote)).toMatchObject({
      id: ID, subtotal: 375_000, taxRate: "11", tax: 41_250, total: 416_250, lines: [{ what: "Plugin", quantity: "2.5", unit: "jam", unitPrice: 150_000, total: 375_000 }],
    });
  });

  it("falls back to the text for what it does not know or cannot read, and still knows the request", () => {
    expect(readCard({ kind: "hadiah", id: ID })).toEqual({ kind: "unknown", id: ID });
    expect(readCard({ kind: "toString", id: ID })).toEqual({ kind: "unknown", id: ID });
    expect(readCard({ ...CARDS.quote, total: 1.5 })).toEqual({ kind: "unknown", id: ID });
    expect(readCard({ ...CARDS.quote, total: "416250" })).toEqual({ kind: "unknown", id: ID });
    expect(readCard({ ...CARDS.quote, lines: [null] })).toEqual({ kind: "unknown", id: ID });
    expect(readCard({ ...CARDS.payment, due_at: "besok" })).toEqual({ kind: "unknown", id: ID });
    for (const none of [null, undefined, "quote", 5, []]) expect(readCard(none)).toBeNull();
    expect(readMessage({ seq: 1, sender: "system", text: "teks", card: { kind: "quote" }, buttons: [{ title: "a", payload: "b" }] })).toMatchObject({ text: "teks", card: { kind: "unknown", id: null }, buttons: [{ title: "a" }] });
  });

  it("never throws, whatever is missing or of another type", () => {
    const junk = [undefined, null, "", "x", 0, -1, 1.5, NaN, true, [], {}, [[]], { kind: "quote" }];
    for (const card of Object.values(CARDS)) {
      for (const field of Object.keys(card)) for (const value of junk) expect(() => readCard({ ...card, [field]: value })).not.toThrow();
    }
  });

  it.each([
    ["https://app.midtrans.com/snap/x", true], ["http://127.0.0.1:9999/bayar", true], ["http://localhost/bayar", true], ["http://[::1]:80/", true],
    ["http://app.midtrans.com/x", false], ["http://127.0.0.1.evil.example/", false], ["javascript:alert(1)", false], ["https://bank@evil.example/", false], ["data:text/html,x", false], ["//x", false], [null, false], [5, false],
  ])("opens %s: %s", (url, opens) => expect(paymentHref(url) !== null).toBe(opens));
});
