import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AnswersStore } from "../../src/trainer/answers/state/answers-store";
import { wordDiff } from "../../src/trainer/answers/state/diff";
import { draftOf, draftProblem, newConversation, newMessage, withTopic, emptyTurn } from "../../src/trainer/kept/state/draft";
import { KeptStore } from "../../src/trainer/kept/state/kept-store";
import { PolicyStore } from "../../src/trainer/policy/state/policy-store";
import { FakeTrainer, openTrainer, signIn, until, type OpenTrainer } from "../support/trainer";

let fake: FakeTrainer;
let open: OpenTrainer;

beforeEach(async () => {
  fake = new FakeTrainer({ jobMs: 50 });
  open = openTrainer(await fake.listen());
  await signIn(open);
  await until(() => open.trainer.topics.topics.length, "the topics");
});
afterEach(async () => {
  open.trainer.poller.stop();
  open.trainer.clock.stop();
  await fake.close();
});

describe("kept tests", () => {
  let store: KeptStore;
  beforeEach(async () => {
    store = new KeptStore(open.trainer.api);
    await store.load();
  });

  it("count what is right, and what was not run since it was kept", async () => {
    expect(store.score).toEqual({ right: 1, run: 3, all: 5 });
    expect(store.verdict(store.conversations[0]!)).toBe(false);
    expect(store.verdict(store.conversations[1]!)).toBeNull();
    await store.addMessage("Halo", ["smalltalk"], []);
    expect(store.score).toEqual({ right: 1, run: 3, all: 6 });
    await store.deleteMessage("m1");
    expect(store.score).toEqual({ right: 0, run: 2, all: 5 });
  });

  it("are corrected in place, and kept from a chat to be looked through", async () => {
    const draft = draftOf(store.conversations[0]!);
    draft.turns[2]!.outcome = "refuse";
    await store.saveConversation(draft.id, "Lain", draft.turns);
    expect(store.conversations.map((one) => one.name)).toEqual(["Lain", "Tombol cara bayar setelah sapaan"]);
    const kept = await store.addFromChat("a-b", null, "Dari chat");
    expect(kept?.turns[0]?.text).toBe("hubungi [nomor] ya");
    await expect(store.addFromChat("tidak-ada", null, "x")).rejects.toThrow("tidak ditemukan");
    expect(store.conversations).toHaveLength(3);
  });

  it("run as a job that the whole console sees", async () => {
    await store.run();
    await open.trainer.training.refresh();
    expect(open.trainer.training.job).toMatchObject({ kind: "test" });
  });
});

describe("a draft of a test", () => {
  it("takes outcome and clause from the topic, and says what is missing", () => {
    const draft = newMessage();
    expect(draftProblem(draft)).toContain("pelanggan");
    draft.turns = [{ ...emptyTurn(), text: "Boleh nunda?" }];
    expect(draftProblem(draft)).toContain("ketentuan");
    draft.turns = [withTopic(draft.turns[0]!, open.trainer.topics.find("tunda_bayar"))];
    expect(draft.turns[0]).toMatchObject({ intent: "tunda_bayar", outcome: "answer", clauses: ["H13"] });
    expect(draftProblem(draft)).toBeNull();
    const conversation = { ...newConversation(), turns: [draft.turns[0]!, emptyTurn()] };
    expect(draftProblem(conversation)).toContain("nama");
    expect(draftProblem({ ...conversation, name: "x" })).toContain("pesan 2");
  });
});

describe("answers", () => {
  let store: AnswersStore;
  beforeEach(async () => {
    store = new AnswersStore(open.trainer.api);
    await store.load();
    store.show("utter_tunda_bayar");
  });

  it("are found by words and by what is to be looked at", () => {
    expect(store.answers.length).toBeGreaterThan(30);
    store.filter("", true);
    expect(store.shown.map((one) => one.name)).toEqual(["utter_tunda_bayar"]);
    store.filter("hak cara bayar tidak-ada", false);
    expect(store.shown).toEqual([]);
  });

  it("keep what is typed while another one is looked at, and say what to mend", async () => {
    store.type("Belum bisa, Kak.");
    store.show("utter_salam");
    expect(store.hasDraft("utter_tunda_bayar")).toBe(true);
    expect(store.text).toContain("Halo");
    store.show("utter_tunda_bayar");
    expect(store.text).toBe("Belum bisa, Kak.");
    expect(await store.save()).toBe(false);
    expect(store.problems).toEqual(["Sebutkan ketentuannya: Hak 13."]);
    store.type("Belum bisa, Kak (Hak 13).");
    expect(store.problems).toEqual([]);
    store.because("Ringkas");
    expect(await store.save()).toBe(true);
    expect(store.changed).toBe(false);
    expect(store.open?.review).toBe(false);
    await until(() => store.changes.length === 1, "the history");
    expect(store.changes[0]).toMatchObject({ reason: "Ringkas", after: "Belum bisa, Kak (Hak 13)." });
  });

  it("never lose what was typed to what somebody else has saved", async () => {
    store.type("Tulisan saya (Hak 13).");
    const answer = fake.kept.answers.find((one: { name: string }) => one.name === "utter_tunda_bayar") as unknown as { revision: string; variants: { text: string }[] };
    Object.assign(answer, { revision: "r99" });
    answer.variants[0]!.text = "Tulisan orang lain (Hak 13).";
    expect(await store.save()).toBe(false);
    expect(store.conflict).toBe(true);
    expect(store.text).toBe("Tulisan saya (Hak 13).");
    expect(await store.save()).toBe(true);
    expect(answer.variants[0]!.text).toBe("Tulisan saya (Hak 13).");
  });

  it("are taken back by their history", async () => {
    const before = store.text;
    store.type("Belum bisa, Kak (Hak 13).");
    await store.save();
    await until(() => store.changes.length === 1, "the history");
    await store.undo(store.changes[0]!);
    expect(store.text).toBe(before);
    expect(store.changes[1]?.canUndo).toBe(false);
  });
});

describe("word differences", () => {
  it("hold all words of both texts in their order", () => {
    const parts = wordDiff("a b c d", "a x c d e");
    expect(parts).toEqual([
      { op: "same", text: "a" },
      { op: "gone", text: "b" },
      { op: "new", text: "x" },
      { op: "same", text: "c d" },
      { op: "new", text: "e" },
    ]);
    expect(wordDiff("", "")).toEqual([]);
    expect(wordDiff("", "a b")).toEqual([{ op: "new", text: "a b" }]);
  });
});

describe("the policy", () => {
  it("shows what has changed first, and says what is wrong with a document", async () => {
    const store = new PolicyStore(open.trainer.api);
    await store.load();
    expect(store.shown.map((clause) => [clause.id, clause.change])).toEqual([
      ["H13", "changed"],
      ["H17", "moved"],
      ["H18", "new"],
    ]);
    expect(store.shown[1]?.movedFrom).toBe("H16");
    store.filter(false);
    expect(store.shown).toHaveLength(4);
    await expect(store.import("apa saja")).rejects.toMatchObject({ code: "policy_document" });
    expect(store.clauses).toHaveLength(4);
    await store.import("HAK");
    expect(store.busy).toBe(false);
  });
});
