import { describe, expect, it } from "vitest";
import { visibleRange } from "../../src/console/parts/window";
import { actionsFor } from "../../src/desk/state/actions";
import { messageAlert, pageTitle } from "../../src/desk/state/alerts";
import { searchCanned } from "../../src/desk/state/canned-store";
import { conversationPath, parsePath } from "../../src/desk/state/router";
import { highlight } from "../../src/desk/state/search-store";
import { Shortcuts, type Key } from "../../src/desk/state/shortcuts";
import { findSlash, splice } from "../../src/desk/state/slash";
import { duration, shortWhen, urgency, waitingText } from "../../src/console/state/times";
import { buildTimeline } from "../../src/desk/state/timeline";
import type { Detail, DeskMessage } from "../../src/desk/state/types";
import { fillVariables, findBlank, salutation } from "../../src/desk/state/variables";
import { row } from "../support/desk";

describe("addresses", () => {
  it.each([
    ["/desk/", { page: "inbox", conversationId: null, seq: null, paidId: null }],
    ["/desk/percakapan/a%2Fb?pesan=12", { page: "inbox", conversationId: "a/b", seq: 12, paidId: null }],
    ["/desk/percakapan/x?pesan=-1", { page: "inbox", conversationId: "x", seq: null, paidId: null }],
    ["/desk/percakapan/%E0%A4%A", { page: "inbox", conversationId: null, seq: null, paidId: null }],
    ["/desk/cari", { page: "search", conversationId: null, seq: null, paidId: null }],
    ["/desk/laporan", { page: "report", conversationId: null, seq: null, paidId: null }],
    ["/desk/berbayar", { page: "paid", conversationId: null, seq: null, paidId: null }],
    ["/desk/berbayar/p%2F1", { page: "paid", conversationId: null, seq: null, paidId: "p/1" }],
    ["/desk/berbayar/%E0%A4%A", { page: "paid", conversationId: null, seq: null, paidId: null }],
    ["/desk/apa-saja", { page: "inbox", conversationId: null, seq: null, paidId: null }],
  ])("%s", (path, route) => expect(parsePath(path)).toEqual(route));

  it("lead back to where they came from", () => {
    expect(parsePath(conversationPath("a/b?c", 3))).toEqual({ page: "inbox", conversationId: "a/b?c", seq: 3, paidId: null });
  });
});

describe("times", () => {
  const now = new Date("2026-11-22T10:00:00+07:00");
  it.each([[0, "< 1 mnt"], [4, "4 mnt"], [60, "1 j"], [65, "1 j 5 mnt"], [3000, "2 hari"]])("%i minutes: %s", (minutes, text) =>
    expect(duration(minutes)).toBe(text),
  );
  it("never wait a negative time, as clocks differ", () => {
    expect(waitingText("2026-11-22T10:05:00+07:00", now)).toBe("menunggu < 1 mnt");
  });
  it("become urgent", () => {
    expect([1, 3, 10].map((minutes) => urgency(new Date(now.getTime() - minutes * 60_000).toISOString(), now))).toEqual(["calm", "soon", "late"]);
  });
  it("say as little as needed", () => {
    expect(shortWhen("2026-11-22T09:05:00+07:00", now)).toBe("09.05");
    expect(shortWhen("2026-11-21T09:05:00+07:00", now)).toBe("Kemarin");
    expect(shortWhen("2026-03-02T09:05:00+07:00", now)).toBe("2 Mar");
    expect(shortWhen("2025-03-02T09:05:00+07:00", now)).toBe("2 Mar 2025");
    expect(shortWhen("", now)).toBe("");
  });
});

describe("canned replies", () => {
  const reply = (shortcut: string, title: string, text = ""): never => ({ id: shortcut, shortcut, title, text, shared: true, mine: false }) as never;
  const replies = [reply("tunggu", "Mohon menunggu", "cek dulu"), reply("cek-invoice", "Mengecek invoice"), reply("buka", "Cek pembuka")];

  it("are found by shortcut first, then title, then text", () => {
    expect(searchCanned(replies, "cek").map((one) => one.shortcut)).toEqual(["cek-invoice", "buka", "tunggu"]);
    expect(searchCanned(replies, "menunggu mohon").map((one) => one.shortcut)).toEqual(["tunggu"]);
    expect(searchCanned(replies, "")).toHaveLength(3);
  });

  it.each([["/", 1, ""], ["halo /tun", 9, "tun"], ["/cek-inv", 8, "cek-inv"]])("are looked for in %j", (text, caret, query) =>
    expect(findSlash(text, caret)?.query).toBe(query),
  );
  it.each([["https://x", 9], ["dan/atau", 8], ["/cek invoice", 12], ["", 0]])("are not looked for in %j", (text, caret) =>
    expect(findSlash(text, caret)).toBeNull(),
  );

  it("take the place of what was typed, with blanks around", () => {
    expect(splice("halo /tun", 5, 9, "sebentar")).toEqual({ text: "halo sebentar", caret: 13 });
    expect(splice("ab", 1, 1, "X")).toEqual({ text: "a X b", caret: 3 });
  });
});

describe("variables", () => {
  const detail = {
    ...row("x", { contactName: "Citra" }),
    entities: [{ label: "Nama domain", value: "lama.id", seq: 1 }, { label: "Nama domain", value: "baru.id", seq: 3 }],
  } as Detail;
  const morning = new Date(2026, 10, 22, 9);

  it("are filled from the customer, the agent and the clock", () => {
    const text = "{salam} {nama_pelanggan}, saya {nama_staf}. {nama_domain} {lain}";
    expect(fillVariables(text, detail, "Rina", morning)).toBe("Selamat pagi Citra, saya Rina. baru.id {lain}");
  });
  it("leave a blank that can be found where nothing is known", () => {
    const text = fillVariables("Cek {nomor_invoice} ya", detail, "Rina", morning);
    expect(text).toBe("Cek [nomor invoice] ya");
    expect(findBlank(text)).toEqual({ start: 4, end: 19, label: "nomor invoice" });
    expect(findBlank("pakai [kurung] sendiri")).toBeNull();
  });
  it("do not fill in what a customer has named like a variable", () => {
    const named = { ...detail, contactName: "{nama_staf}" };
    expect(fillVariables("{nama_pelanggan}", named, "Rina", morning)).toBe("{nama_staf}");
  });
  it.each([[3, "malam"], [4, "pagi"], [11, "siang"], [15, "sore"], [19, "malam"]])("greet at %i o'clock", (hour, word) =>
    expect(salutation(new Date(2026, 10, 22, hour))).toBe(`Selamat ${word}`),
  );
});

describe("search results", () => {
  it("mark every word, whatever its case and characters", () => {
    const marked = highlight("Invoice INV-1 (lunas)", "inv (").filter((piece) => piece.hit).map((piece) => piece.text);
    expect(marked).toEqual(["Inv", "INV", "("]);
  });
  it("are cut around the first match", () => {
    const pieces = highlight(`${"kata ".repeat(100)}jarum ${"kata ".repeat(100)}`, "jarum");
    const text = pieces.map((piece) => piece.text).join("");
    expect(text.length).toBeLessThan(300);
    expect(pieces.filter((piece) => piece.hit)).toEqual([{ text: "jarum", hit: true }]);
  });
});

describe("shortcuts", () => {
  const key = (name: string, more: Partial<Key> = {}): Key => ({ key: name, code: "", altKey: false, ctrlKey: false, metaKey: false, ...more });

  it("mean nothing while typing, but for those with Alt and Escape", () => {
    const shortcuts = new Shortcuts();
    expect(shortcuts.press(key("a"), true, 0)).toBeNull();
    expect(shortcuts.press(key("¡", { altKey: true, code: "Digit1" }), true, 0)).toEqual({ kind: "suggestion", index: 0 });
    expect(shortcuts.press(key("Escape"), true, 0)).toEqual({ kind: "escape" });
  });
  it("leave the browser's own alone", () => {
    expect(new Shortcuts().press(key("c", { ctrlKey: true }), false, 0)).toBeNull();
    expect(new Shortcuts().press(key("a", { metaKey: true }), false, 0)).toBeNull();
  });
  it("know g and another key, for a moment", () => {
    const shortcuts = new Shortcuts();
    expect(shortcuts.press(key("g"), false, 100)).toBeNull();
    expect(shortcuts.press(key("q"), false, 900)).toEqual({ kind: "list", filter: "queue" });
    expect(shortcuts.press(key("q"), false, 950)).toEqual({ kind: "return" });
    shortcuts.press(key("g"), false, 1000);
    expect(shortcuts.press(key("c"), false, 5000)).toEqual({ kind: "close" });
  });
});

describe("actions", () => {
  const mine = { id: "me", displayName: "Saya" };
  it.each([
    ["queue", null, false, ["accept", "close"]],
    ["bot", null, false, ["take-over", "close"]],
    ["closed", null, false, ["take-over"]],
    ["agent", mine, false, ["transfer", "return", "hand-back", "close"]],
    ["agent", { id: "other", displayName: "Budi" }, false, []],
  ] as const)("%s", (state, agent, lead, actions) => expect(actionsFor({ state, agent }, "me", lead)).toEqual(actions));
});

describe("alerts", () => {
  const news = row("x", { state: "agent", agent: { id: "me", displayName: "Saya" }, unread: 1, lastText: "halo" });
  it("tell of what a customer has written to me, unless I look at it", () => {
    expect(messageAlert(news, null, "me", false)).toMatchObject({ kind: "message", body: "halo" });
    expect(messageAlert(news, null, "me", true)).toBeNull();
    expect(messageAlert(news, news, "me", false)).toBeNull();
    expect(messageAlert({ ...news, agent: { id: "other", displayName: "" } }, null, "me", false)).toBeNull();
    expect(messageAlert({ ...news, lastSender: "agent" }, null, "me", false)).toBeNull();
  });
  it("put what waits first in the title", () => {
    const counts = { mine: 0, queue: 3, bot: 0, others: 0, unread: 2 };
    expect(pageTitle(counts, "Chat")).toBe("(3) Antrean · Masternet");
    expect(pageTitle({ ...counts, queue: 0 }, "Chat")).toBe("(2) Pesan baru · Masternet");
    expect(pageTitle({ ...counts, queue: 0, unread: 0 }, "Chat")).toBe("Chat · Masternet");
  });
});

describe("timeline", () => {
  const message = (seq: number, more: Partial<DeskMessage> = {}): DeskMessage => ({
    seq, sender: "agent", senderName: "Rina", text: `m${seq}`, buttons: [], card: null, outcome: null, clauses: [], replyTo: null, clientMessageId: null,
    createdAt: `2026-11-22T03:0${seq}:00.000Z`, intent: null, confidence: null, ...more,
  });
  const now = new Date("2026-11-22T12:00:00Z");
  const marks = { agentReadSeq: 0, customerReadSeq: 1, customerDeliveredSeq: 2 };

  it("marks what the customer has got and read", () => {
    const entries = buildTimeline([1, 2, 3].map((seq) => message(seq)), [], [], marks, now);
    expect(entries.map((entry) => (entry.kind === "message" ? entry.delivery : entry.kind))).toEqual(["day", "read", "delivered", "sent"]);
  });
  it("puts notes where they belong in time, and what is unsent last", () => {
    const note = { id: "1", author: "Budi", text: "catatan", createdAt: "2026-11-22T03:01:30.000Z" };
    const item = { clientMessageId: "i", text: "baru", title: null, createdAt: "2026-11-22T03:00:00.000Z", order: 1, failure: null };
    const entries = buildTimeline([message(1), message(2)], [note], [item], marks, now);
    expect(entries.map((entry) => entry.kind)).toEqual(["day", "message", "note", "message", "unsent"]);
  });
  it("keeps the key of a message that has got its seq, so that its element stays", () => {
    const unsent = buildTimeline([], [], [{ clientMessageId: "i", text: "x", title: null, createdAt: "2026-11-22T03:00:00.000Z", order: 1, failure: null }], null, now);
    const sent = buildTimeline([message(1, { clientMessageId: "i" })], [], [], null, now);
    expect(sent.at(-1)!.key).toBe(unsent.at(-1)!.key);
  });
  it("groups what one person has written in a row", () => {
    const entries = buildTimeline([message(1), message(2), message(3, { sender: "customer", senderName: null })], [], [], null, now);
    expect(entries.flatMap((entry) => (entry.kind === "message" ? [[entry.start, entry.end]] : []))).toEqual([[true, false], [false, true], [true, true]]);
  });
});

it("renders a window of a long list only", () => {
  const range = visibleRange(84 * 500, 800, 1000, 84);
  expect(range.first).toBeLessThanOrEqual(500);
  expect(range.end).toBeGreaterThanOrEqual(510);
  expect(range.end - range.first).toBeLessThan(45);
  expect(visibleRange(0, 800, 3, 84).first).toBe(0);
  expect(visibleRange(1e6, 800, 10, 84).first).toBeLessThan(10);
});
