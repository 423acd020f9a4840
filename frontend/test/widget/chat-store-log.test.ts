import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTab } from "../support/fake-backend";
import { backend, close, prepare, settle, shown, started, talking } from "./chat-tabs";

beforeEach(prepare);
afterEach(close);

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
