/** HTTP of docs/desk-protocol.md over a FakeDesk: [method, pattern, handler]; a handler returns [status, body]. */
import { randomUUID } from "node:crypto";
import { PAID_ROUTES } from "./fake-paid.mjs";
import { AUDIT, CODE, makeReport, SUGGESTIONS } from "./fake-console-data.mjs";

export class Refusal extends Error {
  constructor(status, code, message, data = {}) {
    super(message);
    Object.assign(this, { status, code, data });
  }
}

const wrongState = () => new Refusal(409, "wrong_state", "Keadaan percakapan ini sudah berubah. Muat ulang untuk melihat yang terbaru.");

function owned(desk, me, id) {
  const conversation = desk.find(id);
  if (conversation.state !== "agent") throw wrongState();
  if (conversation.agent_id !== me.id) throw taken(desk, conversation);
  return conversation;
}

const taken = (desk, conversation) =>
  new Refusal(409, "conversation_taken", "Percakapan ini sedang ditangani staf lain.", {
    agent_id: conversation.agent_id,
    agent_name: desk.nameOf(conversation.agent_id),
  });

function take(desk, me, id, event, from) {
  const conversation = desk.find(id);
  if (conversation.state === "agent" && conversation.agent_id !== me.id) throw taken(desk, conversation);
  if (!from.includes(conversation.state)) throw wrongState();
  const chats = desk.conversations.filter((one) => one.agent_id === me.id).length;
  if (me.max_chats !== null && chats >= me.max_chats) {
    throw new Refusal(409, "chat_limit", "Jumlah chat yang Anda tangani sudah mencapai batas.", { max: me.max_chats });
  }
  desk.move(conversation, { state: "agent", agent_id: me.id, waiting_since: null }, { event, staff: me.display_name, new_agent: me.display_name });
  desk.post(conversation, { sender: "system", text: `${me.display_name} bergabung dalam percakapan.` });
  return [200, desk.detail(conversation)];
}

function page(list, query, size) {
  const limit = Math.min(Number(query.get("limit") ?? size), 200);
  const start = Number(query.get("before") ?? 0);
  return [list.slice(start, start + limit), start + limit < list.length ? String(start + limit) : null];
}

const reply = (desk, me, { id }) => {
  const found = desk.canned.find((one) => one.id === id);
  if (!found) throw new Refusal(404, "not_found", "Balasan tidak ditemukan.");
  if (found.owner !== me.id && !me.permissions.includes("lead")) throw new Refusal(403, "forbidden", "Akun Anda tidak memiliki izin untuk tindakan ini.");
  return found;
};

/** Rows of [method, pattern, handler] with their patterns compiled. */
export const compile = (rows) =>
  rows.map(([method, path, handler]) => ({ method, pattern: new RegExp(`^${path.replace(/:[a-z]+/g, "([^/]+)")}$`), handler }));

export const ROUTES = compile([
  ...PAID_ROUTES,
  ["GET", "/session", (desk, { me, session }) => [200, { me: desk.me(me), csrf_token: session.csrf }]],
  ["DELETE", "/session", (desk, { me, session, query }) => {
    desk.end(query.get("everywhere") ? (one) => one.staff === me : (one) => one === session);
    return [204];
  }],
  ["PUT", "/me/password", (_, { me, body }) => {
    if (body.old !== me.password) throw new Refusal(401, "sign_in_failed", "Kata sandi lama tidak cocok.");
    me.password = body.new;
    return [204];
  }],
  ["POST", "/me/totp", (_, { me }) => [200, { secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: `otpauth://totp/Masternet:${me.username}?secret=JBSWY3DPEHPK3PXP` }]],
  ["PUT", "/me/totp", (_, { me, body }) => {
    if (body.code !== CODE) throw new Refusal(401, "sign_in_failed", "Kode tidak cocok. Coba kode yang sedang tampil.");
    me.has_totp = true;
    return [204];
  }],
  ["DELETE", "/me/totp", (_, { me }) => { me.has_totp = false; return [204]; }],
  ["PUT", "/me/presence", (desk, { me, body }) => {
    me.presence = body.presence;
    if (me.presence === "offline") for (const one of desk.conversations.filter((each) => each.agent_id === me.id)) desk.toQueue(one, me, null);
    desk.tellPresence();
    return [200, { presence: me.presence }];
  }],
  ["GET", "/audit", () => [200, { entries: AUDIT, next: null }]],
  ["GET", "/agents", (desk) => [200, { agents: desk.agents() }]],
  ["GET", "/conversations", (desk, { me, query }) => {
    const filter = query.get("filter") ?? "all";
    const [rows, next] = page(desk.listed(filter, me, query.get("unread") === "1"), query, 50);
    return [200, { conversations: rows.map((one) => desk.row(one)), next, counts: desk.counts(me) }];
  }],
  ["GET", "/conversations/:id", (desk, { id }) => [200, desk.detail(desk.find(id))]],
  ["GET", "/conversations/:id/messages", (desk, { id, query }) => {
    const conversation = desk.find(id);
    const after = Number(query.get("after") ?? 0);
    const messages = conversation.messages.filter((one) => one.seq > after).slice(0, Number(query.get("limit") ?? 200));
    return [200, { messages, owner: conversation.state, state: conversation.state }];
  }],
  ["POST", "/conversations/:id/messages", (desk, { me, id, body }) => {
    const conversation = desk.find(id);
    const known = conversation.messages.find((one) => one.client_message_id === body.client_message_id);
    if (known) return [200, { seq: known.seq }];
    owned(desk, me, id);
    if (body.text.includes("/tolak")) throw new Refusal(400, "invalid_message", "Pesan tidak dapat dibaca. Mohon periksa kembali isinya.");
    const stored = desk.post(conversation, { sender: "agent", sender_name: me.display_name, text: body.text, client_message_id: body.client_message_id });
    Object.assign(conversation, { agent_read_seq: stored.seq, waiting_since: null });
    desk.changed(conversation);
    desk.answerAsCustomer(conversation, stored);
    return [202, { seq: stored.seq }];
  }],
  ["POST", "/conversations/:id/accept", (desk, { me, id }) => take(desk, me, id, "accept", ["queue"])],
  ["POST", "/conversations/:id/take-over", (desk, { me, id }) => take(desk, me, id, "take_over", ["queue", "bot", "closed"])],
  ["POST", "/conversations/:id/transfer", (desk, { me, id, body }) => {
    const conversation = owned(desk, me, id);
    const to = desk.staff.find((one) => one.id === body.to);
    if (!to) throw new Refusal(404, "not_found", "Staf itu tidak ditemukan.");
    desk.move(conversation, { agent_id: to.id }, { event: "transfer", staff: me.display_name, new_agent: to.display_name, note: body.note ?? null });
    desk.post(conversation, { sender: "system", text: `${to.display_name} melanjutkan percakapan.` });
    return [200, desk.detail(conversation)];
  }],
  ["POST", "/conversations/:id/return", (desk, { me, id, body }) => [200, desk.detail(desk.toQueue(owned(desk, me, id), me, body.note))]],
  ["POST", "/conversations/:id/hand-back", (desk, { me, id, body }) => {
    const conversation = owned(desk, me, id);
    desk.move(conversation, { state: "bot", agent_id: null, waiting_since: null }, { event: "hand_back", staff: me.display_name, note: body.note ?? null });
    desk.post(conversation, { sender: "system", text: "Percakapan dilanjutkan oleh asisten virtual." });
    return [200, desk.detail(conversation)];
  }],
  ["POST", "/conversations/:id/close", (desk, { me, id, body }) => {
    const conversation = desk.find(id);
    if (conversation.state === "closed") throw wrongState();
    if (conversation.agent_id && conversation.agent_id !== me.id && !me.permissions.includes("lead")) throw taken(desk, conversation);
    const to = { state: "closed", agent_id: null, waiting_since: null, close_reason: body.reason };
    desk.move(conversation, to, { event: "close", staff: me.display_name, reason: body.reason, note: body.note ?? null });
    desk.post(conversation, { sender: "system", text: "Percakapan ditutup. Bagaimana pelayanan kami, Kak?" });
    return [200, desk.detail(conversation)];
  }],
  ["PUT", "/conversations/:id/read", (desk, { me, id, body }) => {
    const conversation = owned(desk, me, id);
    conversation.agent_read_seq = Math.max(conversation.agent_read_seq, body.seq);
    desk.tellRead(conversation);
    desk.changed(conversation);
    return [204];
  }],
  ["PUT", "/conversations/:id/contact", (desk, { id, body }) => {
    const conversation = desk.find(id);
    Object.assign(conversation, { contact_name: body.name || null, contact_email: body.email || null });
    desk.changed(conversation);
    return [200, desk.detail(conversation)];
  }],
  ["GET", "/conversations/:id/notes", (desk, { id }) => [200, { notes: desk.find(id).notes }]],
  ["POST", "/conversations/:id/notes", (desk, { me, id, body }) => {
    const note = { id: randomUUID(), author: me.display_name, text: body.text, created_at: new Date().toISOString() };
    desk.find(id).notes.push(note);
    return [201, note];
  }],
  ["GET", "/conversations/:id/suggestions", (desk, { id }) => [200, { suggestions: desk.find(id).state === "agent" ? SUGGESTIONS : SUGGESTIONS.slice(0, 2) }]],
  ["GET", "/search", (desk, { query }) => {
    const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const hits = desk.conversations.flatMap((one) =>
      one.messages
        .filter((message) => words.every((word) => message.text.toLowerCase().includes(word)))
        .map(({ seq, sender, text, created_at }) => ({ conversation_id: one.id, seq, sender, text, created_at, state: one.state, contact_name: one.contact_name })),
    );
    hits.sort((a, b) => b.created_at.localeCompare(a.created_at));
    const [shown, next] = page(hits, query, 30);
    return [200, { hits: shown, next }];
  }],
  ["GET", "/report", (_, { query }) => [200, makeReport(query.get("from"), query.get("to"))]],
  ["GET", "/canned-replies", (desk, { me }) => [200, { canned_replies: desk.canned.filter((one) => one.shared || one.owner === me.id).map((one) => ({ ...one, mine: one.owner === me.id })) }]],
  ["POST", "/canned-replies", (desk, { me, body }) => {
    if (desk.canned.some((one) => one.shortcut === body.shortcut)) throw new Refusal(409, "already_exists", `Pintasan /${body.shortcut} sudah dipakai.`);
    const made = { id: randomUUID(), owner: me.id, ...body };
    desk.canned.push(made);
    return [201, made];
  }],
  ["PUT", "/canned-replies/:id", (desk, context) => [200, Object.assign(reply(desk, context.me, context), context.body)]],
  ["DELETE", "/canned-replies/:id", (desk, context) => {
    const gone = reply(desk, context.me, context);
    desk.canned = desk.canned.filter((one) => one !== gone);
    return [204];
  }],
]);
