import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeTrainer, openTrainer, signIn, until, type OpenTrainer } from "../support/trainer";

let fake: FakeTrainer;
let open: OpenTrainer;

const inbox = () => open.trainer.inbox;
const ids = (): string[] => inbox().list.groups.map((group) => group.id);
const texts = (): string[] => open.trainer.toasts.list.map((toast) => toast.text);
const decisions = (): { path: string; body: Record<string, unknown> }[] => fake.requests.filter((one: { path: string }) => one.path.endsWith("/decision"));

async function ready(id = "k1"): Promise<void> {
  await until(() => inbox().list.status === "ready", "the list");
  inbox().open(id);
  await until(() => inbox().group?.id === id, `group ${id}`);
}

beforeEach(async () => {
  fake = new FakeTrainer();
  open = openTrainer(await fake.listen());
  await signIn(open);
  await ready();
});
afterEach(async () => {
  open.trainer.poller.stop();
  open.trainer.clock.stop();
  await fake.close();
});

describe("deciding", () => {
  it("goes to the next group before the server has answered, and adds the sentences to the topic", async () => {
    const before = fake.sentences.length;
    inbox().decide({ action: "confirm" });
    expect(inbox().openId).toBe("k2");
    expect(ids()).not.toContain("k1");
    await until(() => fake.groups[0].decided, "the decision");
    expect(fake.groups[0].decided).toMatchObject({ action: "confirm", by: "Tono" });
    expect(fake.sentences.slice(before).map((one: { intent: string }) => one.intent)).toEqual(Array(6).fill("tempo_bayar"));
    expect(decisions()[0]!.body).toMatchObject({ action: "confirm", revision: 1 });
  });

  it("makes a listed topic that is the bot's own a confirmation", async () => {
    inbox().relabelTo("tempo_bayar");
    await until(() => decisions().length === 1);
    expect(decisions()[0]!.body.action).toBe("confirm");
    await ready("k2");
    inbox().relabelTo("kasus_layanan");
    await until(() => decisions().length === 2);
    expect(decisions()[1]!.body).toMatchObject({ action: "relabel", intent: "kasus_layanan" });
  });

  it("adds only what was chosen, in the words that it was given", async () => {
    inbox().choose(0, false);
    inbox().edit(1, "telat bayar toko.co.id ada dendanya?");
    inbox().decide({ action: "relabel", intent: "hapus_karena_tunggakan" });
    await until(() => decisions().length === 1);
    const { sentences } = decisions()[0]!.body as { sentences: { message: string | null; text: string }[] };
    expect(sentences).toHaveLength(5);
    expect(sentences[0]).toEqual({ message: null, text: "telat bayar toko.co.id ada dendanya?" });
    expect(sentences[1]).toEqual({ message: "m1-2", text: "lewat jatuh tempo 3 hari masih aman?" });
  });

  it("adds nothing that holds masked data, and asks for other words when nothing is left", async () => {
    await ready("k3");
    inbox().decide({ action: "confirm" });
    await until(() => decisions().length === 1);
    expect(JSON.stringify(decisions()[0]!.body)).not.toContain("[domain]");
    await ready("k4");
    expect(inbox().draft.map((one) => one.chosen)).toEqual([false, false]);
    inbox().decide({ action: "confirm" });
    expect(inbox()).toMatchObject({ openId: "k4", panel: "edit" });
    inbox().edit(0, "sudah transfer tapi invoice masih unpaid");
    inbox().decide({ action: "confirm" });
    await until(() => decisions().length === 2);
    expect(decisions()[1]!.body.sentences).toEqual([{ message: null, text: "sudah transfer tapi invoice masih unpaid" }]);
  });

  it("puts a skipped group behind all others, and leaves it open", async () => {
    inbox().decide({ action: "skip" });
    expect(inbox().openId).toBe("k2");
    expect(ids().at(-1)).toBe("k1");
    expect(inbox().list.open).toBe(14);
    await until(() => fake.groups.at(-1).id === "k1");
  });

  it("sends to a colleague with a note", async () => {
    inbox().toggle("send");
    await until(() => inbox().colleagues, "the colleagues");
    inbox().decide({ action: "send", to: inbox().colleagues![0]!.id, note: "tolong cek" });
    await until(() => fake.groups[0].sent_to);
    expect(fake.groups[0]).toMatchObject({ sent_to: "Rina Kusuma", note: "tolong cek" });
  });
});

describe("taking back", () => {
  it("opens the group again and undoes what it has added", async () => {
    const before = fake.sentences.length;
    inbox().decide({ action: "confirm" });
    expect(inbox().decisions.canUndo).toBe(true);
    await inbox().undo();
    expect(fake.sentences).toHaveLength(before);
    expect(fake.groups[0].decided).toBeNull();
    expect(inbox().openId).toBe("k1");
    expect(ids()).toContain("k1");
    expect(inbox().decisions.canUndo).toBe(false);
    inbox().decide({ action: "ignore" });
    await until(() => fake.groups[0].decided?.action === "ignore", "the second decision, under the new revision");
  });

  it("takes back one decision after the other, newest first", async () => {
    inbox().decide({ action: "ignore" });
    await ready("k2");
    inbox().decide({ action: "ignore" });
    await inbox().undo();
    expect(inbox().openId).toBe("k2");
    await inbox().undo();
    expect(inbox().openId).toBe("k1");
    expect(await inbox().undo()).toBeUndefined();
    expect(fake.groups.every((group: { decided: unknown }) => group.decided === null)).toBe(true);
  });
});

describe("what goes wrong", () => {
  it("says who was faster, and loses nothing", async () => {
    Object.assign(fake.groups[0], { decided: { action: "confirm", intent: "tempo_bayar", by: "Rina Kusuma", at: "2026-11-27T10:00:00Z" }, state: "done" });
    inbox().decide({ action: "ignore" });
    await until(() => texts().some((text) => text.includes("Rina Kusuma")), "the words");
    expect(inbox().decisions.canUndo).toBe(false);
    await until(() => !ids().includes("k1"), "the list as it is now");
    expect(fake.groups[0].decided.action).toBe("confirm");
  });

  it("puts the group back where it was when the server refuses", async () => {
    const task = inbox().decisions.decide(inbox().group!, { action: "relabel", intent: "tidak_ada", sentences: [{ message: null, text: "x" }] });
    expect(ids()).not.toContain("k1");
    expect(await task).toBe(false);
    expect(ids()[0]).toBe("k1");
    expect(texts().at(-1)).toContain("kembali ke kotak masuk");
    expect(inbox().decisions.canUndo).toBe(false);
  });

  it("gives up after a while when the server is broken, and puts the group back", async () => {
    fake.answer = () => {
      throw new Error("broken");
    };
    expect(await inbox().decisions.decide(inbox().group!, { action: "ignore" })).toBe(false);
    expect(ids()[0]).toBe("k1");
    expect(fake.groups[0].decided).toBeNull();
  });

  it("sends a decision whose answer got lost once more, under the same key, so that it counts once", async () => {
    const before = fake.sentences.length;
    fake.lostAnswers = 1;
    expect(await inbox().decisions.decide(inbox().group!, { action: "confirm", sentences: [{ message: "m1-0", text: "satu kalimat" }] })).toBe(true);
    expect(decisions()).toHaveLength(2);
    expect(decisions()[0]!.body.key).toBe(decisions()[1]!.body.key);
    expect(fake.sentences).toHaveLength(before + 1);
  });

  it("says that a group is gone rather than waiting for it", async () => {
    inbox().open("k99");
    await until(() => inbox().details.error, "the words");
    expect(inbox().details.error).toContain("tidak ada lagi");
  });
});

describe("the list", () => {
  it("filters by reason, and opens what was decided again", async () => {
    await inbox().show("open", "shadow");
    expect(ids()).toEqual(["k9"]);
    await inbox().show("open");
    await ready("k2");
    inbox().decide({ action: "ignore" });
    await until(() => fake.groups[1].decided);
    await inbox().show("ignored");
    await ready("k2");
    inbox().decide({ action: "confirm" });
    expect(texts().at(-1)).toContain("sudah diputuskan");
    await inbox().reopen();
    expect(ids()).toContain("k2");
    expect(inbox().list.list).toBe("open");
  });
});
