// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Desk } from "../../src/desk/state/desk";
import type { DeskApp } from "../../src/desk/views/desk-app";
import { failure, wireRow, type Call, type Reply } from "../support/desk";
import { mountDesk, type DeskPage } from "../support/desk-page";
import { press, settled } from "../support/dom";

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> javascript:alert(3) <!--?lit$1$-->';
const ME = { id: "me", username: "rina", display_name: "Rina", roles: ["agent"], permissions: ["signed_in", "serve"], presence: "online", max_chats: 4, has_totp: false };
const COUNTS = { mine: 1, queue: 2, bot: 3, others: 4, unread: 1 };

let routes: Record<string, (call: Call) => Reply>;
let calls: Call[];
let desk: Desk;
let app: DeskApp;
let page: DeskPage;

const all = (id: string): HTMLElement[] => page.all(id);
const one = (id: string): HTMLElement => page.one(id);

function type(text: string): HTMLTextAreaElement {
  const field = one("composer") as HTMLTextAreaElement;
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field;
}

const own = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...wireRow("c1", { state: "agent", agent: { id: "me", display_name: "Rina" }, contact_name: HOSTILE }), contact_email: null,
  entities: [{ label: HOSTILE, value: HOSTILE, seq: 1 }], changes: [{ at: "", event: HOSTILE, actor: HOSTILE, note: HOSTILE }], close_reason: null,
  agent_read_seq: 0, customer_read_seq: 0, customer_delivered_seq: 0, rating: null, viewers: [HOSTILE], ...more,
});

function answer(call: Call): Reply {
  const key = `${call.method} ${call.path.split("?")[0]}`;
  return routes[key]?.(call) ?? { status: 404, body: {} };
}

async function mount(at = "/desk/"): Promise<void> {
  page = await mountDesk(answer, at);
  ({ desk, app, calls } = page);
}

beforeEach(() => {
  const rows = Array.from({ length: 100 }, (_, index) => wireRow(`c${index}`, { last_text: `${index} ${HOSTILE}` }));
  routes = {
    "GET /session": () => ({ body: { me: ME, csrf_token: "t" } }),
    "GET /conversations": () => ({ body: { conversations: rows, next: null, counts: COUNTS } }),
    "GET /conversations/c1": () => ({ body: own() }),
    "GET /conversations/c1/messages": () => ({
      body: { messages: ["customer", "bot", "agent", "system"].map((sender, index) => ({
        seq: index + 1, sender, text: HOSTILE, sender_name: HOSTILE, intent: HOSTILE, outcome: sender === "bot" ? HOSTILE : null, clauses: sender === "bot" ? ["H13", HOSTILE] : [],
        buttons: sender === "bot" ? [{ title: HOSTILE, payload: "x" }] : [],
      })) },
    }),
    "GET /conversations/c1/notes": () => ({ body: { notes: [{ id: 1, author: HOSTILE, text: HOSTILE, created_at: "2026-11-22T10:00:00Z" }] } }),
    "GET /conversations/c1/suggestions": () => ({ body: { suggestions: [{ clause: "H13", label: "Hak 13", title: HOSTILE, text: "Saran butir." }] } }),
    "POST /conversations/c1/messages": () => ({ status: 202, body: { seq: 5 } }),
    "GET /canned-replies": () => ({ body: { canned_replies: [{ id: 1, shortcut: "cek", title: HOSTILE, text: "Cek {nomor_invoice}, {nama_staf}", shared: true, mine: false }] } }),
    "GET /agents": () => ({ body: { agents: [{ id: "b", display_name: HOSTILE, presence: "online", chats: 0, max_chats: 4 }] } }),
  };
});
afterEach(() => {
  page.close();
  vi.restoreAllMocks();
});

describe("signing in", () => {
  it("asks for the code only when the server wants one", async () => {
    routes["GET /session"] = () => failure(401, "not_signed_in");
    await mount();
    routes["POST /session"] = ({ body }) => (body?.code ? { body: { me: ME, csrf_token: "t" } } : failure(401, "totp_required"));
    (one("login-username") as HTMLInputElement).value = " rina ";
    (one("login-password") as HTMLInputElement).value = "rahasia";
    app.querySelector("form")!.requestSubmit();
    await settled();
    expect(one("login-error").hidden).toBe(true);
    (one("login-code") as HTMLInputElement).value = "123 456";
    app.querySelector("form")!.requestSubmit();
    await settled();
    expect(calls.filter((call) => call.path === "/session").at(-1)!.body).toEqual({ username: "rina", password: "rahasia", code: "123456" });
    expect(all("tab-queue")).toHaveLength(1);
  });
});

describe("hostile text", () => {
  it("stays text, wherever it is shown", async () => {
    await mount("/desk/percakapan/c1");
    type("/");
    await settled();
    desk.ui.set({ dialog: "transfer" });
    await settled();
    expect(all("message-text").map((node) => node.textContent?.trim())).toEqual([HOSTILE, HOSTILE, HOSTILE, HOSTILE]);
    expect(one("note-text").textContent?.trim()).toBe(HOSTILE);
    expect(one("customer-name").textContent).toBe(HOSTILE);
    expect(one("entity").textContent).toContain(HOSTILE);
    expect(one("canned-option").textContent).toContain(HOSTILE);
    expect(one("agent-option").dataset.name).toBe(HOSTILE);
    expect(app.querySelectorAll("img, script, iframe")).toHaveLength(0);
    expect([...app.querySelectorAll("a")].filter((link) => !link.getAttribute("href")!.match(/^(#main|\/desk\/)/))).toEqual([]);
  });
});

describe("writing", () => {
  it("sends with Enter, and not with Shift, in a composition, blank or too long", async () => {
    await mount("/desk/percakapan/c1");
    for (const [text, more] of [["kata", { shiftKey: true }], ["kata", { isComposing: true }], [" \n ", {}], ["x".repeat(4001), {}]] as const) {
      press("Enter", type(text), more);
      await settled();
    }
    expect(calls.some((call) => call.method === "POST")).toBe(false);
    expect(one("counter").textContent).toBe("4001/4000");
    press("Enter", type("Baik, Kak"));
    await settled();
    expect(calls.filter((call) => call.method === "POST").map((call) => call.body!.text)).toEqual(["Baik, Kak"]);
    expect((one("composer") as HTMLTextAreaElement).value).toBe("");
    expect(all("message").at(-1)!.dataset).toMatchObject({ sender: "agent", seq: "5", state: "sent" });
  });

  it("keeps the draft of each conversation", async () => {
    await mount("/desk/percakapan/c1");
    type("belum selesai");
    desk.router.go("/desk/");
    await settled();
    desk.openConversation("c1");
    await settled();
    expect((one("composer") as HTMLTextAreaElement).value).toBe("belum selesai");
  });

  it("fills a canned reply in, and does not send it with a blank left", async () => {
    await mount("/desk/percakapan/c1");
    const field = type("/ce");
    await settled();
    press("Enter", field);
    await settled();
    expect(field.value).toBe("Cek [nomor invoice], Rina");
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe("[nomor invoice]");
    press("Enter", field);
    await settled();
    expect(calls.some((call) => call.method === "POST")).toBe(false);
  });

  it("puts a suggestion in with Alt and a digit, also while typing", async () => {
    await mount("/desk/percakapan/c1");
    const field = type("Kak,");
    press("1", field, { altKey: true, code: "Digit1" });
    await settled();
    expect(field.value).toBe("Kak, Saran butir.");
  });

  it("saves a note as a note, and goes back to replies", async () => {
    await mount("/desk/percakapan/c1");
    routes["POST /conversations/c1/notes"] = () => ({ status: 201, body: {} });
    press("n");
    await settled();
    const field = one("note-input") as HTMLTextAreaElement;
    field.value = "internal";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    press("Enter", field);
    await settled();
    expect(calls.filter((call) => call.method === "POST").map((call) => call.path)).toEqual(["/conversations/c1/notes"]);
    expect(all("composer")).toHaveLength(1);
  });

  it("is barred in a conversation of another", async () => {
    routes["GET /conversations/c1"] = () => ({ body: own({ agent: { id: "b", display_name: "Budi" } }) });
    await mount("/desk/percakapan/c1");
    expect(all("composer")).toEqual([]);
    expect(one("barred").textContent).toContain("Budi");
    expect(all("transfer")).toEqual([]);
  });
});

describe("the keyboard", () => {
  it("walks through the list, opens, and goes back", async () => {
    await mount();
    press("j");
    press("j");
    press("k");
    press("j");
    await settled();
    expect(app.querySelector<HTMLElement>(".row.cursor")!.dataset.id).toBe("c1");
    press("Enter");
    await settled();
    expect(page.path()).toBe("/desk/percakapan/c1");
    press("Escape");
    await settled();
    expect(page.path()).toBe("/desk/");
  });

  it("does nothing while somebody types", async () => {
    await mount("/desk/percakapan/c1");
    const field = type("x");
    for (const key of ["a", "t", "c", "h", "j", "?"]) press(key, field);
    await settled();
    expect(desk.ui.dialog).toBeNull();
    expect(page.path()).toBe("/desk/percakapan/c1");
  });

  it("opens the dialogs, and they send what was chosen", async () => {
    await mount("/desk/percakapan/c1");
    routes["POST /conversations/c1/close"] = () => ({ body: own({ state: "closed", agent: null }) });
    press("c");
    await settled();
    (one("reason-spam") as HTMLInputElement).checked = true;
    (one("action-note") as HTMLTextAreaElement).value = " iklan ";
    app.querySelector<HTMLFormElement>("dialog form")!.requestSubmit();
    await settled();
    expect(calls.filter((call) => call.method === "POST").at(-1)).toMatchObject({ path: "/conversations/c1/close", body: { reason: "spam", note: "iklan" } });
    expect(one("conversation").dataset.state).toBe("closed");
  });
});

it("keeps only a part of a long list in the page", async () => {
  await mount();
  expect(desk.list.rows).toHaveLength(100);
  expect(all("row").length).toBeGreaterThan(10);
  expect(all("row").length).toBeLessThan(50);
});

it("shows a page without permission as such", async () => {
  await mount("/desk/laporan");
  expect(app.textContent).toContain("hanya untuk ketua tim");
});
