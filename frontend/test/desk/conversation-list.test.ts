import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiClient } from "../../src/console/state/api";
import { ConversationList } from "../../src/desk/state/conversation-list";
import { failure, scriptedFetch, wireRow, type Call, type Reply } from "../support/desk";

const COUNTS = { mine: 1, queue: 2, bot: 3, others: 4, unread: 5 };
const at = (minute: number): string => `2026-11-22T10:${String(minute).padStart(2, "0")}:00.000Z`;

let answer: (call: Call) => Reply | "lost" | Promise<Reply | "lost">;
let calls: Call[];
let list: ConversationList;

const ids = (): string[] => list.rows.map((row) => row.id);
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const news = (id: string, more: Record<string, unknown>): unknown => list.apply({ conversation: wireRow(id, more), counts: null });
const pageOf = (rows: unknown[], next: string | null = null): Reply => ({ body: { conversations: rows, next, counts: COUNTS } });
const bots = (count: number, from = 0): unknown[] =>
  Array.from({ length: count }, (_, index) => wireRow(`c${from + index}`, { state: "bot", last_at: new Date(1.8e12 - (from + index) * 1000).toISOString() }));

beforeEach(() => {
  vi.useFakeTimers();
  const scripted = scriptedFetch((call) => answer(call));
  calls = scripted.calls;
  list = new ConversationList(new ApiClient(scripted.fetch), () => "me");
});
afterEach(() => {
  list.stop();
  vi.useRealTimers();
});

describe("pages", () => {
  it("loads on by the server's cursor, without doubles", async () => {
    answer = ({ path }) => (path.includes("before=c2") ? pageOf(bots(3, 1)) : pageOf(bots(2), "c2"));
    await list.show("bot");
    expect(list.hasMore).toBe(true);
    await list.loadMore();
    expect(ids()).toEqual(["c0", "c1", "c2", "c3"]);
    expect(list.hasMore).toBe(false);
    expect(list.counts.queue).toBe(2);
  });

  it("asks for no more than the server gives, and keeps the rest of a longer list", async () => {
    answer = ({ path }) => {
      const query = new URLSearchParams(path.split("?")[1]);
      const from = Number(query.get("before") ?? 0);
      const limit = Number(query.get("limit"));
      return pageOf(bots(limit, from), String(from + limit));
    };
    await list.show("bot");
    for (let page = 0; page < 4; page += 1) await list.loadMore();
    await list.reload();
    expect(calls.every((call) => Number(new URLSearchParams(call.path.split("?")[1]).get("limit")) <= 100)).toBe(true);
    expect(list.rows).toHaveLength(250);
    await list.loadMore();
    expect(list.rows).toHaveLength(300);
    expect(new Set(ids()).size).toBe(300);
    await list.restart();
    expect(list.rows).toHaveLength(100);
  });

  it("shows what was asked for last, whatever answers last", async () => {
    const slow = new Promise<Reply>((resolve) => setTimeout(() => resolve(pageOf([wireRow("slow")])), 500));
    answer = ({ path }) => (path.includes("queue") ? slow : pageOf([wireRow("mine", { state: "agent", agent: { id: "me", display_name: "Saya" } })]));
    const first = list.show("queue");
    await list.show("mine");
    await settle(600);
    await first;
    expect(ids()).toEqual(["mine"]);
  });

  it("keeps what is on screen when a reload fails", async () => {
    answer = () => pageOf([wireRow("a")]);
    await list.show("queue");
    answer = () => failure(500, "internal_error", "Gangguan.");
    await list.reload();
    expect(ids()).toEqual(["a"]);
    expect(list).toMatchObject({ error: "Gangguan.", loading: false });
  });
});

describe("news", () => {
  const own = { state: "agent", agent: { id: "me", display_name: "Saya" } };

  it("moves a conversation with a new message to the top", async () => {
    answer = () => pageOf([wireRow("a", { ...own, last_at: at(5) }), wireRow("b", { ...own, last_at: at(4) })]);
    await list.show("mine");
    news("b", { ...own, last_at: at(6), unread: 1 });
    expect(ids()).toEqual(["b", "a"]);
  });

  it("leaves the order alone when only the read mark has changed", async () => {
    answer = () => pageOf([wireRow("a", { ...own, last_at: at(5), unread: 2 }), wireRow("b", { ...own, last_at: at(5), unread: 1 })]);
    await list.show("mine");
    news("b", { ...own, last_at: at(5), unread: 0 });
    expect(ids()).toEqual(["a", "b"]);
  });

  it("takes out what belongs elsewhere now, and takes in what has come", async () => {
    answer = () => pageOf([wireRow("a", own)]);
    await list.show("mine");
    news("a", { state: "agent", agent: { id: "other", display_name: "Budi" } });
    news("b", own);
    news("c", { state: "queue" });
    expect(ids()).toEqual(["b"]);
  });

  it("orders the queue by the longest wait, and then as the server says", async () => {
    answer = () => pageOf([wireRow("a", { waiting_since: at(1) }), wireRow("b", { waiting_since: at(9) })]);
    await list.show("queue");
    news("c", { waiting_since: at(5) });
    expect(ids()).toEqual(["a", "c", "b"]);
    answer = () => pageOf(["c", "a", "b"].map((id) => wireRow(id)));
    await settle(500);
    expect(ids()).toEqual(["c", "a", "b"]);
  });

  it("does not guess where an unknown row stands beyond what is loaded", async () => {
    answer = () => pageOf(bots(2), "more");
    await list.show("bot");
    news("old", { state: "bot", last_at: "2020-01-01T00:00:00.000Z" });
    expect(ids()).toEqual(["c0", "c1"]);
  });

  it("with the unread filter drops what was read, but not what is open", async () => {
    answer = () => pageOf([wireRow("a", { ...own, unread: 1 }), wireRow("b", { ...own, unread: 1 })]);
    await list.show("mine", true);
    expect(calls.at(-1)!.path).toContain("unread=1");
    list.openId = "a";
    news("a", own);
    news("b", own);
    expect(ids()).toEqual(["a"]);
  });

  it("asks for the counts once for many news", async () => {
    answer = () => pageOf([]);
    await list.show("mine");
    const before = calls.length;
    for (let count = 0; count < 30; count += 1) news(`x${count}`, { state: "bot" });
    await settle(2000);
    expect(calls.length - before).toBe(1);
  });

  it("ignores what is no row", async () => {
    answer = () => pageOf([wireRow("a")]);
    await list.show("queue");
    for (const junk of [null, {}, { conversation: { id: "x" } }, { conversation: wireRow("", {}) }, { conversation: wireRow("y", { state: "??" }) }]) list.apply(junk);
    expect(ids()).toEqual(["a"]);
  });
});

it("finds the neighbours of a row", async () => {
  answer = () => pageOf([wireRow("a"), wireRow("b")]);
  await list.show("queue");
  expect(list.neighbour(null, 1)?.id).toBe("a");
  expect(list.neighbour("a", 1)?.id).toBe("b");
  expect(list.neighbour("b", 1)).toBeNull();
  expect(list.neighbour("gone", -1)?.id).toBe("a");
});
