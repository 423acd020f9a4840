import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBackend, FakeLock, MemoryStorage, openTab, refusal, type Tab } from "../support/fake-backend";

let backend: FakeBackend;
let disk: MemoryStorage;

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const shown = (tab: Tab): string[] => tab.store.messages.map((message) => message.text);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  backend = new FakeBackend();
  disk = new MemoryStorage();
});
afterEach(() => vi.useRealTimers());

async function started(): Promise<Tab> {
  const tab = openTab(backend, disk);
  tab.store.start();
  await settle();
  return tab;
}

async function talking(): Promise<Tab> {
  const tab = await started();
  tab.store.send("halo");
  await settle();
  return tab;
}

describe("opening", () => {
  it("opens and connects nothing for a mere page view", async () => {
    const tab = await started();
    expect(backend.opened).toBe(0);
    expect(tab.transport.connected).toBe(false);
    expect(tab.store.connectionLost).toBe(false);
  });

  it("opens one conversation for two quick messages", async () => {
    const tab = await started();
    tab.store.send("satu");
    tab.store.send("dua");
    await settle();
    expect(backend.opened).toBe(1);
    expect(backend.texts()).toEqual(["satu", "dua"]);
    expect(shown(tab)).toEqual(["satu", "dua"]);
    expect(tab.store.unsent).toEqual([]);
  });

  it("opens one conversation for two tabs that send at the same time", async () => {
    const lock = new FakeLock();
    const tabs = [openTab(backend, disk, lock), openTab(backend, disk, lock)];
    tabs[0]!.store.send("dari tab satu");
    tabs[1]!.store.send("dari tab dua");
    await settle();
    expect(backend.opened).toBe(1);
    expect(backend.texts()).toEqual(["dari tab satu", "dari tab dua"]);
    for (const tab of tabs) expect(shown(tab)).toEqual(["dari tab satu", "dari tab dua"]);
  });

  it("keeps trying when the server cannot be reached, and loses nothing", async () => {
    backend.openFails = 3;
    const tab = await started();
    tab.store.send("halo");
    await settle(2100);
    expect(tab.store.connectionLost).toBe(true);
    await settle(7000);
    expect(backend.texts()).toEqual(["halo"]);
    expect(tab.store.connectionLost).toBe(false);
  });

  it("joins the conversation that another tab has opened", async () => {
    const idle = await started();
    await talking();
    idle.store.storageChanged("conversation", false);
    await settle();
    expect(shown(idle)).toEqual(["halo"]);
    expect(backend.opened).toBe(1);
  });
});

describe("replay and order", () => {
  it("replays the whole log after a page load", async () => {
    await talking();
    backend.post({ text: "Halo, Kak" });
    const tab = await started();
    expect(backend.received.at(-1)).toEqual({ event: "conversation_join", payload: { token: "token-1", after: 0 } });
    expect(shown(tab)).toEqual(["halo", "Halo, Kak"]);
  });

  it("asks only for newer messages after a reconnect", async () => {
    const tab = await talking();
    tab.transport.drop();
    backend.post({ text: "selagi terputus" });
    tab.transport.goUp();
    await settle();
    expect(backend.received.at(-1)?.payload).toEqual({ token: "token-1", after: 1 });
    expect(shown(tab)).toEqual(["halo", "selagi terputus"]);
  });

  it("drops doubles and puts late messages in their place", async () => {
    const tab = await talking();
    backend.pushes = false;
    const two = backend.post({ text: "dua" });
    const three = backend.post({ text: "tiga" });
    backend.push(three);
    backend.push(two);
    backend.push(three);
    backend.push(two);
    await settle();
    expect(tab.store.messages.map((message) => message.seq)).toEqual([1, 2, 3]);
  });

  it("closes a gap by joining again", async () => {
    const tab = await talking();
    backend.pushes = false;
    backend.post({ text: "dua" });
    backend.push(backend.post({ text: "tiga" }));
    await settle();
    expect(shown(tab)).toEqual(["halo", "dua", "tiga"]);
  });

  it("does not ask for ever for a seq that does not exist", async () => {
    const tab = await talking();
    const joins = backend.count("conversation_join");
    backend.push({ seq: 5, sender: "bot", text: "lima", created_at: "2026-11-22T10:00:00.000Z" });
    await settle();
    expect(backend.count("conversation_join")).toBe(joins + 1);
    expect(shown(tab)).toEqual(["halo", "lima"]);
  });

  it("ignores what is not a message", async () => {
    const tab = await talking();
    for (const junk of [null, 7, "x", [], {}, { seq: 0 }, { seq: 2, sender: "root", text: "x" }]) backend.push(junk);
    expect(shown(tab)).toEqual(["halo"]);
  });

  it("recognises its own message when it comes back before the acknowledgement", async () => {
    const tab = await started();
    backend.script = (event) => (event === "message_send" ? "lost ack" : undefined);
    tab.store.send("halo");
    await settle();
    expect(shown(tab)).toEqual(["halo"]);
    expect(tab.store.unsent).toEqual([]);
  });
});

describe("sending", () => {
  it("repeats a message without acknowledgement under the same id, and it is stored once", async () => {
    const tab = await talking();
    let lost = 1;
    backend.pushes = false;
    backend.script = (event) => (event === "message_send" && lost-- > 0 ? "lost ack" : undefined);
    tab.store.send("penting");
    await settle(9000);
    expect(tab.store.unsent).toHaveLength(1);
    await settle(2000);
    const sends = backend.received.filter((request) => request.payload.text === "penting");
    expect(sends).toHaveLength(2);
    expect(sends[0]!.payload.client_message_id).toBe(sends[1]!.payload.client_message_id);
    expect(backend.texts()).toEqual(["halo", "penting"]);
    expect(shown(tab)).toEqual(["halo", "penting"]);
    expect(tab.store.unsent).toEqual([]);
  });

  it("connects afresh when two repeats stay unanswered", async () => {
    const tab = await talking();
    let silent = 2;
    backend.script = (event) => (event === "message_send" && silent-- > 0 ? "silence" : undefined);
    tab.store.send("halo?");
    await settle(20_500);
    expect(tab.transport.reconnects).toBe(1);
    expect(backend.texts()).toEqual(["halo", "halo?"]);
  });

  it("sends in order, one at a time, what was written while offline", async () => {
    const tab = await talking();
    tab.transport.online = false;
    tab.transport.drop();
    for (const text of ["a", "b", "c"]) tab.store.send(text);
    await settle(3000);
    expect(tab.store.connectionLost).toBe(true);
    expect(backend.texts()).toEqual(["halo"]);
    tab.transport.goUp();
    await settle();
    expect(backend.texts()).toEqual(["halo", "a", "b", "c"]);
    expect(tab.store.connectionLost).toBe(false);
  });

  it("survives a page reload before the acknowledgement, without a double", async () => {
    const before = await talking();
    backend.script = (event) => (event === "message_send" ? "lost ack" : undefined);
    backend.pushes = false;
    before.store.send("jangan hilang");
    await settle();
    before.transport.close();
    backend.script = null;
    const after = await started();
    expect(backend.texts()).toEqual(["halo", "jangan hilang"]);
    expect(shown(after)).toEqual(["halo", "jangan hilang"]);
    expect(after.store.unsent).toEqual([]);
  });

  it("sends after a reload what was never sent, even without a conversation", async () => {
    backend.openFails = 99;
    const before = await started();
    before.store.send("pertama");
    await settle();
    backend.openFails = 0;
    await started();
    expect(backend.texts()).toEqual(["pertama"]);
  });

  it("shows a refused message as failed, goes on with the next, and can send again or delete it", async () => {
    const tab = await talking();
    backend.script = (_, payload) => (payload.text === "buruk" ? refusal("invalid_message", {}, "Tidak bisa, Kak") : undefined);
    tab.store.send("buruk");
    tab.store.send("baik");
    await settle();
    expect(backend.texts()).toEqual(["halo", "baik"]);
    const failed = tab.store.unsent[0]!;
    expect(failed).toMatchObject({ text: "buruk", failure: "Tidak bisa, Kak" });

    backend.script = null;
    tab.store.retry(failed.clientMessageId);
    await settle();
    expect(backend.log().at(-1)).toMatchObject({ text: "buruk", client_message_id: failed.clientMessageId });

    backend.script = (event) => (event === "message_send" ? refusal("message_too_long", { max: 1000 }) : undefined);
    tab.store.send("panjang");
    await settle();
    tab.store.discard(tab.store.unsent[0]!.clientMessageId);
    expect(tab.store.unsent).toEqual([]);
    expect([...disk.entries.keys()].filter((key) => key.includes("outbox"))).toEqual([]);
  });

  it("waits as long as the server asks for", async () => {
    const tab = await talking();
    let limited = 1;
    backend.script = (event) =>
      event === "message_send" && limited-- > 0 ? refusal("rate_limited", { retry_after: 7 }) : undefined;
    tab.store.send("cepat");
    await settle(6900);
    expect(backend.texts()).toEqual(["halo"]);
    expect(tab.store.unsent[0]?.failure).toBeNull();
    await settle(200);
    expect(backend.texts()).toEqual(["halo", "cepat"]);
  });

  it("tries again by itself after internal_error, then gives up visibly", async () => {
    const tab = await talking();
    backend.script = (event) => (event === "message_send" ? refusal("internal_error") : undefined);
    tab.store.send("x");
    await settle(2000 + 5000 + 10_000 + 100);
    expect(backend.received.filter((request) => request.payload.text === "x")).toHaveLength(4);
    expect(tab.store.unsent[0]?.failure).toBe("pesan internal_error");
  });

  it("joins again when the server has forgotten the socket", async () => {
    const tab = await talking();
    tab.transport.token = null;
    tab.store.send("masih di sini?");
    await settle();
    expect(backend.texts()).toEqual(["halo", "masih di sini?"]);
  });

  it("does not send blank text", async () => {
    const tab = await started();
    tab.store.send(" \n ");
    await settle();
    expect(backend.opened).toBe(0);
  });
});

describe("an expired conversation", () => {
  it("is replaced, and unsent text goes into the new one", async () => {
    const tab = await talking();
    tab.transport.online = false;
    tab.transport.drop();
    backend.conversations.delete("token-1");
    tab.store.send("belum terkirim");
    tab.transport.goUp();
    await settle();
    expect(backend.opened).toBe(2);
    expect(backend.texts("token-2")).toEqual(["belum terkirim"]);
    expect(shown(tab)).toEqual(["belum terkirim"]);
  });

  it("is not replaced before the customer writes", async () => {
    await talking();
    backend.conversations.clear();
    const tab = await started();
    expect(backend.opened).toBe(1);
    expect(tab.store.renewed).toBe(true);
    await settle(3000);
    expect(tab.store.connectionLost).toBe(false);
    tab.store.send("baru");
    await settle();
    expect(backend.texts("token-2")).toEqual(["baru"]);
  });
});

describe("around the log", () => {
  it("counts unread answers while nobody watches, over page loads too", async () => {
    const tab = await talking();
    tab.store.setWatching(true);
    tab.store.setWatching(false);
    backend.post({ text: "satu" });
    backend.post({ text: "dua", sender: "agent" });
    backend.post({ text: "tiga", sender: "customer" });
    expect(tab.store.unread).toBe(2);
    const reloaded = await started();
    expect(reloaded.store.unread).toBe(2);
    reloaded.store.setWatching(true);
    expect(reloaded.store.unread).toBe(0);
    expect(tab.store.unread).toBe(0);
  });

  it("shows typing until the message comes, for 15 s at most", async () => {
    const tab = await talking();
    tab.transport.events.typing({ sender: "bot", active: true });
    expect(tab.store.typing).toBe("bot");
    backend.post({ text: "ini" });
    expect(tab.store.typing).toBeNull();
    tab.transport.events.typing({ sender: "agent", active: true });
    await settle(14_900);
    expect(tab.store.typing).toBe("agent");
    await settle(200);
    expect(tab.store.typing).toBeNull();
    tab.transport.events.typing({ sender: "customer", active: true });
    expect(tab.store.typing).toBeNull();
  });

  it("tells that the customer types, but not at every key", async () => {
    const tab = await talking();
    for (let key = 0; key < 20; key += 1) {
      tab.store.customerTyping("halo");
      await settle(300);
    }
    expect(backend.count("typing")).toBe(2);
    await settle(5000);
    expect(backend.received.at(-1)).toEqual({ event: "typing", payload: { active: false } });
  });

  it("shows the banner only after two seconds without connection", async () => {
    const tab = await talking();
    tab.transport.drop();
    await settle(1900);
    expect(tab.store.connectionLost).toBe(false);
    await settle(200);
    expect(tab.store.connectionLost).toBe(true);
    tab.store.networkBack();
    await settle();
    expect(tab.store.connectionLost).toBe(false);
  });

  it("follows the owner", async () => {
    const tab = await talking();
    tab.transport.events.ownerChanged({ owner: "queue" });
    expect(tab.store.handover.owner).toBe("queue");
    tab.transport.events.ownerChanged({ owner: "nobody" });
    expect(tab.store.handover.owner).toBe("queue");
  });

  it("works without any storage", async () => {
    const tab = openTab(backend, null);
    tab.store.start();
    tab.store.send("tanpa penyimpanan");
    await settle();
    expect(shown(tab)).toEqual(["tanpa penyimpanan"]);
  });
});
