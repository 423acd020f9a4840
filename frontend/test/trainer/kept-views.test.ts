// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TrainerAnswerPreview } from "../../src/trainer/answers/views/answer-preview";
import type { TrainerApp } from "../../src/trainer/views/trainer-app";
import { failure, type Call, type Reply } from "../support/desk";
import { settled } from "../support/dom";
import { mountTrainer, type TrainerPage } from "../support/trainer-page";

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> <!--?lit$1$-->';
const ME = { id: "me", username: "tono", display_name: "Tono", roles: ["trainer"], permissions: ["signed_in", "train"], presence: "offline", max_chats: null, has_totp: false };
const TOPICS = [{ intent: "tunda_bayar", title: "Menunda pembayaran", clause: "H13", outcome: "answer", sentences: 200, thin: false, warnings: 0, file: "x" }];
const ANSWER = {
  name: "utter_tunda_bayar", intent: "tunda_bayar", title: HOSTILE, clause: "H13", wording: HOSTILE, revision: "r1", review: true,
  variants: [{ text: `Belum bisa (Hak 13). ${HOSTILE}`, buttons: [{ title: HOSTILE, payload: "/cara_bayar" }], outcome: "answer", clauses: ["H13"] }],
};
const CHANGE = { number: 7, at: "2026-11-27T10:00:00Z", by: HOSTILE, kind: "answer", action: "edit", intent: "tunda_bayar", title: "x", before: "lama", after: HOSTILE, to_intent: null, reason: HOSTILE, undone_by: null, undoes: null, can_undo: true, version: null };
const TURN = { text: HOSTILE, intent: "tunda_bayar", outcome: "answer", clauses: ["H13"] };
const TESTS = {
  messages: [{ id: "m1", text: HOSTILE, outcomes: ["answer"], clauses: ["H13"] }],
  conversations: [{ id: "c1", name: HOSTILE, turns: [TURN, { ...TURN, text: "/tunda_bayar" }] }],
  results: { version: 3, at: "2026-11-27T10:00:00Z", messages: [{ id: "m1", right: false, actual: { outcome: "clarify", clauses: [], intent: HOSTILE } }], conversations: [{ id: "c1", right: true, turns: [{ right: true, actual: TURN }, { right: true, actual: TURN }] }] },
};
const CLAUSE = { id: "H13", title: HOSTILE, change: "changed", before: "a", after: HOSTILE, diff: [{ op: "gone", text: "a" }, { op: "new", text: HOSTILE }], moved_from: null, answers: ["utter_tunda_bayar"], intent: "tunda_bayar", sentences: 200 };

let routes: Record<string, (call: Call) => Reply>;
let calls: Call[];
let page: TrainerPage;
let app: TrainerApp;

const all = (id: string): HTMLElement[] => page.all(id);
const one = (id: string): HTMLElement => page.one(id);
const click = async (id: string): Promise<void> => {
  one(id).click();
  await settled();
};
const type = async (id: string, text: string): Promise<void> => {
  (one(id) as HTMLTextAreaElement).value = text;
  one(id).dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
};
const choose = async (id: string, value: string): Promise<void> => {
  (one(id) as HTMLSelectElement).value = value;
  one(id).dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
};

async function mount(path: string): Promise<void> {
  page = await mountTrainer((call) => routes[`${call.method} ${call.path.split("?")[0]}`]?.(call) ?? { status: 404, body: {} }, path);
  ({ app, calls } = page);
}

beforeEach(() => {
  routes = {
    "GET /session": () => ({ body: { me: ME, csrf_token: "t" } }),
    "GET /topics": () => ({ body: { topics: TOPICS } }),
    "GET /training": () => ({ body: { job: null, live: null, candidate: null, shadow: null, unpublished: 0, may_override: false } }),
    "GET /inbox": () => ({ body: { groups: [], next: null, counts: {} } }),
    "GET /answers": () => ({ body: { answers: [ANSWER] } }),
    "GET /answers/utter_tunda_bayar/changes": () => ({ body: { changes: [CHANGE] } }),
    "GET /tests": () => ({ body: TESTS }),
    "GET /policy": () => ({ body: { imported_at: "2026-11-27T10:00:00Z", before_at: null, clauses: [CLAUSE] } }),
  };
});
afterEach(() => page.close());

describe("the page of answers", () => {
  it("shows what customers will see, as they will see it, and nothing as markup", async () => {
    await mount("/trainer/jawaban/utter_tunda_bayar");
    await type("answer-text", `Baru (Hak 13). ${HOSTILE}`);
    const preview = one("answer-preview") as TrainerAnswerPreview;
    await preview.updateComplete;
    const root = preview.renderRoot as ShadowRoot;
    expect([...root.querySelectorAll("[data-testid=message-text]")].at(-1)!.textContent).toContain(`Baru (Hak 13). ${HOSTILE}`);
    expect(root.querySelector("[data-testid=clause]")!.textContent).toBe("Hak 13");
    expect(root.querySelector("[data-testid=quick-reply]")!.textContent).toContain(HOSTILE);
    expect(root.querySelector<HTMLElement>(".root")!.style.getPropertyValue("--accent")).not.toBe("");
    for (const place of [app, root]) expect(place.querySelectorAll("img, script")).toHaveLength(0);
    expect(one("answer-change").textContent).toContain(HOSTILE);
    expect(one("wording").textContent).toContain(HOSTILE);
  });

  it("says what to mend, and keeps what was typed", async () => {
    routes["PUT /answers/utter_tunda_bayar"] = () => failure(400, "answer_text", "x", { problems: ["Sebutkan ketentuannya: Hak 13."] });
    await mount("/trainer/jawaban/utter_tunda_bayar");
    await type("answer-text", "Tidak bisa.");
    await click("save-answer");
    expect(one("answer-problems").textContent).toContain("Sebutkan ketentuannya: Hak 13.");
    expect((one("answer-text") as HTMLTextAreaElement).value).toBe("Tidak bisa.");
    expect(calls.find((call) => call.method === "PUT")!.body).toMatchObject({ variant: 0, text: "Tidak bisa.", revision: "r1" });
  });
});

describe("the page of tests", () => {
  it("shows expected against actual, and nothing as markup", async () => {
    await mount("/trainer/uji");
    expect(one("score").textContent).toBe("1 dari 2 benar");
    expect(one("actual").textContent).toContain("Bertanya balik");
    expect(all("verdict").map((verdict) => verdict.textContent!.trim())).toEqual(["Benar", "Salah"]);
    expect(one("kept-conversation").textContent).toContain("Menunda pembayaran");
    expect(app.querySelectorAll("img, script")).toHaveLength(0);
  });

  it("takes outcome and clause from the topic that is chosen, and says what is missing", async () => {
    routes["POST /tests/messages"] = () => ({ status: 201, body: {} });
    await mount("/trainer/uji");
    await click("add-message");
    await click("keep");
    expect(one("kept-problem").textContent).toContain("pelanggan");
    await type("turn-text", "Boleh nunda?");
    await choose("turn-topic", "tunda_bayar");
    await click("keep");
    expect(calls.find((call) => call.path === "/tests/messages")!.body).toMatchObject({ text: "Boleh nunda?", outcomes: ["answer"], clauses: ["H13"] });
  });

  it("keeps a chat that another page has named, up to the message that was looked at", async () => {
    routes["POST /tests/conversations/from-chat"] = () => ({ status: 201, body: { id: "c2", name: "Dari chat", turns: [TURN] } });
    await mount("/trainer/uji?chat=abc-1&sampai=5");
    expect((one("chat-id") as HTMLInputElement).value).toBe("abc-1");
    (one("chat-name") as HTMLInputElement).value = "Dari chat";
    one("chat-form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settled();
    expect(calls.find((call) => call.path.endsWith("/from-chat"))!.body).toMatchObject({ conversation_id: "abc-1", until: 5, name: "Dari chat" });
    expect((one("kept-name") as HTMLInputElement).value).toBe("Dari chat");
  });
});

describe("the page of the policy", () => {
  it("marks the words that changed, and leads to what is to be looked at", async () => {
    await mount("/trainer/kebijakan");
    expect(one("clause-card").querySelector("ins")!.textContent).toBe(HOSTILE);
    expect(one("clause-card").querySelector("del")!.textContent).toBe("a");
    expect(one("clause-answer").getAttribute("href")).toBe("/trainer/jawaban/utter_tunda_bayar");
    expect(app.querySelectorAll("img, script")).toHaveLength(0);
  });

  it("says why a document is refused, and keeps it", async () => {
    routes["POST /policy"] = () => failure(400, "policy_document", "x", { problem: "Tidak ditemukan: K1." });
    await mount("/trainer/kebijakan");
    await click("open-import");
    await type("policy-text", "HAK");
    await click("import");
    expect(one("policy-problem").textContent).toContain("K1");
    expect((one("policy-text") as HTMLTextAreaElement).value).toBe("HAK");
  });
});
