// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SafeStorage } from "../../src/shared/storage";
import { readConfig } from "../../src/widget/config";
import { MasternetChat, TAG } from "../../src/widget/masternet-chat";
import { FakeBackend, MemoryStorage, openTab, refusal, type Tab } from "../support/fake-backend";

if (!customElements.get(TAG)) customElements.define(TAG, MasternetChat);

let backend: FakeBackend;
let tab: Tab;
let element: MasternetChat;
let session: MemoryStorage;

const all = (id: string): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const one = (id: string): HTMLElement => all(id)[0]!;
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await element.updateComplete;
};

async function mount(): Promise<void> {
  element = document.createElement(TAG) as MasternetChat;
  element.config = readConfig({ title: "<b>Judul</b>" }, "https://chat.example/widget.js", "https://toko.example/");
  element.store = tab.store;
  element.pageMemory = new SafeStorage("t:", () => session);
  document.body.append(element);
  tab.store.start();
  await settled();
}

async function write(text: string): Promise<void> {
  const input = one("input") as HTMLTextAreaElement;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }));
  await settled();
}

async function openPanel(): Promise<void> {
  one("launcher").click();
  await settled();
}

beforeEach(async () => {
  backend = new FakeBackend();
  session = new MemoryStorage();
  tab = openTab(backend, new MemoryStorage());
  await mount();
});
afterEach(() => document.body.replaceChildren());

describe("panel", () => {
  it("opens with focus in the input, closes with Escape and gives the focus back", async () => {
    expect(all("panel")).toEqual([]);
    await openPanel();
    expect(one("panel").getAttribute("role")).toBe("dialog");
    expect(element.shadowRoot!.activeElement).toBe(one("input"));
    one("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    await settled();
    expect(all("panel")).toEqual([]);
    expect(element.shadowRoot!.activeElement).toBe(one("launcher"));
  });

  it("is open again after a page load, without taking the focus", async () => {
    await openPanel();
    element.remove();
    await mount();
    expect(all("panel")).toHaveLength(1);
    expect(element.shadowRoot!.activeElement).toBeNull();
  });

  it("keeps typing away from the page's own keyboard shortcuts", async () => {
    const shortcut = vi.fn();
    document.addEventListener("keydown", shortcut);
    await openPanel();
    await write("halo");
    document.removeEventListener("keydown", shortcut);
    expect(shortcut).not.toHaveBeenCalled();
  });

  it("counts unread messages on the launcher while closed", async () => {
    await openPanel();
    await write("halo");
    one("close").click();
    await settled();
    backend.post({ text: "jawaban" });
    await settled();
    expect(one("badge").textContent).toBe("1");
    await openPanel();
    expect(all("badge")).toEqual([]);
  });
});

describe("writing", () => {
  it("shows privacy line and starters only before the first message", async () => {
    await openPanel();
    expect(all("privacy")).toHaveLength(1);
    expect(all("starter")).toHaveLength(4);
    one("starter").click();
    await settled();
    expect(backend.texts()).toEqual([one("message-text").textContent!.trim()]);
    expect(all("privacy")).toEqual([]);
    expect(all("starter")).toEqual([]);
  });

  it("sends with Enter, not during composition, nor with Shift, nor blanks, nor too much", async () => {
    await openPanel();
    const input = one("input") as HTMLTextAreaElement;
    for (const [text, key] of [
      ["kata", { isComposing: true }],
      ["kata", { shiftKey: true }],
      ["  \n ", {}],
      ["x".repeat(1001), {}],
    ] as const) {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...key }));
      await settled();
    }
    expect(backend.opened).toBe(0);
    expect(one("counter").textContent).toContain("1001/1000");
    await write("kata");
    expect(backend.texts()).toEqual(["kata"]);
    expect((one("input") as HTMLTextAreaElement).value).toBe("");
    expect(one("message").dataset).toMatchObject({ sender: "customer", state: "sent", seq: "1" });
  });

  it("offers to send a refused message again", async () => {
    await openPanel();
    backend.script = (event) => (event === "message_send" ? refusal("invalid_message", {}, "Ditolak, Kak") : undefined);
    await write("coba");
    expect(one("message").dataset.state).toBe("failed");
    expect(one("failure").textContent).toContain("Ditolak, Kak");
    backend.script = null;
    one("retry").click();
    await settled();
    expect(one("message").dataset.state).toBe("sent");
  });

  it("sends the title of a quick reply, and offers it once", async () => {
    await openPanel();
    await write("halo");
    backend.post({ text: "Pilih:", buttons: [{ title: "Ya", payload: "/ya" }, { title: "Tidak", payload: "/tidak" }] });
    await settled();
    expect(all("quick-reply").map((button) => button.textContent?.trim())).toEqual(["Ya", "Tidak"]);
    one("quick-reply").click();
    await settled();
    expect(backend.texts().at(-1)).toBe("Ya");
    expect(all("quick-reply")).toEqual([]);
  });
});

describe("the hand-over", () => {
  const stars = [1, 2, 3, 4, 5].map((score) => ({ title: `${score} dari 5 - Nilai ${score}`, payload: `#rating:${score}` }));
  const solved = [
    { title: "Sudah", payload: "#solved:yes" },
    { title: "Belum", payload: "#solved:no" },
  ];
  const card = (seq: number): HTMLElement => all("message").find((message) => message.dataset.seq === String(seq))!;

  beforeEach(async () => {
    await openPanel();
    await write("halo");
  });

  it("shows who answers, and who types", async () => {
    backend.setOwner("queue", { queue: { place: 2, wait_minutes: [3, 8], staff_online: true, open: true, mode: "live" } });
    await settled();
    expect(one("owner").textContent?.trim()).toBe("Menunggu staf: antrean ke-2, perkiraan 3–8 menit");
    expect(one("announcement").textContent).toBe("Menunggu staf: antrean ke-2, perkiraan 3–8 menit");
    backend.setOwner("agent", { agent_name: "Rina" });
    backend.tell("typing", { sender: "agent", active: true });
    await settled();
    expect(one("owner").dataset.owner).toBe("agent");
    expect(one("typing").textContent).toContain("Rina sedang mengetik");
    backend.post({ sender: "agent", sender_name: "Rina", text: "Halo" });
    await settled();
    expect(all("typing")).toEqual([]);
    expect(card(2).querySelector(".name")?.textContent).toBe("Rina");
  });

  it("says how far staff have read", async () => {
    await write("masih ada?");
    backend.tell("readChanged", { agent_read_seq: 1 });
    await settled();
    expect(all("message").map((message) => message.dataset.state)).toEqual(["read", "sent"]);
    expect(all("state").map((state) => state.textContent)).toEqual(["Dibaca staf", "Terkirim"]);
  });

  it("keeps the field usable after the end, with a hint", async () => {
    backend.setOwner("bot", { closed: true });
    await settled();
    expect(one("owner").textContent?.trim()).toBe("Percakapan selesai");
    expect(one("owner").dataset.closed).toBe("true");
    expect(one("closed-hint").textContent).toBe("Percakapan selesai. Tulis pesan untuk membukanya lagi.");
    expect(one("input").getAttribute("aria-describedby")).toBe("closed-hint");
    await write("satu lagi");
    expect(backend.texts().at(-1)).toBe("satu lagi");
    backend.setOwner("bot");
    await settled();
    expect(all("closed-hint")).toEqual([]);
  });

  it("puts the buttons of a notice on its card, and sends the pressed one once", async () => {
    backend.post({ sender: "system", text: "Sudah selesai?", buttons: solved });
    await settled();
    expect(card(2).dataset.open).toBe("true");
    const buttons = [...card(2).querySelectorAll<HTMLElement>("[data-testid='quick-reply']")];
    expect(buttons.map((button) => button.textContent?.trim())).toEqual(["Sudah", "Belum"]);
    buttons[0]!.click();
    buttons[1]!.click();
    await settled();
    expect(backend.texts().slice(2)).toEqual(["Sudah"]);
    expect(card(2).dataset.open).toBeUndefined();
    expect(all("quick-reply")).toEqual([]);
  });

  it("sends a rating once, after a star was chosen, and shows it from then on", async () => {
    backend.post({ sender: "system", text: "Seberapa puas?", buttons: [...stars].reverse() });
    await settled();
    const radios = all("star") as HTMLInputElement[];
    expect(radios.map((radio) => radio.getAttribute("aria-label"))).toEqual(stars.map((star) => star.title));
    const form = radios[0]!.form!;
    const submit = (): boolean => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    submit();
    await settled();
    expect(backend.texts()).toEqual(["halo", "Seberapa puas?"]);
    radios[3]!.checked = true;
    radios[3]!.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
    expect(card(2).textContent).toContain("4 dari 5 - Nilai 4");
    expect(card(2).querySelectorAll(".lit")).toHaveLength(4);
    submit();
    submit();
    await settled();
    expect(backend.texts().slice(2)).toEqual(["4 dari 5 - Nilai 4"]);
    expect(all("star")).toEqual([]);
    expect(one("rated").dataset.score).toBe("4");
    expect(one("rated").getAttribute("aria-label")).toBe("Penilaian Kakak: 4 dari 5 - Nilai 4");
    backend.post({ sender: "system", text: "Terima kasih, Kak." });
    element.remove();
    await mount();
    expect(one("rated").dataset.score).toBe("4");
    expect(all("star")).toEqual([]);
  });

  it("words stars of its own where a title is a bare number", async () => {
    backend.post({ sender: "system", text: "Nilai?", buttons: [{ title: "5", payload: "#rating:5" }] });
    await settled();
    expect(one("star").getAttribute("aria-label")).toBe("5 dari 5 - Sangat puas");
  });

  it("reads nothing on behalf of a customer whose tab is in the background", async () => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    backend.post({ sender: "agent", text: "Halo" });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(backend.payloads("seen").at(-1)).toEqual({ delivered: 2 });
    visibility.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(backend.payloads("seen").at(-1)).toEqual({ read: 2 });
  });
});

describe("hostile text", () => {
  const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> javascript:alert(3) ${1} <!--?lit$1$-->';

  it("stays text, whoever wrote it", async () => {
    await openPanel();
    await write(HOSTILE);
    for (const sender of ["system", "agent", "bot"]) {
      const buttons = sender === "bot" ? [{ title: HOSTILE, payload: "x" }] : [];
      backend.post({ sender, text: HOSTILE, sender_name: HOSTILE, buttons } as never);
    }
    await settled();
    const root = element.shadowRoot!;
    expect(all("message-text").map((node) => node.textContent?.trim())).toEqual([HOSTILE, HOSTILE, HOSTILE, HOSTILE]);
    expect(one("quick-reply").textContent?.trim()).toBe(HOSTILE);
    expect(root.querySelectorAll("img, script, iframe, b")).toHaveLength(0);
    expect(root.querySelectorAll("a")).toHaveLength(0);
    expect(root.querySelector(".title")?.textContent).toBe("<b>Judul</b>");
  });

  it("links web addresses of the bot safely, and not those of the customer", async () => {
    await openPanel();
    await write("https://a.example/");
    backend.post({ text: "Lihat https://b.example/x." });
    await settled();
    const anchors = [...element.shadowRoot!.querySelectorAll("a")];
    expect(anchors.map((anchor) => anchor.getAttribute("href"))).toEqual(["https://b.example/x"]);
    expect(anchors[0]!.rel).toBe("noopener noreferrer");
    expect(anchors[0]!.target).toBe("_blank");
  });
});
