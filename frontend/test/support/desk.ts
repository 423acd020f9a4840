import { io, type Socket } from "socket.io-client";
import { FakeDesk } from "../../dev/fake-console.mjs";
import { PASSWORD } from "../../dev/fake-console-data.mjs";
import { SafeStorage } from "../../src/shared/storage";
import { readAck, type Ack } from "../../src/shared/protocol";
import { NoAcknowledgement, type TransportEvents } from "../../src/shared/transport";
import type { Alert } from "../../src/desk/state/alerts";
import { Desk } from "../../src/desk/state/desk";
import type { DeskTransport } from "../../src/desk/state/live";
import type { Row } from "../../src/desk/state/types";
import { MemoryStorage } from "./fake-backend";

export interface Reply {
  status?: number;
  body?: unknown;
}

export interface Call {
  method: string;
  path: string;
  body: Record<string, unknown> | null;
  headers: Record<string, string>;
}

/** A fetch that a test answers; "lost" is a network that fails. */
export function scriptedFetch(answer: (call: Call) => Reply | "lost" | Promise<Reply | "lost">) {
  const calls: Call[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : null;
    const call = { method: init.method ?? "GET", path: url.replace(/^\/api\/(desk|trainer)\/v1/, ""), body, headers: init.headers as Record<string, string> };
    calls.push(call);
    const reply = await answer(call);
    if (reply === "lost") throw new TypeError("network");
    const { status = 200, body: content = {} } = reply;
    return new Response(status === 204 ? null : JSON.stringify(content), { status });
  };
  return { fetch, calls };
}

export const failure = (status: number, code: string, message = `pesan ${code}`, data = {}): Reply => ({
  status,
  body: { error: { code, message, data } },
});

export const row = (id: string, more: Partial<Row> = {}): Row => ({
  id, state: "queue", agent: null, lastAt: "2026-11-22T10:00:00.000Z", lastText: "halo", lastSender: "customer", unread: 0,
  waitingSince: null, reason: null, place: null, mode: null, contactName: null, createdAt: "2026-11-22T09:00:00.000Z", ...more,
});

/** A Row as the server writes it. */
export const wireRow = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id, state: "queue", agent: null, last_at: "2026-11-22T10:00:00.000Z", last_text: "halo", last_sender: "customer", unread: 0,
  waiting_since: null, reason: null, place: null, mode: null, contact_name: null, created_at: "2026-11-22T09:00:00.000Z", ...more,
});

/** A real socket with the cookie that a browser would add by itself. */
class CookieTransport implements DeskTransport {
  private socket: Socket;

  constructor(address: string, cookie: () => string) {
    this.socket = io(`${address}/desk`, { autoConnect: false, forceNew: true, transports: ["websocket"], reconnectionDelay: 20 });
    const { opts } = this.socket.io;
    Object.defineProperty(opts, "extraHeaders", { get: () => ({ cookie: cookie() }), enumerable: true });
  }
  get connected(): boolean {
    return this.socket.connected;
  }
  listen(events: TransportEvents): void {
    this.socket.on("connect", () => events.connected());
    this.socket.on("disconnect", () => events.disconnected());
  }
  on(event: string, handler: (payload: unknown) => void): void {
    this.socket.on(event, handler);
  }
  connect(): void {
    this.socket.connect();
  }
  reconnect(): void {
    this.socket.disconnect().connect();
  }
  close(): void {
    this.socket.disconnect();
  }
  request(event: string, payload: object): Promise<Ack> {
    if (!this.socket.connected) return Promise.reject(new NoAcknowledgement("disconnected"));
    return this.socket.timeout(2000).emitWithAck(event, payload).then(readAck, () => Promise.reject(new NoAcknowledgement("timeout")));
  }
}

export interface Console {
  desk: Desk;
  alerts: Alert[];
  /** Of the tab: what a reload leaves. */
  tab: MemoryStorage;
  path(): string;
}

/** A console in memory against a real FakeDesk. */
export function openConsole(address: string, path = "/desk/", tab = new MemoryStorage()): Console {
  let cookie = "";
  const alerts: Alert[] = [];
  const local = new MemoryStorage();
  const fetchWithCookie = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(address + url, { ...init, headers: { ...(init.headers as object), cookie } });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
  const desk = new Desk({
    fetch: fetchWithCookie,
    transport: new CookieTransport(address, () => cookie),
    local: new SafeStorage("l:", () => local),
    tab: new SafeStorage("t:", () => tab),
    address: { current: () => path, push: (next) => (path = next) },
    alert: (alert) => alerts.push(alert),
    attentive: () => true,
  });
  return { desk, alerts, tab, path: () => path };
}

export async function signIn(console: Console, username = "rina"): Promise<void> {
  await console.desk.session.signIn(username, PASSWORD, "");
}

export { FakeDesk };
