import { describe, expect, it } from "vitest";
import { BOT_ANSWERS } from "../../src/shared/handover";
import { readMessage, type ChatMessage } from "../../src/shared/protocol";
import { openReplies, plainButtons, starsOf } from "../../src/widget/state/cards";
import type { OutboxItem } from "../../src/shared/outbox";

const message = (seq: number, extra: Record<string, unknown> = {}): ChatMessage =>
  readMessage({ seq, sender: "bot", text: `m${seq}`, created_at: "2026-11-22T04:00:00.000Z", ...extra })!;
const unsent = (failure: string | null = null): OutboxItem => ({
  clientMessageId: "id-1",
  text: "belum",
  title: null,
  createdAt: "2026-11-22T04:01:00.000Z",
  order: 1,
  failure,
});
const button = (payload: string, title = payload): { title: string; payload: string } => ({ title, payload });

describe("buttons that may be pressed", () => {
  const buttons = [{ title: "Ya", payload: "/ya" }];
  const asking = message(1, { buttons });
  const card = (seq: number): ChatMessage => message(seq, { sender: "system", buttons });
  const open = (messages: ChatMessage[], items: OutboxItem[] = [], handover = BOT_ANSWERS): number | undefined =>
    openReplies(messages, items, handover)?.seq;

  it("are those of the newest bot message, or of a card that came later", () => {
    expect(open([asking])).toBe(1);
    expect(open([asking, message(2)])).toBeUndefined();
    expect(open([asking, message(2, { sender: "system" })])).toBe(1);
    expect(open([asking, card(2)])).toBe(2);
    expect(open([card(1), card(2), message(3, { sender: "system" })])).toBe(2);
    expect(open([card(1), message(2)])).toBeUndefined();
  });

  it("end when the customer has written, sent or not", () => {
    for (const one of [asking, card(1)]) {
      expect(open([one, message(2, { sender: "customer" })])).toBeUndefined();
      expect(open([one], [unsent()])).toBeUndefined();
      expect(open([one], [unsent("ditolak")])).toBe(1);
    }
  });

  it("end when a person answers", () => {
    expect(open([asking, message(2, { sender: "agent" })])).toBeUndefined();
    expect(open([card(1)], [], { ...BOT_ANSWERS, owner: "agent" })).toBeUndefined();
    expect(open([card(1)], [], { ...BOT_ANSWERS, owner: "queue" })).toBe(1);
    expect(open([card(1)], [], { ...BOT_ANSWERS, closed: true })).toBe(1);
  });
});

describe("a rating", () => {
  it("has its stars from one up, and leaves other buttons alone", () => {
    const buttons = [button("#rating:5", "Puas"), button("#rating:1", "Tidak"), button("#solved:yes"), button("#rating:9"), button("#rating:12")];
    expect(starsOf(buttons)).toEqual([
      { score: 1, title: "Tidak", payload: "#rating:1" },
      { score: 5, title: "Puas", payload: "#rating:5" },
    ]);
    expect(plainButtons(buttons).map(({ payload }) => payload)).toEqual(["#solved:yes", "#rating:9", "#rating:12"]);
  });
});
