import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeServer } from "../../dev/fake-server.mjs";
import { SafeStorage } from "../../src/shared/storage";
import { SocketTransport } from "../../src/shared/socket-transport";
import { ChatStore } from "../../src/widget/state/chat-store";
import { httpOpener } from "../../src/widget/state/open-conversation";
import { FakeLock, MemoryStorage } from "../support/fake-backend";

// Real Socket.IO on both ends, over loopback.
let server: FakeServer;
let address: string;
let transport: SocketTransport;
let store: ChatStore;

const texts = (): string[] => store.messages.map((message) => message.text);
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 6000, interval: 20 });
const conversation = (): never => [...server.conversations.values()][0] as never;

beforeEach(async () => {
  server = new FakeServer({ replyDelayMs: -1 });
  address = await server.listen();
  transport = new SocketTransport(address, 300);
  const disk = new MemoryStorage();
  const storage = new SafeStorage("t:", () => disk);
  store = new ChatStore({ transport, storage, lock: new FakeLock(), open: httpOpener(address) });
});
afterEach(async () => {
  transport.close();
  await server.close();
});

it("opens, joins, sends and receives", async () => {
  store.send("halo");
  await until(() => expect(texts()).toEqual(["halo"]));
  server.post(conversation(), { sender: "bot", text: "Halo, Kak" });
  await until(() => expect(texts()).toEqual(["halo", "Halo, Kak"]));
});

it("replays what it missed after the connection dropped", async () => {
  store.send("halo");
  await until(() => expect(store.unsent).toEqual([]));
  server.dropPushes = 2;
  server.post(conversation(), { sender: "bot", text: "satu" });
  server.post(conversation(), { sender: "bot", text: "dua" });
  server.disconnectAll();
  store.send("tiga");
  await until(() => expect(texts()).toEqual(["halo", "satu", "dua", "tiga"]));
});

it("stores a message once although its acknowledgement and its push were lost", async () => {
  store.send("halo");
  await until(() => expect(store.unsent).toEqual([]));
  server.dropAcks = 1;
  server.dropPushes = 1;
  store.send("penting");
  await until(() => expect(texts()).toEqual(["halo", "penting"]));
  expect(store.unsent).toEqual([]);
  expect((conversation() as { messages: unknown[] }).messages).toHaveLength(2);
});

it("comes back after the server itself has closed the connection", async () => {
  store.send("halo");
  await until(() => expect(store.unsent).toEqual([]));
  vi.spyOn(Math, "random").mockReturnValue(0);
  server.io.disconnectSockets();
  await until(() => expect(transport.connected).toBe(false));
  await until(() => expect(transport.connected).toBe(true));
});

it("rejects at once, and buffers nothing, while there is no connection", async () => {
  await expect(transport.request("message_send", {})).rejects.toMatchObject({ reason: "disconnected" });
});

it("hears of the queue and of what staff have read, and tells what was seen", async () => {
  store.setWatching(true);
  store.send("halo");
  await until(() => expect(server.seenEvents).toEqual([{ delivered: 1, read: 1 }]));
  server.desk.steps.antrean(conversation());
  await until(() => expect(store.handover.queue?.place).toBe(2));
  server.desk.steps.maju(conversation());
  await until(() => expect(store.handover.queue?.place).toBe(1));
  server.desk.steps.staf(conversation());
  await until(() => expect(store.handover.agentName).toBe("Rina"));
  expect(store.agentReadSeq).toBe(3);
  server.desk.queue(conversation(), null);
  await until(() => expect(store.handover.queue).toBeNull());
});
