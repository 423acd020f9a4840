import { describe, expect, it } from "vitest";
import { MessageLog } from "../../src/shared/message-log";
import { readMessage, type ChatMessage } from "../../src/shared/protocol";

const message = (seq: number, text = `m${seq}`): ChatMessage => readMessage({ seq, sender: "bot", text, created_at: "" })!;
const seqs = (log: MessageLog): number[] => log.messages.map((item) => item.seq);

describe("MessageLog", () => {
  it("orders by seq whatever order messages arrive in", () => {
    const orders = [[1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3], [3, 1, 4, 2]];
    for (const order of orders) {
      const log = new MessageLog();
      for (const seq of [...order, ...order]) log.add(message(seq));
      expect(seqs(log)).toEqual([1, 2, 3, 4]);
      expect(log.hasGap).toBe(false);
    }
  });

  it("knows a double from news, and keeps the same array for a double", () => {
    const log = new MessageLog();
    expect(log.add(message(1))).toBe(true);
    const before = log.messages;
    expect(log.add(message(1))).toBe(false);
    expect(log.messages).toBe(before);
  });

  it("lets the server's copy replace one made from an acknowledgement", () => {
    const log = new MessageLog();
    log.add(message(1, "ditulis"));
    expect(log.add(message(1, "disimpan"))).toBe(true);
    expect(log.messages.map((item) => item.text)).toEqual(["disimpan"]);
  });

  it("reports a gap and what it is complete through", () => {
    const log = new MessageLog();
    log.add(message(1));
    log.add(message(3));
    expect(log.hasGap).toBe(true);
    expect(log.completeThrough).toBe(1);
    log.merge(1, [message(2), message(3)]);
    expect(log.hasGap).toBe(false);
    expect(log.completeThrough).toBe(3);
  });

  it("does not call itself complete on the word of an answer that starts later", () => {
    const log = new MessageLog();
    log.add(message(1));
    log.merge(5, [message(6)]);
    expect(log.completeThrough).toBe(1);
    expect(log.hasGap).toBe(true);
  });
});
