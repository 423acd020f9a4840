import { describe, expect, it } from "vitest";
import { readMessage, type ChatMessage } from "../../src/shared/protocol";
import type { OutboxItem } from "../../src/shared/outbox";
import { buildTimeline, type MessageEntry } from "../../src/widget/state/timeline";

const NOW = new Date("2026-11-22T05:00:00.000Z");
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
const entries = (messages: ChatMessage[], items: OutboxItem[] = []): MessageEntry[] =>
  buildTimeline(messages, items, NOW).filter((entry) => entry.kind === "message");

describe("timeline", () => {
  it("separates days", () => {
    const list = buildTimeline([message(1, { created_at: "2026-11-20T04:00:00Z" }), message(2), message(3)], [], NOW);
    expect(list.map((entry) => (entry.kind === "day" ? entry.label : entry.seq))).toEqual(["20 November 2026", 1, "Hari ini", 2, 3]);
  });

  it("groups neighbours of one sender, unless minutes lie between them", () => {
    const list = entries([
      message(1),
      message(2),
      message(3, { created_at: "2026-11-22T04:20:00Z" }),
      message(4, { sender: "agent", created_at: "2026-11-22T04:20:10Z" }),
    ]);
    expect(list.map((entry) => [entry.groupStart, entry.groupEnd])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("shows unsent messages last, with their state", () => {
    expect(entries([message(1)], [unsent()])[1]).toMatchObject({ seq: null, state: "sending", key: "id-1" });
    expect(entries([message(1)], [unsent("Tidak bisa")])[1]).toMatchObject({ state: "failed", failure: "Tidak bisa" });
  });

  it("keeps the key of a message when it gets its seq", () => {
    const [entry] = entries([message(1, { sender: "customer", client_message_id: "id-1" })]);
    expect(entry).toMatchObject({ key: "id-1", seq: 1, state: "sent" });
  });

  it("says once how far staff have read, and parts the messages there", () => {
    const own = [1, 2, 3].map((seq) => message(seq, { sender: "customer" }));
    const list = buildTimeline(own, [unsent()], NOW, 2).filter((entry) => entry.kind === "message");
    expect(list.map((entry) => entry.state)).toEqual(["read", "read", "sent", "sending"]);
    expect(list.map((entry) => entry.lastRead)).toEqual([false, true, false, false]);
    expect(list.map((entry) => entry.groupEnd)).toEqual([false, true, true, true]);
    expect(entries(own).map((entry) => entry.state)).toEqual(["sent", "sent", "sent"]);
  });

  it("finds in the log which button was pressed", () => {
    const buttons = [{ title: "Ya", payload: "#solved:yes" }];
    const card = message(1, { sender: "system", buttons });
    const chosen = (...after: ChatMessage[]): unknown => entries([card, ...after])[0]?.chosen;
    expect(chosen()).toBeNull();
    expect(chosen(message(2, { sender: "customer", text: "Ya" }))).toBe("Ya");
    expect(chosen(message(2, { sender: "system" }), message(3, { sender: "customer", text: "Ya" }))).toBe("Ya");
    expect(chosen(message(2, { sender: "customer", text: "nanti" }), message(3, { sender: "customer", text: "Ya" }))).toBeNull();
    expect(entries([card], [{ ...unsent(), text: "Ya" }])[0]?.chosen).toBe("Ya");
    expect(entries([card], [{ ...unsent("ditolak"), text: "Ya" }])[0]?.chosen).toBeNull();
  });

  it("labels known clauses only", () => {
    expect(entries([message(1, { clauses: ["H13", "K5", "P", "Z9"] })])[0]?.clauses).toEqual(["Hak 13", "Kewajiban 5", "Penutup"]);
  });
});
