/**
 * A stand-in for bot.web that speaks docs/protocol.md from memory: for looking at the widget and for its tests.
 * `npm run fake-server` serves ../bot/web/static on http://127.0.0.1:9123 (PORT moves it) with a strict CSP.
 * It answers after REPLY_MS (900); "demo antrean", "demo staf" and the other steps of fake-desk.mjs play the hand-over,
 * "demo berbayar" a request for paid support, "demo kartu" shows all of its cards.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Server } from "socket.io";
import { answerTo } from "./fake-answers.mjs";
import { FakeCards } from "./fake-cards.mjs";
import { FakeDesk } from "./fake-desk.mjs";

const STATIC = resolve(import.meta.dirname, "../../bot/web/static");
const CSP = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const MAX = 1000;

const failure = (code, message, data = {}) => ({ ok: false, error: { code, message, data } });

export class FakeServer {
  constructor({ replyDelayMs = 900 } = {}) {
    this.replyDelayMs = replyDelayMs;
    this.conversations = new Map(); // token → {id, token, owner, agent_name, closed, queue, agent_read_seq, messages}
    /** Switches for tests; each counts down. */
    this.dropAcks = 0;
    this.dropPushes = 0;
    this.rateLimits = 0;
    this.typingEvents = [];
    this.seenEvents = [];
    this.desk = new FakeDesk(this, replyDelayMs);
    this.cards = new FakeCards(this, Math.max(replyDelayMs, 0));
    this.http = createServer((request, response) => this.serve(request, response));
    this.io = new Server(this.http, { path: "/socket.io", cors: { origin: "*" } });
    this.io.on("connection", (socket) => this.welcome(socket));
  }

  listen(port = 0) {
    return new Promise((done) => {
      this.http.listen(port, "127.0.0.1", () => done(`http://127.0.0.1:${this.http.address().port}`));
    });
  }

  async close() {
    await this.io.close();
  }

  open() {
    const handover = { owner: "bot", agent_name: null, closed: false, queue: null, agent_read_seq: 0 };
    const conversation = { id: randomUUID(), token: `token-${randomUUID()}`, messages: [], ...handover };
    this.conversations.set(conversation.token, conversation);
    return conversation;
  }

  /** Stores a message and pushes it to everybody who joined. */
  post(conversation, message) {
    const stored = {
      seq: conversation.messages.length + 1,
      outcome: null,
      clauses: [],
      buttons: [],
      card: null,
      reply_to: null,
      client_message_id: null,
      created_at: new Date().toISOString(),
      ...message,
    };
    conversation.messages.push(stored);
    if (this.dropPushes > 0) this.dropPushes -= 1;
    else this.io.to(conversation.id).emit("message_new", stored);
    return stored;
  }

  /** Without `more` as servers tell it that know nothing of the hand-over but the owner. */
  setOwner(conversation, owner, more = {}) {
    Object.assign(conversation, { owner, ...more });
    this.tell(conversation, "owner_changed", { owner, ...more });
  }

  tell(conversation, event, payload) {
    this.io.to(conversation.id).emit(event, payload);
  }

  typing(conversation, sender, active) {
    this.io.to(conversation.id).emit("typing", { sender, active });
  }

  disconnectAll() {
    for (const socket of this.io.sockets.sockets.values()) socket.conn.close();
  }

  welcome(socket) {
    socket.on("conversation_join", (payload, ack) => {
      const conversation = this.conversations.get(payload?.token);
      if (!conversation) return ack(failure("unauthorized", "Sesi sudah berakhir."));
      socket.data.conversation = conversation;
      socket.join(conversation.id);
      const messages = conversation.messages.filter((message) => message.seq > (payload.after ?? 0));
      const { owner, agent_name, closed, queue, agent_read_seq } = conversation;
      ack({ ok: true, conversation_id: conversation.id, messages, owner, agent_name, closed, queue, agent_read_seq });
    });
    socket.on("message_send", (payload, ack) => this.receive(socket, payload, ack));
    socket.on("seen", (payload, ack) => {
      this.seenEvents.push(payload);
      ack({ ok: true });
    });
    socket.on("typing", (payload, ack) => {
      this.typingEvents.push(payload.active);
      ack({ ok: true });
    });
  }

  receive(socket, payload, ack) {
    const conversation = socket.data.conversation;
    if (!conversation) return ack(failure("not_joined", "Belum bergabung ke percakapan."));
    if ([...payload.text].length > MAX) {
      return ack(failure("message_too_long", "Pesan terlalu panjang, maksimal 1000 karakter, Kak.", { max: MAX }));
    }
    if (payload.text.includes("/tolak")) {
      return ack(failure("invalid_message", "Pesan ini tidak bisa diproses, Kak.", { field: "text" }));
    }
    if (this.rateLimits > 0) {
      this.rateLimits -= 1;
      return ack(failure("rate_limited", "Terlalu cepat, Kak.", { retry_after: 1 }));
    }
    const known = conversation.messages.find((message) => message.client_message_id === payload.client_message_id);
    const { client_message_id, text } = payload;
    const title = this.cards.titleOf(conversation, text);
    const stored = known ?? this.post(conversation, { sender: "customer", text: title ?? text, client_message_id });
    if (this.dropAcks > 0) this.dropAcks -= 1;
    else ack({ ok: true, seq: stored.seq, created_at: stored.created_at, duplicate: Boolean(known) });
    if (!known && !this.cards.pressed(conversation, text)) this.answer(conversation, stored);
  }

  answer(conversation, message) {
    if (this.replyDelayMs < 0 || this.desk.takes(conversation, message)) return;
    this.typing(conversation, "bot", true);
    const timer = setTimeout(() => {
      const { handOver, ...reply } = answerTo(message.text);
      this.post(conversation, { sender: "bot", reply_to: message.seq, ...reply });
      if (handOver) this.desk.handOver(conversation);
    }, this.replyDelayMs);
    timer.unref();
  }

  async serve(request, response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    const { pathname } = new URL(request.url, "http://fake");
    if (request.method === "POST" && pathname === "/api/v1/conversations") {
      const { id, token } = this.open();
      response.writeHead(201, { "Content-Type": "application/json" });
      return response.end(JSON.stringify({ conversation_id: id, token }));
    }
    const file = normalize(join(STATIC, pathname === "/" ? "index.html" : pathname));
    const content = file.startsWith(STATIC) ? await readFile(file).catch(() => null) : null;
    response.writeHead(content ? 200 : 404, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": CSP,
    });
    response.end(content ?? "not found");
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = new FakeServer({ replyDelayMs: Number(process.env.REPLY_MS ?? 900) });
  process.stdout.write(`${await server.listen(Number(process.env.PORT ?? 9123))}\n`);
}
