import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeDesk, openConsole, signIn, type Console } from "../support/desk";

// A whole console without a screen; real HTTP and Socket.IO over loopback.
interface Wire {
  id: string;
  state: string;
  agent_id: string | null;
  messages: { seq: number; sender: string; text: string }[];
}

let server: FakeDesk;
let address: string;
const consoles: Console[] = [];

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 15 });
const find = (state: string, agent: string | null = null): Wire =>
  (server.conversations as Wire[]).find((one) => one.state === state && one.agent_id === agent)!;
const texts = ({ desk }: Console): string[] => desk.conversation.messages.map((message) => message.text);

function open(path?: string, tab?: Console["tab"]): Console {
  const console = openConsole(address, path, tab);
  consoles.push(console);
  return console;
}

async function signedIn(path?: string, user?: string): Promise<Console> {
  const console = open(path);
  await signIn(console, user);
  await until(() => expect(console.desk.live.isConnected).toBe(true));
  return console;
}

/** Signed in, with the first conversation of `state` open. */
async function looking(state: string, agent: string | null, user?: string): Promise<Console> {
  const console = await signedIn(`/desk/percakapan/${find(state, agent).id}`, user);
  await until(() => expect(console.desk.conversation.status).toBe("ready"));
  await until(() => expect(console.desk.conversation.viewers.length).toBeGreaterThan(0));
  return console;
}

beforeEach(async () => {
  server = new FakeDesk({ size: 40, replyDelayMs: -1 });
  address = await server.listen();
});
afterEach(async () => {
  for (const console of consoles.splice(0)) {
    console.desk.live.stop();
    console.desk.deliveries.stop();
    console.desk.clock.stop();
  }
  await server.close();
});

describe("a conversation", () => {
  it("is accepted, answered and closed", async () => {
    const { id } = find("queue");
    const console = await signedIn();
    const { desk } = console;
    desk.openConversation(id);
    await until(() => expect(desk.conversation.status).toBe("ready"));
    expect(desk.conversation.isMine).toBe(false);
    expect(await desk.act("accept")).toBe(true);
    expect(desk.conversation.isMine).toBe(true);
    desk.conversation.agentSends("Halo, Kak");
    await until(() => expect(texts(console)).toContain("Halo, Kak"));
    await until(() => expect(desk.deliveries.unsent(id)).toEqual([]));
    expect(await desk.act("close", { reason: "solved", note: "beres" })).toBe(true);
    expect(desk.conversation.detail).toMatchObject({ state: "closed", closeReason: "solved" });
    expect(desk.conversation.detail!.changes.at(-1)).toMatchObject({ event: "close", note: "beres", staff: "Rina Kusuma" });
  });

  it("is told in words that another has taken it, and shown as it is now", async () => {
    const rina = await looking("queue", null);
    const conversation = server.find(rina.desk.conversation.id!) as Wire;
    Object.assign(conversation, { state: "agent", agent_id: "u-budi" });
    expect(await rina.desk.act("accept")).toBe(false);
    expect(rina.desk.toasts.list.map((toast) => toast.text)).toEqual(["Sudah diambil Budi Santoso."]);
    await until(() => expect(rina.desk.conversation.detail?.agent?.displayName).toBe("Budi Santoso"));
  });

  it("shows two agents what the other does: looking, typing, taking, writing", async () => {
    const rina = await looking("agent", "u-rina");
    const budi = await signedIn(`/desk/percakapan/${rina.desk.conversation.id}`, "budi");
    await until(() => expect(rina.desk.conversation.viewers).toContain("Budi Santoso"));
    await until(() => expect(budi.desk.conversation.status).toBe("ready"));
    await until(() => expect(budi.desk.conversation.viewers).toContain("Budi Santoso"));
    rina.desk.conversation.agentTypes("Baik");
    await until(() => expect(budi.desk.conversation.typing).toBe("agent"));
    rina.desk.conversation.agentSends("Baik, Kak");
    await until(() => expect(texts(budi).at(-1)).toBe("Baik, Kak"));
    expect(budi.desk.conversation.typing).toBeNull();
    await rina.desk.act("transfer", { to: "u-budi", note: "tolong lanjutkan" });
    await until(() => expect(budi.desk.conversation.isMine).toBe(true));
    await until(() => expect(budi.desk.conversation.detail!.changes.at(-1)!.note).toBe("tolong lanjutkan"));
    budi.desk.router.go("/desk/");
    await until(() => expect(rina.desk.conversation.viewers).not.toContain("Budi Santoso"));
  });

  it("keeps its marks: what the customer has read, and what I have", async () => {
    const console = await looking("agent", "u-rina");
    const conversation = server.find(console.desk.conversation.id!) as Wire & Record<string, unknown>;
    server.write(conversation, "halo?");
    await until(() => expect(texts(console).at(-1)).toBe("halo?"));
    console.desk.conversation.markRead();
    console.desk.conversation.markRead();
    await until(() => expect(conversation.agent_read_seq).toBe(conversation.messages.length));
    expect(server.requests.filter((request: { path: string }) => request.path.endsWith("/read"))).toHaveLength(1);
    // Nobody waits for a mark on what I have written myself.
    console.desk.conversation.agentSends("Baik, Kak.");
    await until(() => expect(texts(console).at(-1)).toBe("Baik, Kak."));
    console.desk.conversation.markRead();
    conversation.customer_read_seq = 99;
    server.tellRead(conversation as never);
    await until(() => expect(console.desk.conversation.detail?.customerReadSeq).toBe(99));
    // An answer that left the server before the customer had read.
    console.desk.conversation.take({ ...console.desk.conversation.detail!, customerReadSeq: 3, lastText: "lain" });
    expect(console.desk.conversation.detail).toMatchObject({ customerReadSeq: 99, lastText: "lain" });
    expect(server.requests.filter((request: { path: string }) => request.path.endsWith("/read"))).toHaveLength(1);
  });

  it("that is not there is said to be missing; others can be opened then", async () => {
    const console = await signedIn("/desk/percakapan/tidak-ada");
    await until(() => expect(console.desk.conversation.status).toBe("missing"));
    console.desk.openConversation(find("bot").id);
    await until(() => expect(console.desk.conversation.status).toBe("ready"));
  });

  it("shows only itself when opened in haste after another", async () => {
    const console = await signedIn();
    const [first, second] = [find("bot"), find("queue")];
    console.desk.openConversation(first.id);
    console.desk.openConversation(second.id);
    await until(() => expect(console.desk.conversation.status).toBe("ready"));
    expect(console.desk.conversation.detail?.id).toBe(second.id);
    expect(texts(console)).toEqual(second.messages.map((message) => message.text));
  });

  it("is read to its end, however long it is", async () => {
    const conversation = find("bot");
    for (let count = 0; count < 450; count += 1) server.post(conversation, { sender: "bot", text: `baris ${count}` });
    const console = await looking("bot", null);
    expect(texts(console)).toHaveLength(conversation.messages.length);
  });

  it("gets notes, a name and suggestions", async () => {
    const console = await looking("agent", "u-rina");
    const { conversation } = console.desk;
    await conversation.beside.addNote("cek mutasi");
    expect(conversation.beside.notes.at(-1)).toMatchObject({ text: "cek mutasi", author: "Rina Kusuma" });
    await conversation.saveContact({ name: "Bu Ani", email: "" });
    expect(conversation.detail).toMatchObject({ contactName: "Bu Ani", contactEmail: null });
    await until(() => expect(conversation.beside.suggestions).toHaveLength(3));
  });
});

describe("trouble", () => {
  it("brings what came while the connection was down", async () => {
    const console = await looking("agent", "u-rina");
    const conversation = server.find(console.desk.conversation.id!) as Wire;
    for (const socket of server.space.sockets.values()) socket.conn.close();
    server.write(conversation, "masih di sana?");
    await until(() => expect(texts(console).at(-1)).toBe("masih di sana?"));
    expect(new Set(console.desk.conversation.messages.map((message) => message.seq)).size).toBe(conversation.messages.length);
  });

  it("stores a message once although the answer was lost", async () => {
    const console = await looking("agent", "u-rina");
    const conversation = server.find(console.desk.conversation.id!) as Wire;
    server.lostAnswers = 1;
    console.desk.conversation.agentSends("penting");
    await until(() => expect(console.desk.deliveries.unsent(conversation.id)).toEqual([]));
    expect(conversation.messages.filter((message) => message.text === "penting")).toHaveLength(1);
    expect(texts(console).filter((text) => text === "penting")).toHaveLength(1);
  });

  it("ends a session everywhere, and loses neither draft, message nor place", async () => {
    const console = await looking("agent", "u-rina");
    const { desk } = console;
    const { id } = desk.conversation;
    desk.drafts.set(id!, "reply", "belum selesai");
    server.end(() => true);
    await until(() => expect(desk.session).toMatchObject({ status: "signed-out", expired: true }));
    desk.deliveries.send(id!, "terkirim nanti");
    await signIn(console);
    await until(() => expect(texts(console).at(-1)).toBe("terkirim nanti"));
    expect(desk.drafts.get(id!, "reply")).toBe("belum selesai");
    expect(console.path()).toBe(`/desk/percakapan/${id}`);
  });

  it("asks for a sign-in when the socket is refused", async () => {
    const console = await signedIn();
    server.sessions.clear();
    for (const socket of server.space.sockets.values()) socket.conn.close();
    await until(() => expect(console.desk.session.status).toBe("signed-out"));
  });

  it("does not show one account's drafts to the next", async () => {
    const console = await looking("agent", "u-rina");
    const { id } = console.desk.conversation;
    console.desk.drafts.set(id!, "reply", "rahasia Rina");
    server.end(() => true);
    await until(() => expect(console.desk.session.status).toBe("signed-out"));
    await signIn(console, "budi");
    expect(console.desk.drafts.get(id!, "reply")).toBe("");
  });
});

describe("news", () => {
  it("ring for a new one in the queue, only while online", async () => {
    const console = await signedIn();
    server.askForPerson();
    await until(() => expect(console.alerts.map((alert) => alert.kind)).toEqual(["queue"]));
    await until(() => expect(console.desk.list.rows).toHaveLength(server.listed("queue", server.staff[0], false).length));
    await console.desk.setPresence("away");
    server.askForPerson();
    await until(() => expect(console.desk.list.rows).toHaveLength(server.listed("queue", server.staff[0], false).length));
    expect(console.alerts).toHaveLength(1);
  });

  it("ring for a message to me that I do not look at", async () => {
    const console = await looking("agent", "u-rina");
    const others = (server.conversations as Wire[]).filter((one) => one.agent_id === "u-rina");
    server.write(others[0]!, "yang terbuka");
    await until(() => expect(texts(console).at(-1)).toBe("yang terbuka"));
    server.write(others[1]!, "yang lain");
    await until(() => expect(console.alerts.map((alert) => alert.body)).toEqual(["yang lain"]));
  });
});

it("searches page by page", async () => {
  const { desk } = await signedIn();
  desk.search.type("kak");
  await until(() => expect(desk.search.status).toBe("done"));
  expect(desk.search.hits).toHaveLength(30);
  await desk.search.more();
  expect(desk.search.hits.length).toBeGreaterThan(30);
  expect(new Set(desk.search.hits.map((hit) => hit.conversationId + hit.seq)).size).toBe(desk.search.hits.length);
  desk.search.type("x");
  expect(desk.search).toMatchObject({ status: "idle", hits: [] });
});
