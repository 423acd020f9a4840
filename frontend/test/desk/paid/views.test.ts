// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakePaid, PAID_ROUTES } from "../../../dev/fake-paid.mjs";
import { Refusal } from "../../../dev/fake-console-routes.mjs";
import { defineElements } from "../../../src/desk/elements";
import { Desk } from "../../../src/desk/state/desk";
import type { DeskTransport } from "../../../src/desk/state/live";
import type { DeskApp } from "../../../src/desk/views/desk-app";
import { SafeStorage } from "../../../src/shared/storage";
import { scriptedFetch, type Call, type Reply } from "../../support/desk";
import { MemoryStorage } from "../../support/fake-backend";

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> <!--?lit$1$-->';
const ADMIN = ["signed_in", "serve", "lead", "administer"];
const AGENT = ["signed_in", "serve"];

class SilentTransport implements DeskTransport {
  connected = false;
  listen = (): void => undefined;
  on = (): void => undefined;
  connect = (): void => undefined;
  reconnect = (): void => undefined;
  close = (): void => undefined;
  request = (): Promise<never> => Promise.reject(new Error("not connected"));
}

interface FakeRequest {
  id: string;
  state: string;
  payments: { amount: number }[];
  quotes: { lines: object[] }[];
  work: object[];
  changes: object[];
}
type Route = [string, string, (desk: object, context: object) => [number, unknown]];

let paid: FakePaid;
let calls: Call[];
let desk: Desk;
let app: DeskApp;
let path: string;
let permissions: string[];

const all = (id: string): HTMLElement[] => [...app.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const one = (id: string): HTMLElement => all(id)[0]!;
const request = (id: string): FakeRequest => (paid.requests as unknown as FakeRequest[]).find((one) => one.id === id)!;
const posts = (): Call[] => calls.filter((call) => call.method === "POST");
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 15; turn += 1) await new Promise((done) => setTimeout(done, 0));
};
async function fill(id: string, value: string, index = 0): Promise<void> {
  const field = all(id)[index] as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
}
async function click(id: string): Promise<void> {
  one(id).click();
  await settled();
}
async function submit(id: string): Promise<void> {
  (one(id).closest("form") as HTMLFormElement).requestSubmit();
  await settled();
}

const me = (): Record<string, unknown> => ({ id: "u-rina", username: "rina", display_name: "Rina", roles: ["agent"], permissions, presence: "online", max_chats: 4 });

function answer(call: Call): Reply {
  const url = new URL(call.path, "http://desk");
  if (url.pathname === "/session") return { body: { me: me(), csrf_token: "t" } };
  for (const [method, pattern, handler] of PAID_ROUTES as unknown as Route[]) {
    const match = method === call.method && new RegExp(`^${pattern.replace(/:[a-z]+/g, "([^/]+)")}$`).exec(url.pathname);
    if (!match) continue;
    try {
      const [status, body] = handler({ paid }, { me: me(), id: match[1], body: call.body, query: url.searchParams });
      return { status, body };
    } catch (error) {
      const { status, code, message, data } = error as { status: number; code: string; message: string; data: object };
      return { status, body: { error: { code, message, data } } };
    }
  }
  return { status: 404, body: {} };
}

async function mount(at: string): Promise<void> {
  path = at;
  const scripted = scriptedFetch(answer);
  calls = scripted.calls;
  const [local, tab] = [new MemoryStorage(), new MemoryStorage()];
  desk = new Desk({
    fetch: scripted.fetch,
    transport: new SilentTransport(),
    local: new SafeStorage("l:", () => local),
    tab: new SafeStorage("t:", () => tab),
    address: { current: () => path, push: (next) => (path = next) },
    alert: () => undefined,
    attentive: () => true,
  });
  app = document.createElement("desk-app") as DeskApp;
  app.desk = desk;
  document.body.append(app);
  desk.start();
  await settled();
}

beforeEach(() => {
  defineElements();
  permissions = ADMIN;
  paid = new FakePaid({ conversations: [], space: { emit: () => undefined } } as never, Refusal);
});
afterEach(() => {
  app.remove();
  desk.live.stop();
  desk.deliveries.stop();
  desk.clock.stop();
  desk.list.stop();
  desk.paid.stop();
  vi.restoreAllMocks();
});

describe("the board", () => {
  it("shows each request in the column of its state, with counts and badge", async () => {
    await mount("/desk/berbayar");
    expect(all("column-count").map((count) => count.textContent)).toEqual(["3", "2", "3", "1", "1", "5"]);
    expect(all("paid-row")).toHaveLength(15);
    expect(one("nav-paid").textContent).toContain("4");
    expect(one("nav-paid").textContent).toContain("menunggu staf");
    expect(all("waits")).toHaveLength(1);
    expect(all("export")).toHaveLength(1);
  });

  it("is walked with arrow keys, and opened with a link", async () => {
    await mount("/desk/berbayar");
    const key = (name: string): unknown => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    const [first] = all("paid-row");
    first!.focus();
    const columns = all("column").map((column) => [...column.querySelectorAll<HTMLElement>(".ticket")]);
    key("ArrowDown");
    expect(document.activeElement).toBe(columns[0]![1]);
    key("ArrowRight");
    expect(document.activeElement).toBe(columns[1]![1]);
    key("ArrowRight");
    key("ArrowRight");
    expect(document.activeElement).toBe(columns[3]![0]);
    key("ArrowUp");
    expect(document.activeElement).toBe(columns[3]![0]);
    (document.activeElement as HTMLElement).click();
    await settled();
    expect(path).toBe("/desk/berbayar/p-9");
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await settled();
    expect(path).toBe("/desk/berbayar");
  });

  it("skips columns in which there is nothing", async () => {
    request("p-9").state = "done";
    await mount("/desk/berbayar");
    const columns = all("column").map((column) => [...column.querySelectorAll<HTMLElement>(".ticket")]);
    columns[2]![0]!.focus();
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
    expect(document.activeElement).toBe(columns[4]![0]);
  });

  it("opens with g and p, and leaves the export to leads", async () => {
    permissions = AGENT;
    await mount("/desk/");
    for (const key of ["g", "p"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await settled();
    expect(path).toBe("/desk/berbayar");
    expect(all("export")).toEqual([]);
  });

  it("imports a bank statement and says what became of each line", async () => {
    await mount("/desk/berbayar");
    await click("statement-open");
    const { amount } = request("p-7").payments[0]!;
    const csv = `27/11/2026;TRANSFER;${amount}\n27/11/2026;${HOSTILE.replace(/;/g, "")};250.000\n`;
    Object.defineProperty(one("statement-file"), "files", { value: [new File([csv], "mutasi.csv")] });
    await submit("statement-send");
    expect(all("statement-matched")).toHaveLength(1);
    expect(all("statement-unmatched")[0]!.textContent).toContain(HOSTILE);
    expect(app.querySelectorAll("img, script")).toHaveLength(0);
    expect(request("p-7").state).toBe("paid");
  });

  it("reads no file that is far too large", async () => {
    await mount("/desk/berbayar");
    await click("statement-open");
    Object.defineProperty(one("statement-file"), "files", { value: [{ size: 8_000_001, text: () => Promise.reject(new Error("read")) }] });
    await submit("statement-send");
    expect(one("statement-error").textContent).toContain("terlalu besar");
    expect(posts()).toEqual([]);
  });
});

describe("a request", () => {
  it("shows text of others only as text", async () => {
    const shown = request("p-10");
    Object.assign(shown, { need: HOSTILE, target: HOSTILE, email: HOSTILE, phone: HOSTILE, staff: HOSTILE });
    Object.assign(shown.quotes[0]!, { note: HOSTILE, created_by: HOSTILE });
    Object.assign(shown.quotes[0]!.lines[0]!, { what: HOSTILE, unit: HOSTILE });
    Object.assign(shown.payments[0]!, { method: HOSTILE, evidence: HOSTILE });
    Object.assign(shown.work[0]!, { text: HOSTILE, staff: HOSTILE });
    Object.assign(shown.changes[0]!, { event: HOSTILE, staff: HOSTILE, reason: HOSTILE });
    await mount("/desk/berbayar/p-10");
    expect(one("paid-detail").querySelector("h1")!.textContent).toBe(HOSTILE);
    expect(one("work").parentElement!.textContent).toContain(HOSTILE);
    expect(app.querySelectorAll("img, script, iframe")).toHaveLength(0);
    desk.router.go("/desk/berbayar");
    await settled();
    expect(app.querySelectorAll("img, script, iframe")).toHaveLength(0);
  });

  it("is quoted with items of the price list and free lines, its sums following what is typed", async () => {
    permissions = AGENT;
    await mount("/desk/berbayar/p-1");
    await click("paid-quote");
    await fill("price-item", "2");
    await click("line-add");
    await fill("line-what", "Pengerasan", 1);
    await fill("line-quantity", "2,5", 1);
    await fill("line-price", "150.000", 1);
    expect(all("line-sum").map((sum) => sum.textContent)).toEqual(["Rp750.000", "Rp375.000"]);
    expect(["subtotal", "tax", "total"].map((name) => one(`sum-${name}`).textContent)).toEqual(["Rp1.125.000", "Rp123.750", "Rp1.248.750"]);
    expect(one("quote-preview").shadowRoot!.querySelector("[data-testid=quote-total]")!.textContent).toBe("Rp1.248.750");
    await fill("quote-note", " segera ");
    await submit("quote-send");
    expect(posts()[0]!.body).toMatchObject({
      lines: [{ what: "Pembersihan malware", quantity: "1", unit: "website", unit_price: 750_000 }, { what: "Pengerasan", quantity: "2.5", unit: "jam", unit_price: 150_000 }],
      valid_days: 7, note: "segera",
    });
    expect(one("paid-detail").dataset.state).toBe("quoted");
    expect(all("quote-form")).toEqual([]);
    expect(desk.paid.request.draft("p-1")).toBeNull();
  });

  it("is not quoted with a field missing: the first one gets the focus", async () => {
    await mount("/desk/berbayar/p-1");
    await click("paid-quote");
    await fill("line-what", "Kerja");
    await fill("line-price", "1,5");
    await submit("quote-send");
    expect(posts()).toEqual([]);
    expect((document.activeElement as HTMLInputElement).name).toBe("lines.0.price");
    expect(document.activeElement!.getAttribute("aria-invalid")).toBe("true");
    expect(one("quote-error").textContent).toContain("rupiah bulat");
  });

  it("keeps what was typed over a look at another page", async () => {
    await mount("/desk/berbayar/p-1");
    await click("paid-quote");
    await fill("line-what", "Setengah jadi");
    desk.router.go("/desk/berbayar");
    await settled();
    desk.router.go("/desk/berbayar/p-1");
    await settled();
    expect((one("line-what") as HTMLInputElement).value).toBe("Setengah jadi");
  });

  it("says when an administrator has to agree, and lets one do so", async () => {
    permissions = AGENT;
    await mount("/desk/berbayar/p-1");
    await click("paid-quote");
    await fill("line-what", "Besar");
    await fill("line-price", "6.000.000");
    expect(one("needs-approval").textContent).toContain("Rp5.000.000");
    await submit("quote-send");
    expect(all("paid-approve")).toEqual([]);
    permissions = ADMIN;
    app.remove();
    await mount("/desk/berbayar/p-1");
    await click("paid-approve");
    await submit("paid-submit");
    expect(posts().at(-1)!.path).toBe("/paid-requests/p-1/quotes/1/approve");
    expect(one("paid-detail").dataset.state).toBe("quoted");
  });

  it("explains Hak 4 when it is out of the field, and offers no quote then", async () => {
    await mount("/desk/berbayar/p-1");
    await click("paid-reject");
    expect(one("paid-dialog").textContent).toContain("Hak 4");
    await submit("paid-submit");
    expect(posts()[0]).toMatchObject({ path: "/paid-requests/p-1/reject", body: { reason: "out_of_field" } });
    expect(all("paid-quote")).toEqual([]);
  });

  it("asks for a reason where only the staff know it", async () => {
    await mount("/desk/berbayar/p-1");
    await click("paid-reject");
    (one("reject-other") as HTMLInputElement).click();
    await settled();
    await submit("paid-submit");
    expect(posts()).toEqual([]);
    await fill("paid-note", "Jadwal penuh");
    await submit("paid-submit");
    expect(posts()[0]!.body).toMatchObject({ reason: "other", note: "Jadwal penuh" });
    expect(one("paid-history").querySelector("q")!.textContent).toBe("Alasan lain: Jadwal penuh");
  });

  it("books a transfer with amount and evidence", async () => {
    await mount("/desk/berbayar/p-7");
    await click("paid-payment");
    await fill("paid-amount", "1,5");
    await submit("paid-submit");
    expect(one("paid-error").textContent).toContain("rupiah bulat");
    await fill("paid-amount", "1.000");
    await fill("paid-evidence", "mutasi");
    await submit("paid-submit");
    expect(one("paid-error").textContent).toContain("jumlah uang");
    await fill("paid-amount", String(request("p-7").payments[0]!.amount));
    await submit("paid-submit");
    expect(all("paid-dialog")).toEqual([]);
    expect(one("paid-detail").dataset.state).toBe("paid");
    await click("paid-start");
    expect(one("paid-detail").dataset.state).toBe("in_progress");
  });

  it("keeps a work log, and tells the customer where wanted", async () => {
    await mount("/desk/berbayar/p-10");
    await fill("work-text", "Tarif kurir diperbaiki");
    await fill("work-minutes", "45");
    (one("work-tell") as HTMLInputElement).checked = true;
    await submit("work-save");
    expect(posts()[0]!.body).toMatchObject({ text: "Tarif kurir diperbaiki", minutes: 45, tell: true });
    expect(one("work").textContent).toContain("Tarif kurir diperbaiki");
    expect((one("work-text") as HTMLTextAreaElement).value).toBe("");
    await click("paid-finish");
    await submit("paid-submit");
    expect(one("paid-detail").dataset.state).toBe("done");
  });

  it("leaves refunds and surplus to administrators", async () => {
    permissions = AGENT;
    await mount("/desk/berbayar/p-11");
    expect([...all("paid-refund"), ...all("payment-returned")]).toEqual([]);
    app.remove();
    permissions = ADMIN;
    await mount("/desk/berbayar/p-11");
    await click("payment-returned");
    await fill("paid-evidence", "transfer balik");
    await submit("paid-submit");
    expect(posts()[0]).toMatchObject({ path: "/paid-payments/o-10-2/returned", body: { evidence: "transfer balik" } });
    expect(all("payment").map((payment) => payment.dataset.state)).toEqual(["settled", "returned"]);
    await click("paid-refund");
    await fill("paid-reason", "tidak puas");
    await submit("paid-submit");
    expect(one("paid-detail").dataset.state).toBe("refunded");
  });

  it("says when it does not exist", async () => {
    await mount("/desk/berbayar/p-99");
    expect(one("paid-detail").textContent).toContain("tidak ditemukan");
  });
});
