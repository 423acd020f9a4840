import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusal } from "../support/fake-backend";
import { backend, close, disk, prepare, settle, shown, started, talking } from "./chat-tabs";

beforeEach(prepare);
afterEach(close);

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
