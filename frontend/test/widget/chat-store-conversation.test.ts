import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeLock, openTab } from "../support/fake-backend";
import { backend, close, disk, prepare, settle, shown, started, talking } from "./chat-tabs";

beforeEach(prepare);
afterEach(close);

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
