import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeDesk, openConsole, signIn, type Console } from "../../support/desk";

let server: FakeDesk;
let consoles: Console[];
let address: string;

const until = (check: () => unknown): Promise<unknown> => vi.waitUntil(check, { timeout: 8000, interval: 15 });

async function arrive(user: string, path = "/desk/berbayar"): Promise<Console> {
  const console = openConsole(address, path);
  consoles.push(console);
  await signIn(console, user);
  await until(() => console.desk.live.isConnected);
  return console;
}

beforeEach(async () => {
  server = new FakeDesk({ size: 20, replyDelayMs: -1 });
  address = await server.listen();
  consoles = [];
});
afterEach(async () => {
  for (const { desk } of consoles) {
    desk.live.stop();
    desk.deliveries.stop();
    desk.clock.stop();
    desk.list.stop();
    desk.paid.stop();
  }
  await server.close();
});

it("shows at one desk what was done at another, on the board and in the open request", async () => {
  const rina = await arrive("rina", "/desk/berbayar/p-9");
  const budi = await arrive("budi", "/desk/berbayar/p-9");
  await until(() => budi.desk.paid.board.status === "ready" && budi.desk.paid.request.detail && rina.desk.paid.request.detail);
  const paid = budi.desk.paid.board.counts.paid!;
  expect(await rina.desk.paid.request.act("start")).toEqual({ ok: true });
  await until(() => budi.desk.paid.request.detail!.state === "in_progress");
  expect(budi.desk.paid.board.rows.find((row) => row.id === "p-9")!.state).toBe("in_progress");
  await until(() => (budi.desk.paid.board.counts.paid ?? 0) === paid - 1);
  // Budi's click comes too late: it is explained, and the request stands as it is.
  expect(await budi.desk.paid.request.act("start")).toMatchObject({ ok: null, message: expect.stringContaining("Sekarang: Dikerjakan") });
});

it("does a thing once whose answer was lost", async () => {
  const { desk } = await arrive("rina", "/desk/berbayar/p-10");
  await until(() => desk.paid.request.detail);
  const before = desk.paid.request.detail!.work.length;
  server.lostAnswers = 1;
  const work = { text: "Uji ulang", minutes: 20, tell: true };
  expect(await desk.paid.request.act("work", work)).toMatchObject({ ok: null, message: expect.stringContaining("tidak dapat dihubungi") });
  expect(await desk.paid.request.act("work", work)).toEqual({ ok: true });
  expect(desk.paid.request.detail!.work).toHaveLength(before + 1);
});

it("catches up after the connection was away, and forgets everything at sign-out", async () => {
  const { desk } = await arrive("rina");
  await until(() => desk.paid.board.status === "ready");
  for (const socket of server.space.sockets.values()) socket.conn.close();
  Object.assign(server.paid.requests[0]!, { state: "cancelled", updated_at: new Date().toISOString() });
  await until(() => desk.paid.board.rows.find((row) => row.id === "p-1")?.state === "cancelled");
  await desk.signOut();
  expect([desk.paid.board.rows, desk.paid.board.waiting]).toEqual([[], 0]);
});

it("asks nothing of paid support for an account that serves nobody", async () => {
  const console = openConsole(address, "/desk/berbayar");
  consoles.push(console);
  await signIn(console, "tono");
  expect(server.requests.filter(({ path }: { path: string }) => path.startsWith("/paid"))).toEqual([]);
});
