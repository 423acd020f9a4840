import { describe, expect, it } from "vitest";
import type { OutboxItem } from "../../src/shared/outbox";
import { BOT_ANSWERS } from "../../src/shared/handover";
import { readMessage, type ChatMessage } from "../../src/shared/protocol";
import { openReplies } from "../../src/widget/state/cards";
import { standings } from "../../src/widget/state/paid-cards";
import { buildTimeline, type MessageEntry } from "../../src/widget/state/timeline";
import { CARDS, PAYMENT_BUTTONS, QUOTE_BUTTONS, STARS, type WireCard } from "../support/cards";

const message = (seq: number, extra: Record<string, unknown> = {}): ChatMessage =>
  readMessage({ seq, sender: "system", text: `m${seq}`, created_at: "2026-11-22T04:00:00.000Z", ...extra })!;
const card = (seq: number, of: WireCard, buttons: unknown[] = []): ChatMessage => message(seq, { card: of, buttons });
const quote = (seq: number): ChatMessage => card(seq, CARDS.quote, QUOTE_BUTTONS);
const said = (seq: number, text: string, sender = "customer"): ChatMessage => message(seq, { sender, text });
const unsent = (text: string, failure: string | null = null): OutboxItem => ({ clientMessageId: "i", text, title: "judul", createdAt: "2026-11-22T04:01:00Z", order: 1, failure });
const standing = (messages: ChatMessage[], items: OutboxItem[] = []): unknown => standings(messages, items).get(1);

describe("a card's buttons", () => {
  it("live as long as no later card has the same id, whatever is said", () => {
    expect(standing([quote(1)])).toMatchObject({ live: true, busy: false });
    expect(standing([quote(1), said(2, "sebentar ya"), said(3, "Baik, Kak", "bot"), said(4, "Halo", "agent")])).toMatchObject({ live: true, busy: false });
    expect(standing([quote(1), card(2, { ...CARDS.quote, id: "lain" }, QUOTE_BUTTONS)])).toMatchObject({ live: true });
    expect(standing([quote(1), card(2, CARDS.status)])).toMatchObject({ live: true });
    expect(standing([quote(1), card(2, CARDS.progress)])).toMatchObject({ live: false });
    expect(standing([quote(1), card(2, { kind: "baru", id: "r1" })])).toMatchObject({ live: false });
  });

  it("are those of a message whose card cannot be read as well", () => {
    expect(standing([message(1, { buttons: QUOTE_BUTTONS })])).toMatchObject({ live: true });
    expect(standing([message(1, { buttons: QUOTE_BUTTONS, card: { kind: "quote" } }), card(2, CARDS.closed)])).toMatchObject({ live: false });
  });

  it("rest from the press on until somebody answers, also after a reload; a refused press frees them", () => {
    expect(standing([quote(1)], [unsent("#paid:accept:r1:1")])).toMatchObject({ live: true, busy: true });
    expect(standing([quote(1)], [unsent("#paid:accept:r1:1", "ditolak")])).toMatchObject({ busy: false });
    expect(standing([quote(1)], [unsent("halo")])).toMatchObject({ busy: false });
    expect(standing([quote(1), said(2, "Terima penawaran")])).toMatchObject({ busy: true });
    expect(standing([quote(1), said(2, "Terima penawaran"), said(3, "halo?")])).toMatchObject({ busy: true });
    expect(standing([quote(1), said(2, "Terima penawaran"), said(3, "Penawaran itu sudah diganti", "bot")])).toMatchObject({ busy: false });
  });

  it("say what became of them", () => {
    const outcome = (...later: WireCard[]): unknown => (standing([quote(1), ...later.map((one, index) => card(index + 2, one))]) as { outcome: unknown }).outcome;
    expect(outcome()).toBeNull();
    expect(outcome(CARDS.choose_payment)).toBe("Disetujui");
    expect(outcome({ ...CARDS.quote, number: 2 }, CARDS.choose_payment)).toBe("Diganti");
    expect(outcome(CARDS.closed)).toBe("Kedaluwarsa");
    const paid = (...later: WireCard[]): unknown => (standing([card(1, CARDS.payment, PAYMENT_BUTTONS), ...later.map((one, index) => card(index + 2, one))]) as { outcome: unknown }).outcome;
    expect(paid(CARDS.receipt)).toBe("Lunas");
    expect(paid({ ...CARDS.payment, method: "midtrans" }, CARDS.receipt)).toBe("Diganti");
  });

  it("are no ordinary replies; the one that asks for a person is", () => {
    const open = (messages: ChatMessage[]): number | undefined => openReplies(messages, [], BOT_ANSWERS)?.seq;
    expect(open([quote(1)])).toBe(1);
    expect(open([quote(1), said(2, "x")])).toBeUndefined();
    expect(open([card(1, CARDS.payment, PAYMENT_BUTTONS)])).toBeUndefined();
    expect(open([message(1, { sender: "bot", buttons: [{ title: "Ya", payload: "/ya" }] }), card(2, CARDS.payment, PAYMENT_BUTTONS)])).toBe(1);
  });
});

describe("the log", () => {
  const entries = (messages: ChatMessage[], items: OutboxItem[] = []): MessageEntry[] =>
    buildTimeline(messages, items, new Date("2026-11-22T05:00:00Z")).filter((entry) => entry.kind === "message");

  it("shows the title of what was pressed, not its payload", () => {
    expect(entries([quote(1)], [unsent("#paid:accept:r1:1")])[1]).toMatchObject({ text: "judul", state: "sending" });
  });

  it("keeps a rating that was given, also when something else was said in between", () => {
    const done = card(1, CARDS.done, STARS);
    expect(entries([done, said(2, "4 dari 5 - kata")])[0]).toMatchObject({ chosen: "4 dari 5 - kata" });
    expect(entries([done, said(2, "sebentar"), said(3, "Baik", "bot"), said(4, "2 dari 5 - kata")])[0]).toMatchObject({ chosen: "2 dari 5 - kata" });
    expect(entries([done, said(2, "bagus")])[0]).toMatchObject({ chosen: null });
  });

  it("draws no card that it cannot read", () => {
    expect(entries([card(1, { kind: "baru", id: "r1" }, QUOTE_BUTTONS)])[0]).toMatchObject({ card: null, standing: { live: true } });
  });
});
