import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BOT_ANSWERS, type Handover, type QueuePlace } from "../../src/shared/handover";
import { ownerLine, waitText } from "../../src/widget/state/owner-line";
import { FakeBackend, MemoryStorage, openTab, refusal, type Tab } from "../support/fake-backend";

const QUEUE = { place: 2, wait_minutes: [3, 8], staff_online: true, open: true, mode: "live" };
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

let backend: FakeBackend;
let disk: MemoryStorage;
let tab: Tab;

async function load(): Promise<Tab> {
  const loaded = openTab(backend, disk);
  loaded.store.start();
  await settle();
  return loaded;
}

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  backend = new FakeBackend();
  disk = new MemoryStorage();
  tab = await load();
  tab.store.send("halo");
  await settle(1000);
  backend.received.length = 0;
});
afterEach(() => vi.useRealTimers());

describe("owner line", () => {
  const place: QueuePlace = { place: 2, waitMinutes: [3, 8], staffOnline: true, open: true, mode: "live" };
  const queued = (more: Partial<QueuePlace> | null): Handover => ({ ...BOT_ANSWERS, owner: "queue", queue: more && { ...place, ...more } });

  it.each<[string, Handover]>([
    ["Asisten virtual", BOT_ANSWERS],
    ["Menunggu staf kami", queued(null)],
    ["Menunggu staf: antrean ke-2, perkiraan 3–8 menit", queued({})],
    ["Menunggu staf: antrean ke-1", queued({ place: 1, waitMinutes: null })],
    ["Menunggu staf: antrean ke-2, belum ada staf yang daring", queued({ staffOnline: false })],
    ["Menunggu staf: belum ada yang daring", queued({ place: null, staffOnline: false })],
    ["Menunggu staf kami", queued({ place: null })],
    ["Menunggu staf: di luar jam layanan", queued({ open: false })],
    ["Pesan Kakak akan dibalas staf", queued({ mode: "message", open: false })],
    ["Rina (staf)", { ...BOT_ANSWERS, owner: "agent", agentName: "Rina" }],
    ["Terhubung dengan staf kami", { ...BOT_ANSWERS, owner: "agent" }],
    ["Percakapan selesai", { ...BOT_ANSWERS, closed: true }],
  ])("says %j", (line, handover) => expect(ownerLine(handover)).toBe(line));

  it.each<[[number, number], string]>([
    [[3, 8], "3–8 menit"],
    [[5, 5], "5 menit"],
    [[0, 4], "paling lama 4 menit"],
    [[0, 0], "kurang dari 1 menit"],
    [[40, 95], "40–95 menit"],
    [[60, 100], "1–2 jam"],
    [[120, 120], "2 jam"],
  ])("words %j as %j", (wait, words) => expect(waitText(wait)).toBe(`perkiraan ${words}`));
});

describe("the hand-over", () => {
  it("is followed from queue to agent to the end, over page loads too", async () => {
    backend.setOwner("queue", { queue: QUEUE });
    expect(ownerLine(tab.store.handover)).toBe("Menunggu staf: antrean ke-2, perkiraan 3–8 menit");
    backend.tell("queueChanged", { ...QUEUE, place: 1, wait_minutes: [1, 4] });
    expect(ownerLine(tab.store.handover)).toBe("Menunggu staf: antrean ke-1, perkiraan 1–4 menit");
    expect(ownerLine((await load()).store.handover)).toBe("Menunggu staf: antrean ke-2, perkiraan 3–8 menit");

    backend.setOwner("agent", { agent_name: "Rina" });
    expect(tab.store.handover).toEqual({ owner: "agent", agentName: "Rina", closed: false, queue: null });
    expect((await load()).store.handover.agentName).toBe("Rina");

    backend.setOwner("bot", { closed: true });
    expect(tab.store.handover.closed).toBe(true);
    expect((await load()).store.handover.closed).toBe(true);

    tab.store.send("masih ada pertanyaan");
    await settle();
    backend.setOwner("bot");
    expect(tab.store.handover).toEqual(BOT_ANSWERS);
  });

  it("takes a place that is told before the owner, and forgets it when told so", () => {
    backend.tell("queueChanged", QUEUE);
    expect(ownerLine(tab.store.handover)).toBe("Asisten virtual");
    backend.tell("ownerChanged", { owner: "queue" });
    expect(tab.store.handover.queue?.place).toBe(2);
    backend.tell("queueChanged", null);
    expect(ownerLine(tab.store.handover)).toBe("Menunggu staf kami");
  });

  it("starts anew with a new conversation", async () => {
    backend.setOwner("agent", { agent_name: "Rina", agent_read_seq: 1 });
    expect(tab.store.agentReadSeq).toBe(1);
    backend.owner = "bot";
    backend.handover = {};
    backend.conversations.delete("token-1");
    tab.transport.drop();
    tab.transport.goUp();
    await settle();
    expect(tab.store.handover).toEqual(BOT_ANSWERS);
    expect(tab.store.agentReadSeq).toBe(0);
  });

  it("ends an agent's typing when the agent is gone", () => {
    backend.setOwner("agent", { agent_name: "Rina" });
    backend.tell("typing", { sender: "agent", active: true });
    backend.tell("typing", { sender: "bot", active: true });
    expect(tab.store.typing).toBe("agent");
    backend.setOwner("bot");
    expect(tab.store.typing).toBe("bot");
  });

  it("counts what agents and the system wrote as unread", () => {
    tab.store.setWatching(true);
    tab.store.setWatching(false);
    backend.post({ sender: "system", text: "Rina bergabung" });
    backend.post({ sender: "agent", text: "Halo" });
    expect(tab.store.unread).toBe(2);
  });
});

describe("what screen readers are told", () => {
  it("is each owner at once, but places in the queue at most once a minute", async () => {
    expect(tab.store.announcement).toBe("");
    backend.setOwner("queue", { queue: { ...QUEUE, place: 4, wait_minutes: null } });
    expect(tab.store.announcement).toBe("Menunggu staf: antrean ke-4");
    for (const place of [3, 2]) {
      await settle(10_000);
      backend.tell("queueChanged", { ...QUEUE, place, wait_minutes: null });
    }
    await settle(39_900);
    expect(tab.store.announcement).toBe("Menunggu staf: antrean ke-4");
    const told = vi.fn();
    tab.store.subscribe(told);
    await settle(200);
    expect(tab.store.announcement).toBe("Menunggu staf: antrean ke-2");
    expect(told).toHaveBeenCalledTimes(1);
    backend.tell("queueChanged", { ...QUEUE, place: 1, wait_minutes: null });
    backend.setOwner("agent", { agent_name: "Rina" });
    expect(tab.store.announcement).toBe("Rina (staf)");
    await settle(120_000);
    expect(tab.store.announcement).toBe("Rina (staf)");
  });

  it("is nothing about an estimate alone, nor about a place that is as it was told", async () => {
    backend.setOwner("queue", { queue: QUEUE });
    const before = tab.store.announcement;
    await settle(61_000);
    backend.tell("queueChanged", { ...QUEUE, wait_minutes: [2, 5] });
    expect(tab.store.announcement).toBe(before);
    backend.tell("queueChanged", { ...QUEUE, place: 1 });
    const next = tab.store.announcement;
    expect(next).toContain("ke-1");
    backend.tell("queueChanged", { ...QUEUE, place: 2 });
    backend.tell("queueChanged", { ...QUEUE, place: 1 });
    await settle(61_000);
    expect(tab.store.announcement).toBe(next);
  });
});

describe("receipts", () => {
  const seen = (): unknown[] => backend.payloads("seen");

  it("tell that messages arrived, and that they were read only while the customer watches", async () => {
    backend.post({ text: "satu" });
    backend.post({ text: "dua" });
    await settle(499);
    expect(seen()).toEqual([]);
    await settle(1);
    expect(seen()).toEqual([{ delivered: 3 }]);
    tab.store.setWatching(true);
    await settle(500);
    expect(seen().slice(1)).toEqual([{ read: 3 }]);
    backend.post({ text: "tiga" });
    await settle(500);
    expect(seen().slice(2)).toEqual([{ delivered: 4, read: 4 }]);
    tab.store.setWatching(false);
    tab.store.setWatching(true);
    await settle(5000);
    expect(seen()).toHaveLength(3);
  });

  it("do not claim what lies behind a gap", async () => {
    backend.pushes = false;
    backend.script = (event) => (event === "conversation_join" ? "silence" : undefined);
    backend.post({ text: "hilang" });
    backend.push(backend.post({ text: "tiga" }));
    await settle(600);
    expect(seen()).toEqual([]);
  });

  it("are told again after a connection that lost them", async () => {
    backend.script = (event) => (event === "seen" ? "silence" : undefined);
    backend.post({ text: "satu" });
    await settle(600);
    tab.transport.drop();
    backend.script = null;
    tab.transport.goUp();
    await settle(600);
    expect(seen()).toEqual([{ delivered: 2 }, { delivered: 2 }]);
  });

  it("do not trouble a server that knows nothing of them", async () => {
    backend.script = (event, payload) =>
      event !== "seen" ? undefined : payload.delivered === 2 ? "silence" : refusal("invalid_message");
    backend.post({ text: "satu" });
    await settle(60_000);
    backend.post({ text: "dua" });
    await settle(60_000);
    expect(seen()).toEqual([{ delivered: 2 }, { delivered: 3 }]);
    expect(tab.transport.reconnects).toBe(0);
    expect(tab.store.connectionLost).toBe(false);
  });

  it("of staff only rise", async () => {
    backend.tell("readChanged", { agent_read_seq: 3 });
    for (const junk of [{ agent_read_seq: 2 }, { agent_read_seq: null }, null, "4"]) backend.tell("readChanged", junk);
    expect(tab.store.agentReadSeq).toBe(3);
    backend.handover = { agent_read_seq: 1 };
    tab.transport.drop();
    tab.transport.goUp();
    await settle();
    expect(tab.store.agentReadSeq).toBe(3);
  });
});
