import { describe, expect, it } from "vitest";
import { BOT_ANSWERS, readAgentReadSeq, readHandover, readQueue } from "../../src/shared/handover";

const QUEUE = { place: 2, wait_minutes: [3, 8], staff_online: true, open: true, mode: "live" };

describe("a place in the queue", () => {
  it("is read whole", () => {
    expect(readQueue(QUEUE)).toEqual({ place: 2, waitMinutes: [3, 8], staffOnline: true, open: true, mode: "live" });
    expect(readQueue({ ...QUEUE, wait_minutes: null, staff_online: false, open: false, mode: "message" })).toEqual({
      place: 2,
      waitMinutes: null,
      staffOnline: false,
      open: false,
      mode: "message",
    });
  });

  it.each([[undefined], [null], ["2"], [[2]]])("is not %j", (value) => expect(readQueue(value)).toBeNull());

  it("keeps what can be read", () => {
    expect(readQueue({ place: 0, wait_minutes: [8, 3], mode: "x" })).toMatchObject({ place: null, waitMinutes: null, mode: "live" });
    for (const wait of [[1], [1, 2, 3], ["1", 2], [-1, 2], [1, Infinity], "3-8"]) {
      expect(readQueue({ ...QUEUE, wait_minutes: wait })?.waitMinutes).toBeNull();
    }
    expect(readQueue({ ...QUEUE, wait_minutes: [2.6, 4.2] })?.waitMinutes).toEqual([3, 4]);
  });
});

describe("who answers", () => {
  it("is the bot alone where a server tells only the owner", () => {
    expect(readHandover({ owner: "agent" }, BOT_ANSWERS)).toEqual({ owner: "agent", agentName: null, closed: false, queue: null });
    expect(readHandover({ owner: "bot", messages: [] }, BOT_ANSWERS)).toEqual(BOT_ANSWERS);
  });

  it.each([[null], [{}], [{ owner: "nobody" }], ["bot"]])("is not told by %j", (value) =>
    expect(readHandover(value, BOT_ANSWERS)).toBeNull(),
  );

  it("has a name only while it is a person, and a place only in the queue", () => {
    const told = { agent_name: " Rina ", queue: QUEUE };
    expect(readHandover({ owner: "agent", ...told }, BOT_ANSWERS)).toMatchObject({ agentName: "Rina", queue: null });
    expect(readHandover({ owner: "queue", ...told }, BOT_ANSWERS)).toMatchObject({ agentName: null, queue: { place: 2 } });
    expect(readHandover({ owner: "agent", agent_name: " " }, BOT_ANSWERS)?.agentName).toBeNull();
  });

  it("keeps a place that was told first", () => {
    const before = { ...BOT_ANSWERS, queue: readQueue(QUEUE) };
    expect(readHandover({ owner: "queue" }, before)?.queue?.place).toBe(2);
    expect(readHandover({ owner: "queue", queue: null }, before)?.queue).toBeNull();
  });
});

it("reads how far staff have read", () => {
  expect([{ agent_read_seq: 4 }, { agent_read_seq: 0 }, { agent_read_seq: "4" }, {}, null].map(readAgentReadSeq)).toEqual([
    4, null, null, null, null,
  ]);
});
