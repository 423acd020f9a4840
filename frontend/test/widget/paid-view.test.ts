// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/widget/config";
import { MasternetChat, TAG } from "../../src/widget/masternet-chat";
import { CARDS, ID, PAYMENT_BUTTONS, QUOTE_BUTTONS, STARS, type WireCard } from "../support/cards";
import { FakeBackend, MemoryStorage, openTab, refusal, type Tab } from "../support/fake-backend";

if (!customElements.get(TAG)) customElements.define(TAG, MasternetChat);

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> <!--?lit$1$-->';
let backend: FakeBackend;
let shared: MemoryStorage;
let tab: Tab;
let element: MasternetChat;

const all = (id: string): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const one = (id: string): HTMLElement => all(id)[0]!;
const buttons = (): HTMLButtonElement[] => all("card-button") as HTMLButtonElement[];
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await element.updateComplete;
};
/** Payloads as they went over the wire. */
const sent = (): unknown[] => backend.payloads("message_send").map((payload) => payload.text);

async function mount(): Promise<void> {
  tab = openTab(backend, shared);
  element = document.createElement(TAG) as MasternetChat;
  element.config = readConfig({}, "https://chat.example/widget.js", "https://toko.example/");
  element.store = tab.store;
  document.body.replaceChildren(element);
  tab.store.start();
  await settled();
  element.openPanel();
  await settled();
}

async function show(card: WireCard, cardButtons: unknown[] = [], sender = "system"): Promise<void> {
  backend.post({ sender, text: "teks kartu", card, buttons: cardButtons } as never);
  await settled();
}

beforeEach(async () => {
  backend = new FakeBackend();
  shared = new MemoryStorage();
  await mount();
  tab.store.send("halo");
  await settled();
});
afterEach(() => document.body.replaceChildren());

describe("cards", () => {
  it("are drawn in place of the text, with the same figures", async () => {
    await show(CARDS.quote, QUOTE_BUTTONS);
    const card = all("message").at(-1)!;
    expect(card.dataset.card).toBe("quote");
    for (const text of ["PB-7K3F9Q2", "2,5 jam × Rp150.000", "Rp375.000", "Pajak 11%", "Rp41.250", "Rp416.250", "Termasuk uji"]) expect(card.textContent).toContain(text);
    expect(card.textContent).not.toContain("teks kartu");
    expect(buttons().map((button) => button.textContent!.trim())).toEqual(["Terima penawaran", "Tolak penawaran", "Tanya dulu"]);
  });

  it("show every kind, and text of others only as text", async () => {
    const hostile = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(hostile)
      : typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, ["need", "what", "unit", "note", "text", "holder", "bank", "reference", "target"].includes(key) ? HOSTILE : hostile(field)]))
      : value;
    for (const card of Object.values(CARDS)) await show(hostile(card) as WireCard);
    expect(all("message").slice(1).map((card) => card.dataset.card)).toEqual(Object.keys(CARDS));
    expect(element.shadowRoot!.querySelectorAll("img, script")).toHaveLength(0);
    expect(all("card-need")[0]!.textContent).toBe(HOSTILE);
  });

  it("of an unknown kind are shown as their text and buttons", async () => {
    await show({ kind: "hadiah", id: ID }, QUOTE_BUTTONS);
    expect(all("message-text").at(-1)!.textContent).toContain("teks kartu");
    buttons()[0]!.click();
    await settled();
    expect(sent().at(-1)).toBe(`#paid:accept:${ID}:1`);
  });
});

describe("pressing", () => {
  it("sends the payload once and shows the title, before and after it is stored and after a reload", async () => {
    await show(CARDS.quote, QUOTE_BUTTONS);
    backend.script = (event, payload) => (event === "message_send" && payload.text !== "halo" ? "silence" : undefined);
    const [accept] = buttons();
    accept!.click();
    accept!.click();
    await settled();
    expect(all("message-text").at(-1)!.textContent!.trim()).toBe("Terima penawaran");
    expect(buttons().every((button) => button.disabled)).toBe(true);
    expect(sent()).toEqual(["halo", `#paid:accept:${ID}:1`]);
    await mount();
    expect(all("message-text").at(-1)!.textContent!.trim()).toBe("Terima penawaran");
    expect(buttons()[0]!.disabled).toBe(true);
    // Nobody has answered: the same press goes out again under its own id.
    const ids = new Set(backend.payloads("message_send").slice(1).map((payload) => payload.client_message_id));
    expect(ids.size).toBe(1);
  });

  it("waits with the rest of the queue while there is no connection", async () => {
    await show(CARDS.quote, QUOTE_BUTTONS);
    tab.transport.online = false;
    tab.transport.drop();
    buttons()[0]!.click();
    await settled();
    expect(sent()).toEqual(["halo"]);
    expect(all("message").at(-1)!.dataset.state).toBe("sending");
    tab.transport.goUp();
    await settled();
    expect(sent()).toEqual(["halo", `#paid:accept:${ID}:1`]);
  });

  it("can be tried again after the server has refused it", async () => {
    await show(CARDS.quote, QUOTE_BUTTONS);
    backend.script = (event) => (event === "message_send" ? refusal("invalid_message", {}, "Tidak bisa") : undefined);
    buttons()[0]!.click();
    await settled();
    expect(all("message").at(-1)!.dataset.state).toBe("failed");
    expect(buttons()[0]!.disabled).toBe(false);
  });

  it("works after other things were said and while staff have the conversation, until a later card", async () => {
    await show(CARDS.payment, PAYMENT_BUTTONS);
    tab.store.send("sebentar");
    backend.setOwner("agent");
    await settled();
    expect(buttons().map((button) => button.disabled)).toEqual([false, false]);
    await show(CARDS.receipt);
    expect(buttons()).toEqual([]);
    expect(all("outcome").map((chip) => chip.textContent)).toEqual(["Lunas"]);
    expect(all("copy")).toEqual([]);
  });

  it("asks for a person by the title, as an ordinary reply", async () => {
    await show(CARDS.quote, QUOTE_BUTTONS);
    buttons()[2]!.click();
    await settled();
    expect(sent().at(-1)).toBe("Tanya dulu");
    expect(buttons().map((button) => button.textContent!.trim())).toEqual(["Terima penawaran", "Tolak penawaran"]);
  });

  it("sends a chosen star with the button below, and keeps it", async () => {
    await show(CARDS.done, STARS);
    (all("star")[3] as HTMLInputElement).dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
    expect(sent()).toEqual(["halo"]);
    element.shadowRoot!.querySelector<HTMLFormElement>("form.rating")!.requestSubmit();
    await settled();
    expect(sent().at(-1)).toBe(`#paid-rating:4:${ID}`);
    expect(one("rated").dataset.score).toBe("4");
    expect(all("star")).toEqual([]);
  });
});

describe("paying", () => {
  it("copies what has to be typed, and says so to screen readers", async () => {
    const written: string[] = [];
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: async (text: string) => void written.push(text) } });
    await show(CARDS.payment, PAYMENT_BUTTONS);
    for (const button of all("copy")) {
      button.click();
      await settled();
    }
    expect(written).toEqual(["416417", "123456"]);
    expect(one("copy-news").textContent).toBe("Rekening BCA 123 456 tersalin.");
    expect(all("copy").map((button) => button.classList.contains("done"))).toEqual([false, true]);
    expect(one("copy-news").closest("[role=log]")).toBeNull();
    vi.unstubAllGlobals();
  });

  it("opens only pages that are safe to open", async () => {
    await show({ ...CARDS.payment, accounts: [], method: "midtrans", url: "https://app.midtrans.com/snap/x" });
    expect(all("pay-link")).toEqual([]);
    await show({ ...CARDS.payment, accounts: [], method: "midtrans", url: "https://app.midtrans.com/snap/y" }, PAYMENT_BUTTONS);
    expect(one("pay-link").getAttribute("href")).toBe("https://app.midtrans.com/snap/y");
    expect(one("pay-link").getAttribute("rel")).toContain("noopener");
    await show({ ...CARDS.payment, accounts: [], method: "midtrans", url: "javascript:alert(1)" }, PAYMENT_BUTTONS);
    expect(all("pay-link")).toEqual([]);
    expect(all("message").at(-1)!.textContent).toContain("tidak dapat dibuka");
  });

  it("lets the clock go on without a word", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    vi.setSystemTime("2029-12-31T23:00:00Z");
    await show(CARDS.payment, PAYMENT_BUTTONS);
    const clock = one("until").querySelector("[role=timer]")!;
    expect(clock.textContent).toBe("sisa 1 jam");
    expect(clock.getAttribute("aria-live")).toBe("off");
    const text = clock.firstChild;
    vi.advanceTimersByTime(20 * 60_000);
    expect(clock.textContent).toBe("sisa 40 menit");
    vi.advanceTimersByTime(41 * 60_000);
    expect(clock.textContent).toBe("waktu habis");
    // The text changes in its node: nothing is added, which is what the log tells of.
    expect(clock.firstChild).toBe(text);
    vi.useRealTimers();
  });
});
