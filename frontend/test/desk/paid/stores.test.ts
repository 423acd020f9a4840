import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BoardStore } from "../../../src/desk/paid/state/board-store";
import { BoxStore } from "../../../src/desk/paid/state/paid-desk";
import { PaidStore } from "../../../src/desk/paid/state/paid-store";
import { readPaidRow } from "../../../src/desk/paid/state/readers";
import { ApiClient } from "../../../src/console/state/api";
import { failure, scriptedFetch, type Call, type Reply } from "../../support/desk";
import { wireDetail, wirePaid } from "./sample";

let answer: (call: Call) => Reply | "lost" | Promise<Reply | "lost">;
let calls: Call[];
let api: ApiClient;
let board: BoardStore;

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const query = (call: Call): URLSearchParams => new URLSearchParams(call.path.split("?")[1]);
const list = (rows: unknown[], next: string | null = null, counts = {}): Reply => ({ body: { requests: rows, next, counts } });
const ids = (): string[] => board.rows.map((row) => row.id).sort();
const posts = (): Call[] => calls.filter((call) => call.method === "POST");

beforeEach(() => {
  vi.useFakeTimers();
  const scripted = scriptedFetch((call) => answer(call));
  calls = scripted.calls;
  api = new ApiClient(scripted.fetch);
  board = new BoardStore(api);
});
afterEach(() => {
  board.stop();
  vi.useRealTimers();
});

describe("the board", () => {
  const states = (call: Call): Reply => (query(call).get("state") === "open" ? list([wirePaid("a")], null, { requested: 1, paid: 2, done: 7 }) : list([wirePaid("z", { state: "done" })], "older"));

  it("loads what is open, all pages of it, and the newest of what has ended", async () => {
    answer = (call) => {
      if (query(call).get("state") === "closed") return list([wirePaid("z", { state: "done" })], query(call).get("before") ? null : "older");
      return query(call).get("before") ? list([wirePaid("b")]) : list([wirePaid("a")], "next", { requested: 2, paid: 1 });
    };
    await board.load();
    expect(ids()).toEqual(["a", "b", "z"]);
    expect([board.waiting, board.hasOlder, board.status]).toEqual([3, true, "ready"]);
    await board.loadOlder();
    expect(board.hasOlder).toBe(false);
  });

  it("follows the news, but not older ones", async () => {
    answer = states;
    await board.load();
    board.apply({ request: wirePaid("a", { state: "quoted", updated_at: "2026-11-26T05:00:00Z" }) });
    board.apply({ request: wirePaid("a", { state: "requested", updated_at: "2026-11-26T04:30:00Z" }) });
    board.apply({ request: wirePaid("n") });
    for (const junk of [null, {}, { request: 5 }]) expect(board.apply(junk)).toBeNull();
    expect(board.rows.find((row) => row.id === "a")!.state).toBe("quoted");
    expect(ids()).toEqual(["a", "n", "z"]);
    const before = calls.length;
    await settle(1000);
    // Several changes of state are counted anew once.
    expect(calls.length - before).toBe(1);
  });

  it("keeps news that come while it loads", async () => {
    answer = async (call) => {
      if (query(call).get("state") === "open") board.apply({ request: wirePaid("a", { state: "paid", updated_at: "2026-11-26T09:00:00Z" }) });
      return states(call);
    };
    await board.load();
    expect(board.rows.find((row) => row.id === "a")!.state).toBe("paid");
  });

  it("searches when the typing pauses, over all states, and takes in no news that were not asked for", async () => {
    answer = (call) => (query(call).get("q") ? list([wirePaid("hit", { state: "done" })]) : states(call));
    await board.load();
    board.search("PB");
    board.search(" PB-hit ");
    await settle(300);
    expect(calls.filter((call) => query(call).get("q")).map((call) => [query(call).get("q"), query(call).get("state")])).toEqual([["PB-hit", "all"]]);
    board.apply({ request: wirePaid("n") });
    expect(ids()).toEqual(["hit"]);
    board.search("");
    await settle(300);
    expect(ids()).toEqual(["a", "z"]);
  });

  it("shows the answer to the newest question only, and keeps what it has when a load fails", async () => {
    answer = (call) => (query(call).get("q") === "lambat" ? new Promise((done) => setTimeout(() => done(list([wirePaid("slow")])), 500)) : states(call));
    board.search("lambat");
    await settle(260);
    board.search("");
    await settle(1000);
    expect(ids()).toEqual(["a", "z"]);
    answer = () => failure(500, "internal_error", "Gangguan.");
    await board.load();
    expect(ids()).toEqual(["a", "z"]);
    expect(board).toMatchObject({ status: "failed", error: "Gangguan." });
  });
});

describe("an open request", () => {
  let store: PaidStore;
  beforeEach(async () => {
    store = new PaidStore(api, board);
    answer = () => ({ body: wireDetail("a") });
    store.open("a");
    await settle();
  });

  it("sends everything that is done under a key of its own", async () => {
    expect(await store.act("work", { text: "x", minutes: 5, tell: false })).toEqual({ ok: true });
    await store.act("work", { text: "x", minutes: 5, tell: false });
    const keys = posts().map((call) => call.body!.key as string);
    expect(keys.every((key) => /^[A-Za-z0-9_.:-]{1,64}$/.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(2);
  });

  it("keeps the key where nobody knows whether it was done, until it was answered", async () => {
    const answers: (Reply | "lost")[] = ["lost", failure(500, "internal_error"), { body: wireDetail("a", { state: "paid" }) }];
    answer = ({ method }) => (method === "POST" ? (answers.shift() ?? { body: wireDetail("a") }) : { body: wireDetail("a") });
    for (let turn = 0; turn < 4; turn += 1) await store.act("payments", { amount: 5, evidence: "mutasi" });
    const keys = posts().map((call) => call.body!.key);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it("takes another key for another thing, and after a refusal", async () => {
    answer = ({ method, body }) => (method !== "POST" ? { body: wireDetail("a") } : body!.amount === 5 ? "lost" : failure(400, "paid_support_invalid", "x", { field: "amount" }));
    await store.act("payments", { amount: 5, evidence: "m" });
    await store.act("payments", { amount: 6, evidence: "m" });
    await store.act("payments", { amount: 6, evidence: "m" });
    expect(new Set(posts().map((call) => call.body!.key)).size).toBe(3);
  });

  it("does one thing at a time: a second click is none", async () => {
    answer = ({ method }) => (method === "POST" ? new Promise((done) => setTimeout(() => done({ body: wireDetail("a") }), 100)) : { body: wireDetail("a") });
    const both = [store.act("start"), store.act("start")];
    expect(store.busy).toBe(true);
    await settle(200);
    expect(await Promise.all(both)).toEqual([{ ok: true }, { ok: null, message: "", field: null }]);
    expect(posts()).toHaveLength(1);
  });

  it("shows what is so now when the request has changed meanwhile", async () => {
    answer = ({ method }) => (method === "POST" ? failure(409, "paid_state", "x", { state: "cancelled" }) : { body: wireDetail("a", { state: "cancelled" }) });
    const done = await store.act("start");
    expect(done).toMatchObject({ ok: null, message: expect.stringContaining("Dibatalkan") });
    expect(store.detail!.state).toBe("cancelled");
    expect(store.busy).toBe(false);
  });

  it("loads again at news of it, also where its row is as it was: a customer chose how to pay, or rated", async () => {
    const before = calls.length;
    store.take(readPaidRow(wirePaid("b", { updated_at: "2026-11-27T00:00:00Z" }))!);
    expect(calls.length).toBe(before);
    answer = () => ({ body: wireDetail("a", { score: 5 }) });
    store.take(readPaidRow(wirePaid("a"))!);
    await settle();
    expect(calls.length).toBe(before + 1);
    expect(store.detail!.score).toBe(5);
  });

  it("lets an answer from before something was done not take the place of what is so now", async () => {
    answer = ({ method }) =>
      method === "POST"
        ? { body: wireDetail("a", { state: "in_progress", updated_at: "2026-11-27T00:00:00Z" }) }
        : new Promise((done) => setTimeout(() => done({ body: wireDetail("a", { state: "paid" }) }), 50));
    store.take(readPaidRow(wirePaid("a"))!);
    await store.act("start");
    await settle(100);
    expect(store.detail!.state).toBe("in_progress");
  });

  it("says when there is none, and does not mix up two", async () => {
    answer = ({ path }) => (path.endsWith("/x") ? failure(404, "not_found") : new Promise((done) => setTimeout(() => done({ body: wireDetail("slow") }), 50)));
    store.open("slow");
    store.open("x");
    await settle(100);
    expect(store).toMatchObject({ status: "missing", detail: null, id: "x" });
  });

  it("gives back what a statement has matched", async () => {
    answer = ({ path }) => (path === "/bank-statements" ? { body: { matched: [{ order_id: "o", reference: "PB-a", amount: 5 }], ambiguous: [], unmatched: [], odd: [], known: 2 } } : failure(404, "x"));
    expect(await store.importStatement("a;b;c")).toMatchObject({ ok: { matched: [{ reference: "PB-a" }], known: 2 } });
    expect(posts()[0]!.body).toMatchObject({ csv: "a;b;c", key: expect.any(String) });
  });
});

it("lists the requests of one conversation, and follows them", async () => {
  const box = new BoxStore(api);
  answer = (call) => (query(call).get("conversation_id") === "c1" ? list([wirePaid("a")]) : list([wirePaid("b", { conversation_id: "c2" })]));
  box.turnTo("c1");
  box.turnTo("c2");
  await settle();
  expect(box.rows.map((row) => row.id)).toEqual(["b"]);
  box.take(readPaidRow(wirePaid("n", { conversation_id: "c2" }))!);
  box.take(readPaidRow(wirePaid("m"))!);
  expect(box.rows.map((row) => row.id)).toEqual(["n", "b"]);
});
