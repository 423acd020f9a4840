import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeTrainer, openTrainer, signIn, until, type OpenTrainer } from "../support/trainer";

let fake: FakeTrainer;
let open: OpenTrainer;

const workshop = () => open.trainer.workshop;
const texts = (): string[] => open.trainer.toasts.list.map((toast) => toast.text);

beforeEach(async () => {
  fake = new FakeTrainer({ jobMs: 300 });
  open = openTrainer(await fake.listen(), "/trainer/data");
  await signIn(open);
  await workshop().list.show({ intent: "tempo_bayar", q: "", warning: null });
});
afterEach(async () => {
  open.trainer.poller.stop();
  open.trainer.clock.stop();
  await fake.close();
});

describe("the training data", () => {
  it("are read page by page, searched and filtered", async () => {
    expect(workshop().list.sentences).toHaveLength(100);
    await workshop().list.more();
    expect(workshop().list.sentences).toHaveLength(200);
    expect(new Set(workshop().list.sentences.map((one) => one.id)).size).toBe(200);
    await workshop().list.show({ intent: null, q: "DOMAIN nameserver", warning: null });
    expect(workshop().list.sentences.every((one) => /domain/i.test(one.text) && /nameserver/i.test(one.text))).toBe(true);
    await workshop().list.show({ intent: null, q: "", warning: "suspect" });
    expect(workshop().list.sentences.every((one) => one.warnings.some(({ kind }) => kind === "suspect"))).toBe(true);
  });

  it("are added, edited, moved and deleted, and each of it can be undone", async () => {
    expect(await workshop().add("tempo_bayar", " kalimat baru ", "contoh")).toBe(true);
    expect(fake.sentences.at(-1)).toMatchObject({ text: "kalimat baru", intent: "tempo_bayar" });
    expect(await workshop().undo()).toBe(true);
    expect(fake.sentences.at(-1)!.text).not.toBe("kalimat baru");

    const [first, second, third] = workshop().list.sentences;
    expect(await workshop().edit(first!, "kata lain", "")).toBe(true);
    expect(workshop().list.sentences[0]).toMatchObject({ text: "kata lain" });
    await workshop().undo();
    expect(fake.sentences.some((one: { text?: string | undefined }) => one.text === first!.text)).toBe(true);

    await workshop().move(second!, "migrasi");
    expect(workshop().list.sentences.some((one) => one.text === second!.text)).toBe(false);
    await workshop().remove(third!, "ganda");
    expect(workshop().list.sentences.some((one) => one.id === third!.id)).toBe(false);
    await workshop().changes.load();
    expect(workshop().changes.changes[0]).toMatchObject({ action: "delete", before: third!.text, reason: "ganda", canUndo: true });
  });

  it("change nothing where the words are the same", async () => {
    const before = fake.changes.length;
    const [first] = workshop().list.sentences;
    workshop().start(first!, "edit");
    expect(await workshop().edit(first!, ` ${first!.text} `, "")).toBe(true);
    expect(workshop().open).toBeNull();
    expect(fake.changes).toHaveLength(before);
  });

  it("say when a sentence is gone, and are read anew", async () => {
    const [first] = workshop().list.sentences;
    fake.sentences = fake.sentences.filter((one: { id: string }) => one.id !== first!.id);
    expect(await workshop().edit(first!, "kata lain", "")).toBe(false);
    expect(texts().at(-1)).toContain("tidak ada lagi");
    await until(() => !workshop().list.sentences.some((one) => one.id === first!.id), "the list as it is now");
  });

  it("are read anew when somebody else changes them, but not under the hands of whoever writes", async () => {
    await until(() => open.trainer.training.status === "ready", "the first answer");
    const me = fake.staff.find((one: { username: string }) => one.username === "rina")!;
    const [first, second] = workshop().list.sentences;
    fake.sentences = fake.sentences.filter((one: { id: string }) => one.id !== first!.id);
    fake.change(me, "sentence", "delete", { intent: "tempo_bayar" });
    await open.trainer.training.refresh();
    await until(() => workshop().list.sentences[0]!.id === second!.id, "the list as it is now");
    workshop().start(second!, "edit");
    workshop().write("sedang ditulis");
    fake.sentences = fake.sentences.filter((one: { id: string }) => one.id !== second!.id);
    fake.change(me, "sentence", "delete", { intent: "tempo_bayar" });
    await open.trainer.training.refresh();
    expect(workshop()).toMatchObject({ open: { id: second!.id, text: "sedang ditulis" } });
    expect(workshop().list.sentences[0]!.id).toBe(second!.id);
  });

  it("are looked at while one writes, and only the last question is answered", async () => {
    const { preview } = workshop();
    preview.look("tagihan", "tempo_bayar");
    preview.look(workshop().list.sentences[0]!.text, "tempo_bayar");
    await until(() => preview.preview, "the preview");
    expect(preview.preview!.warnings[0]).toMatchObject({ kind: "duplicate" });
    expect(preview.preview!.ranking).toHaveLength(3);
    preview.look(" ", "tempo_bayar");
    expect(preview.preview).toBeNull();
  });
});

describe("training", () => {
  it("goes through to a version that is published, while the console watches", async () => {
    await workshop().add("tempo_bayar", "kalimat baru", "");
    const { studio, training } = open.trainer;
    expect(await studio.train("catatan")).toBe(true);
    expect(training.running).toBe(true);
    expect(await studio.train()).toBe(false);
    expect(texts().at(-1)).toContain("pekerjaan lain");
    await until(() => training.candidate, "the candidate");
    const { number } = training.candidate!;
    await studio.versions.open(number);
    expect(studio.versions.detail).toMatchObject({ number, against: 41, note: "catatan" });
    expect(studio.versions.detail!.changes).toHaveLength(1);
    expect(await studio.publish(number, "terbit")).toBe(true);
    await until(() => training.live?.number === number, "the new version");
    await until(() => training.unpublished === 0, "nothing left to publish");
    expect(texts().some((text) => text.includes("menjawab pelanggan"))).toBe(true);
  });

  it("is found again after a reload, and can be cancelled", async () => {
    fake.jobMs = 60_000;
    await open.trainer.studio.train();
    const again = openTrainer(`http://127.0.0.1:${(fake.http.address() as { port: number }).port}`);
    await signIn(again);
    await until(() => again.trainer.training.running, "the job");
    expect(await again.trainer.studio.cancel()).toBe(true);
    expect(again.trainer.training.job!.state).toBe("cancelled");
    again.trainer.poller.stop();
    again.trainer.clock.stop();
    expect(fake.versions.at(-1)!.number).toBe(41);
  });

  it("lets a version listen, and stop", async () => {
    const { studio, training } = open.trainer;
    await studio.train();
    await until(() => training.candidate, "the candidate");
    await studio.listen(training.candidate!.number);
    await until(() => training.shadow, "the shadow");
    await studio.shadow.load();
    expect(studio.shadow.differences[0]).toMatchObject({ live: { outcome: "clarify" }, candidate: { clauses: ["H7"] } });
    await studio.stopListening();
    expect(training.shadow).toBeNull();
  });
});

describe("trends", () => {
  it("are read for as many weeks as are asked for", async () => {
    const { trends } = open.trainer;
    await trends.show(4);
    expect(trends.trends!.weeks).toHaveLength(4);
    const [week] = trends.trends!.weeks;
    expect(week!.right + week!.askedBack + week!.refused + week!.handedOff + week!.other).toBeCloseTo(1);
    expect(trends.trends!.growing[0]).toMatchObject({ intent: "migrasi", now: 34 });
  });
});
