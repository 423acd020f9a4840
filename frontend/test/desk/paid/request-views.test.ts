// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settled } from "../../support/dom";
import { ADMIN, AGENT, all, app, click, close, desk, fill, HOSTILE, mount, one, permit, posts, prepare, request, submit } from "./paid-page";

beforeEach(prepare);
afterEach(close);

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
    permit(AGENT);
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
    permit(AGENT);
    await mount("/desk/berbayar/p-1");
    await click("paid-quote");
    await fill("line-what", "Besar");
    await fill("line-price", "6.000.000");
    expect(one("needs-approval").textContent).toContain("Rp5.000.000");
    await submit("quote-send");
    expect(all("paid-approve")).toEqual([]);
    permit(ADMIN);
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
    permit(AGENT);
    await mount("/desk/berbayar/p-11");
    expect([...all("paid-refund"), ...all("payment-returned")]).toEqual([]);
    app.remove();
    permit(ADMIN);
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
