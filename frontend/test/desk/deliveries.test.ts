import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SafeStorage } from "../../src/shared/storage";
import { ApiClient } from "../../src/console/state/api";
import { Deliveries } from "../../src/desk/state/deliveries";
import { failure, scriptedFetch, type Call, type Reply } from "../support/desk";
import { MemoryStorage } from "../support/fake-backend";

let answer: (call: Call) => Reply | "lost";
let calls: Call[];
let stored: [string, string, number][];
let disk: MemoryStorage;
let deliveries: Deliveries;

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const texts = (): unknown[] => calls.map((call) => call.body!.text);
const ids = (): unknown[] => [...new Set(calls.map((call) => call.body!.client_message_id))];

function open(): Deliveries {
  const scripted = scriptedFetch((call) => answer(call));
  calls = scripted.calls;
  return new Deliveries(new ApiClient(scripted.fetch), new SafeStorage("t:", () => disk), (id, item, seq) => stored.push([id, item.text, seq]));
}

beforeEach(() => {
  vi.useFakeTimers();
  disk = new MemoryStorage();
  stored = [];
  let seq = 0;
  answer = () => ({ status: 202, body: { seq: ++seq } });
  deliveries = open();
  deliveries.resume();
});
afterEach(() => vi.useRealTimers());

describe("Deliveries", () => {
  it("sends in order, one at a time per conversation", async () => {
    for (const text of ["a", "b", "c"]) deliveries.send("one", text);
    await settle();
    expect(texts()).toEqual(["a", "b", "c"]);
    expect(stored.map(([, , seq]) => seq)).toEqual([1, 2, 3]);
    expect(deliveries.unsent("one")).toEqual([]);
  });

  it("repeats under the same id until the network is back", async () => {
    let lost = 3;
    const working = answer;
    answer = (call) => (lost-- > 0 ? "lost" : working(call));
    deliveries.send("one", "penting");
    await settle(500);
    expect(deliveries.unsent("one")).toMatchObject([{ text: "penting", failure: null }]);
    await settle(30_000);
    expect(calls).toHaveLength(4);
    expect(ids()).toHaveLength(1);
    expect(stored).toEqual([["one", "penting", 1]]);
  });

  it("holds one conversation up without holding up others", async () => {
    answer = ({ path }) => (path.includes("one") ? "lost" : { status: 202, body: { seq: 9 } });
    deliveries.send("one", "satu");
    deliveries.send("two", "dua");
    await settle();
    expect(stored).toEqual([["two", "dua", 9]]);
  });

  it("keeps what was refused, with the reason, and sends what follows", async () => {
    const working = answer;
    answer = (call) => (call.body!.text === "buruk" ? failure(400, "invalid_message", "Ditolak.") : working(call));
    deliveries.send("one", "buruk");
    deliveries.send("one", "baik");
    await settle();
    expect(deliveries.unsent("one")).toMatchObject([{ text: "buruk", failure: "Ditolak." }]);
    expect(stored).toEqual([["one", "baik", 1]]);
    answer = working;
    deliveries.retry("one", deliveries.unsent("one")[0]!.clientMessageId);
    await settle();
    expect(stored).toEqual([["one", "baik", 1], ["one", "buruk", 2]]);
    expect(ids()).toHaveLength(2);
  });

  it("waits as long as the server asks, and gives up on one that keeps failing", async () => {
    let limited = 1;
    const working = answer;
    answer = (call) => (limited-- > 0 ? failure(429, "rate_limited", "", { retry_after: 3 }) : working(call));
    deliveries.send("one", "cepat");
    await settle(2900);
    expect(calls).toHaveLength(1);
    await settle(200);
    expect(stored).toHaveLength(1);
    answer = () => failure(500, "internal_error", "Gangguan.");
    deliveries.send("one", "rusak");
    await settle(60_000);
    expect(deliveries.unsent("one")).toMatchObject([{ text: "rusak", failure: "Gangguan." }]);
    expect(calls).toHaveLength(6);
  });

  it("keeps everything over the end of a session and a reload", async () => {
    answer = () => failure(401, "not_signed_in");
    deliveries.send("one", "jangan hilang");
    await settle();
    deliveries.stop();
    const after = open();
    answer = () => ({ status: 200, body: { seq: 4 } });
    await settle(60_000);
    expect(calls).toHaveLength(0);
    after.resume();
    await settle();
    expect(stored).toEqual([["one", "jangan hilang", 4]]);
  });

  it("is told by the log when the answer was lost", async () => {
    answer = () => "lost";
    deliveries.send("one", "sampai");
    await settle();
    deliveries.settle("one", deliveries.unsent("one")[0]!.clientMessageId);
    answer = () => ({ body: { seq: 1 } });
    await settle(60_000);
    expect(stored).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it("forgets what another account has left", async () => {
    answer = () => "lost";
    deliveries.send("one", "punya Rina");
    await settle();
    deliveries.stop();
    deliveries.forgetAll();
    expect(deliveries.unsent("one")).toEqual([]);
    expect(disk.length).toBe(0);
  });
});
