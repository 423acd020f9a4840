import { describe, expect, it } from "vitest";
import { draftOf, isMasked, marked, unmarked } from "../../src/trainer/inbox/state/draft";
import { readGroupDetail } from "../../src/trainer/inbox/state/readers";
import { inboxCommand } from "../../src/trainer/inbox/state/shortcuts";
import { remainingText } from "../../src/trainer/state/job-words";
import { readJob, readVersion } from "../../src/trainer/state/readers";
import { pagePath, parsePath } from "../../src/trainer/state/router";
import { outcomeText, percent, reasonLabel, whenWithin } from "../../src/trainer/state/words";
import { gateText } from "../../src/trainer/training/state/words";

describe("sentences of a group", () => {
  it("are each different text once, the middle one first", () => {
    const detail = readGroupDetail({ id: "k", text: "b", intent: "x", messages: [{ id: 1, text: "a" }, { id: 2, text: "b" }, { id: 3, text: " a " }, { id: 4, text: "kirim ke [email]" }] })!;
    expect(draftOf(detail)).toEqual([
      { message: "2", text: "b", chosen: true }, { message: "1", text: "a", chosen: true }, { message: "4", text: "kirim ke [email]", chosen: false },
    ]);
  });

  it("are marked as the training data write it", () => {
    expect(marked("domain toko.co.id mati", 7, 18, "nama_domain")).toBe("domain [toko.co.id](nama_domain) mati");
    expect(marked("domain toko.co.id", 7, 7, "nama_domain")).toBeNull();
    expect(marked("domain [toko.co.id](nama_domain)", 9, 12, "surel")).toBeNull();
    expect(marked("domain [toko.co.id](nama_domain)", 21, 25, "surel")).toBeNull();
    expect(unmarked("domain [toko.co.id](nama_domain) mati")).toBe("domain toko.co.id mati");
  });

  it("with masked data are known from those with marks", () => {
    expect([isMasked("ke [email]"), isMasked("ke [a@b.id](surel)"), isMasked("tidak ada")]).toEqual([true, false, false]);
  });
});

describe("addresses", () => {
  it("name a page and what is open in it", () => {
    expect(parsePath("/trainer/kelompok/a%20b")).toMatchObject({ page: "inbox", rest: ["a b"] });
    expect(parsePath("/trainer/data/migrasi?kata=x")).toMatchObject({ page: "data", rest: ["migrasi"] });
    expect(parsePath("/trainer/apa-ini")).toMatchObject({ page: "inbox", rest: [] });
    expect([pagePath("inbox"), pagePath("inbox", "a b"), pagePath("training", 42)]).toEqual(["/trainer/", "/trainer/kelompok/a%20b", "/trainer/latih/42"]);
  });
});

describe("words", () => {
  it("are plain, also for what is new", () => {
    expect([reasonLabel("asked_back"), reasonLabel("brand_new")]).toEqual(["Bot bertanya balik", "Brand new"]);
    expect(outcomeText("answer", ["H13"])).toBe("Dijawab, Hak 13");
    expect([percent(0.456), percent(null)]).toEqual(["46%", "–"]);
    expect([3, 42, 100, null].map(remainingText)).toEqual(["sebentar lagi", "kira-kira 45 detik lagi", "kira-kira 2 menit lagi", ""]);
  });

  it("say what was measured against a gate: shares, but conversations are counted", () => {
    const title = (intent: string): string => intent.toUpperCase();
    const text = (name: string, limit: number, value: number, about: string | null = null): string => gateText({ name, limit, value, ok: true, about }, title);
    expect(text("scope_recall", 0.9, 0.972)).toBe("97,2%, sedikitnya 90,0%");
    expect(text("topic_loss", 0.1, 0.05, "migrasi")).toBe("Terbanyak turun 5,0% (MIGRASI), paling banyak 10,0%");
    expect([text("kept_conversations", 0, 0), text("kept_conversations", 0, 2, "Tempo bayar")]).toEqual(["Tidak ada yang menjadi salah", "2 menjadi salah: Tempo bayar"]);
  });

  it("begin small in the middle of a sentence", () => {
    expect(whenWithin(new Date(2026, 10, 16, 7, 5).toISOString(), new Date(2026, 10, 17, 12))).toBe("kemarin, 07.05");
  });

  it("have a key each in the inbox", () => {
    expect([inboxCommand("Enter"), inboxCommand("Y"), inboxCommand("2"), inboxCommand("q")]).toEqual([{ kind: "confirm" }, { kind: "confirm" }, { kind: "rank", index: 1 }, null]);
  });
});

describe("readers", () => {
  it("leave out what they cannot read", () => {
    expect([readJob({ id: 1, state: "flying" }), readJob(null), readVersion({ number: "x" }), readGroupDetail({})]).toEqual([null, null, null, null]);
    expect(readVersion({ number: 3, scores: { kept: { right: 2, all: 3 } } })).toMatchObject({ number: 3, scores: { outcome: null, kept: { right: 2, all: 3 }, crossValidation: null } });
  });
});
