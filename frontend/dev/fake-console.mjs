/**
 * A stand-in for the server side of docs/desk-protocol.md, in memory and lively: customers write, wait and read.
 * `npm run fake-console` serves the build on http://127.0.0.1:9124/desk/ (PORT moves it; CALM=1: nothing happens by itself).
 * Accounts: rina, budi, siti, tono and, with the code 123456, dewi; the password of all is in fake-console-data.mjs.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Server } from "socket.io";
import { CHATTER, CODE, findEntities, makeCanned, makeConversation, makeConversations, makeStaff } from "./fake-console-data.mjs";
import { FakePaid } from "./fake-paid.mjs";
import { Refusal, ROUTES } from "./fake-console-routes.mjs";

const STATIC = resolve(import.meta.dirname, "../../bot/web/static");
const CSP = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const BASE = "/api/desk/v1";
const QUEUE_ORDER = (a, b) => b.front - a.front || a.waiting_since.localeCompare(b.waiting_since);

export class FakeDesk {
  constructor({ lively = false, size = 320, replyDelayMs = 1500 } = {}) {
    this.replyDelayMs = replyDelayMs;
    this.staff = makeStaff();
    this.canned = makeCanned();
    this.conversations = makeConversations(size);
    this.paid = new FakePaid(this, Refusal);
    this.sessions = new Map();
    this.apis = new Map([[BASE, ROUTES]]);
    this.pages = ["desk"];
    this.requests = [];
    /** Switches for tests; each counts down. */
    this.failures = 0;
    this.lostAnswers = 0;
    this.http = createServer((request, response) => void this.serve(request, response));
    this.io = new Server(this.http, { path: "/socket.io" });
    this.space = this.io.of("/desk");
    this.space.use((socket, next) => {
      const session = this.sessionOf(socket.request);
      socket.data.session = session;
      next(session ? undefined : new Error("not_signed_in"));
    });
    this.space.on("connection", (socket) => this.welcome(socket));
    this.timer = lively ? setInterval(() => this.live(), 4000) : null;
  }

  listen(port = 0) {
    return new Promise((done) => {
      this.http.listen(port, "127.0.0.1", () => done(`http://127.0.0.1:${this.http.address().port}`));
    });
  }

  async close() {
    clearInterval(this.timer);
    await this.io.close();
  }

  // What the routes need.

  find(id) {
    const found = this.conversations.find((one) => one.id === id);
    if (!found) throw new Refusal(404, "not_found", "Alamat yang diminta tidak ditemukan.");
    return found;
  }

  nameOf(id) {
    return this.staff.find((one) => one.id === id)?.display_name ?? null;
  }

  me(staff) {
    return { ...staff, password: undefined };
  }

  agents() {
    return this.staff
      .filter((one) => one.permissions.includes("serve"))
      .map(({ id, display_name, presence, max_chats }) => ({ id, display_name, presence, max_chats, chats: this.conversations.filter((one) => one.agent_id === id).length }));
  }

  row(one) {
    const last = one.messages.at(-1);
    const said = one.messages.findLast((message) => message.sender !== "system") ?? last;
    const queue = this.conversations.filter((each) => each.state === "queue").sort(QUEUE_ORDER);
    return {
      id: one.id, state: one.state, agent: one.agent_id ? { id: one.agent_id, display_name: this.nameOf(one.agent_id) } : null,
      last_at: last.created_at, last_text: said.text.slice(0, 140), last_sender: said.sender,
      unread: one.messages.filter((message) => message.sender === "customer" && message.seq > one.agent_read_seq).length * (one.state === "agent" || one.state === "queue" ? 1 : 0),
      waiting_since: one.waiting_since, reason: one.reason, place: one.state === "queue" ? queue.indexOf(one) + 1 : null, mode: one.mode,
      contact_name: one.contact_name, created_at: one.created_at,
    };
  }

  detail(one) {
    const { contact_email, changes, close_reason, agent_read_seq, customer_read_seq, customer_delivered_seq, rating } = one;
    return {
      ...this.row(one), contact_email, changes, close_reason, agent_read_seq, customer_read_seq, customer_delivered_seq, rating,
      entities: findEntities(one.messages), viewers: this.viewers(one),
    };
  }

  listed(filter, me, unread) {
    const wanted = {
      all: () => true,
      mine: (one) => one.agent_id === me.id,
      others: (one) => one.state === "agent" && one.agent_id !== me.id,
    }[filter] ?? ((one) => one.state === filter);
    const list = this.conversations.filter((one) => wanted(one) && (!unread || this.row(one).unread > 0));
    const newest = (a, b) => b.messages.at(-1).created_at.localeCompare(a.messages.at(-1).created_at);
    return list.sort(filter === "queue" ? QUEUE_ORDER : newest);
  }

  counts(me) {
    const count = (filter) => this.listed(filter, me, false).length;
    return { mine: count("mine"), queue: count("queue"), bot: count("bot"), others: count("others"), unread: this.listed("mine", me, true).length };
  }

  post(conversation, message) {
    const stored = {
      seq: conversation.messages.length + 1, sender_name: null, buttons: [], outcome: null, clauses: [], reply_to: null, client_message_id: null,
      intent: null, confidence: null, created_at: new Date().toISOString(), ...message,
    };
    conversation.messages.push(stored);
    this.space.to(conversation.id).emit("message_new", { ...stored, conversation_id: conversation.id });
    this.changed(conversation);
    return stored;
  }

  move(conversation, to, change) {
    conversation.changes.push({ at: new Date().toISOString(), old_state: conversation.state, new_state: to.state ?? conversation.state, actor: "agent", reason: null, note: null, new_agent: null, ...change });
    Object.assign(conversation, to);
    this.changed(conversation);
  }

  toQueue(conversation, me, note) {
    this.move(conversation, { state: "queue", agent_id: null, front: 1, waiting_since: new Date().toISOString(), mode: "live" }, { event: "give_up", staff: me.display_name, note: note ?? null });
    this.post(conversation, { sender: "system", text: "Kakak kembali ke antrean terdepan. Staf lain segera melanjutkan." });
    return conversation;
  }

  changed(conversation) {
    this.space.emit("conversation_changed", { conversation: this.row(conversation), counts: null });
  }

  tellPresence() {
    this.space.emit("presence_changed", { agents: this.agents() });
  }

  tellRead({ id, customer_delivered_seq, customer_read_seq, agent_read_seq }) {
    this.space.to(id).emit("read_changed", { conversation_id: id, customer_delivered_seq, customer_read_seq, agent_read_seq });
  }

  end(which) {
    for (const [key, session] of this.sessions) {
      if (!which(session)) continue;
      this.sessions.delete(key);
      for (const socket of this.space.sockets.values()) {
        if (socket.data.session !== session) continue;
        socket.emit("signed_out", {});
        socket.disconnect(true);
      }
    }
  }

  // Socket.

  viewers(conversation) {
    const here = [...this.space.sockets.values()].filter((socket) => socket.rooms.has(conversation.id));
    return [...new Set(here.map((socket) => socket.data.session.staff.display_name))];
  }

  welcome(socket) {
    const leave = () => {
      const former = this.conversations.find((one) => one.id === socket.data.watched);
      socket.data.watched = null;
      if (!former) return;
      socket.leave(former.id);
      this.space.to(former.id).emit("viewers_changed", { conversation_id: former.id, viewers: this.viewers(former) });
    };
    socket.on("heartbeat", (_, ack) => ack({ ok: true, presence: socket.data.session.staff.presence }));
    socket.on("watch", ({ conversation_id, after }, ack) => {
      leave();
      const conversation = this.find(conversation_id);
      socket.join(conversation.id);
      socket.data.watched = conversation.id;
      const viewers = this.viewers(conversation);
      socket.to(conversation.id).emit("viewers_changed", { conversation_id, viewers });
      ack({ ok: true, messages: conversation.messages.filter((one) => one.seq > after), state: conversation.state, viewers });
    });
    socket.on("unwatch", (_, ack) => {
      leave();
      ack({ ok: true });
    });
    socket.on("typing", (payload, ack) => {
      socket.to(payload.conversation_id).emit("typing", { ...payload, sender: "agent" });
      ack({ ok: true });
    });
    socket.on("disconnect", leave);
  }

  // Customers.

  write(conversation, text) {
    if (conversation.state === "agent" && !conversation.waiting_since) conversation.waiting_since = new Date().toISOString();
    return this.post(conversation, { sender: "customer", text });
  }

  answerAsCustomer(conversation, message) {
    if (this.replyDelayMs < 0) return;
    const typing = (active) => this.space.to(conversation.id).emit("typing", { conversation_id: conversation.id, sender: "customer", active });
    const seen = (mark) => () => {
      conversation[mark] = message.seq;
      this.tellRead(conversation);
    };
    const steps = [seen("customer_delivered_seq"), seen("customer_read_seq"), () => typing(true), () => this.write(conversation, CHATTER[message.seq % CHATTER.length])];
    steps.forEach((step, index) => setTimeout(step, this.replyDelayMs * (index + 1) * 0.7).unref());
  }

  askForPerson() {
    const roll = (n) => Math.floor(Math.random() * n);
    const conversation = makeConversation("queue", 0, roll, roll(100) + 20);
    this.conversations.push(conversation);
    this.space.emit("queue_new", { conversation: this.row(conversation) });
    this.changed(conversation);
  }

  live() {
    const chance = Math.random();
    if (chance < 0.08) return this.askForPerson();
    const open = this.conversations.filter((one) => (chance < 0.5 ? one.state === "bot" : one.state === "agent"));
    const one = open[Math.floor(Math.random() * open.length)];
    if (one) this.write(one, CHATTER[Math.floor(Math.random() * CHATTER.length)]);
  }

  // HTTP.

  sessionOf(request) {
    return this.sessions.get(/helpdesk_session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "") ?? null;
  }

  async serve(request, response) {
    const url = new URL(request.url, "http://fake");
    const base = [...this.apis.keys()].find((one) => url.pathname.startsWith(`${one}/`));
    if (!base) return this.serveFile(url.pathname, response);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    let [status, body] = [500, {}];
    try {
      const content = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      this.requests.push({ method: request.method, path: url.pathname.slice(base.length), body: content });
      [status, body] = this.answer(request, response, url, base, content);
      if (this.lostAnswers > 0 && request.method !== "GET") {
        this.lostAnswers -= 1;
        return request.socket.destroy();
      }
    } catch (error) {
      status = error.status ?? 500;
      body = { error: { code: error.code ?? "internal_error", message: error.status ? error.message : "Maaf, terjadi gangguan di sistem kami.", data: error.data ?? {} } };
    }
    if (Buffer.isBuffer(body)) return response.writeHead(status, { "Content-Type": "image/png" }).end(body);
    const plain = typeof body === "string";
    response.writeHead(status, { "Content-Type": plain ? "text/csv; charset=utf-8" : "application/json", "Cache-Control": "no-store" });
    response.end(plain || body === undefined ? body : JSON.stringify(body));
  }

  answer(request, response, url, base, body) {
    const path = url.pathname.slice(base.length);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error("failure asked for by a test");
    }
    if (request.method === "POST" && path === "/session") return this.signIn(body, response);
    const session = this.sessionOf(request);
    if (!session) throw new Refusal(401, "not_signed_in", "Silakan masuk terlebih dahulu.");
    if (request.method !== "GET" && request.headers["x-csrf-token"] !== session.csrf) {
      throw new Refusal(403, "cross_site", "Permintaan ini tidak berasal dari halaman kami. Muat ulang halaman lalu coba lagi.");
    }
    for (const { method, pattern, handler } of this.apis.get(base)) {
      const match = method === request.method && pattern.exec(path);
      if (match) return handler(this, { me: session.staff, session, id: match[1] && decodeURIComponent(match[1]), match, body, query: url.searchParams });
    }
    throw new Refusal(404, "not_found", "Alamat yang diminta tidak ditemukan.");
  }

  signIn({ username, password, code }, response) {
    const staff = this.staff.find((one) => one.username === username && one.password === password);
    if (!staff || (staff.has_totp && code && code !== CODE)) throw new Refusal(401, "sign_in_failed", "Nama pengguna, kata sandi, atau kode tidak cocok.");
    if (staff.has_totp && !code) throw new Refusal(401, "totp_required", "Masukkan kode enam angka dari aplikasi autentikator Anda.");
    const key = randomUUID();
    this.sessions.set(key, { staff, csrf: randomUUID() });
    response.setHeader("Set-Cookie", `helpdesk_session=${key}; HttpOnly; SameSite=Lax; Path=/`);
    return [200, { me: this.me(staff), csrf_token: this.sessions.get(key).csrf }];
  }

  async serveFile(path, response) {
    const page = this.pages.find((name) => path === `/${name}` || (path.startsWith(`/${name}/`) && !extname(path)));
    const file = normalize(join(STATIC, page ? `${page}/index.html` : path));
    const content = file.startsWith(STATIC) ? await readFile(file).catch(() => null) : null;
    response.writeHead(content ? 200 : 404, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": CSP });
    response.end(content ?? "not found");
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const desk = new FakeDesk({ lively: !process.env.CALM, size: Number(process.env.SIZE ?? 320) });
  process.stdout.write(`${await desk.listen(Number(process.env.PORT ?? 9124))}/desk/\n`);
}
