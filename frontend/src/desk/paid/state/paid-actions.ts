import { ApiError, errorText } from "../../../console/state/api";
import type { PaidRow } from "./types";
import { expectedText, fieldText, paidStateLabel, statementText } from "./words";

export type PaidAction = "quote" | "approve" | "reject" | "cancel" | "payment" | "start" | "work" | "finish" | "refund";

/** What may be done with a request as it stands, what is most likely next first; the server has the last word. */
export function paidActions(row: Pick<PaidRow, "state" | "waitsForApproval" | "outOfField" | "invoice">, admin: boolean): PaidAction[] {
  const actions: PaidAction[] = [];
  const when = (allowed: boolean, action: PaidAction): unknown => allowed && actions.push(action);
  const { state } = row;
  when(row.waitsForApproval && admin, "approve");
  when(state === "paid", "start");
  when(state === "in_progress", "finish");
  when(state === "awaiting_payment" || (state === "expired" && row.invoice !== null), "payment");
  when(["requested", "quoted", "expired", "declined"].includes(state) && !row.outOfField, "quote");
  when(["paid", "in_progress", "done"].includes(state), "work");
  when(["requested", "quoted"].includes(state), "reject");
  when(["requested", "quoted", "accepted", "awaiting_payment"].includes(state), "cancel");
  when(["paid", "in_progress", "done"].includes(state) && admin, "refund");
  return actions;
}

export const OUT_OF_FIELD =
  "Permintaan ini sudah dinyatakan di luar bidang kami (Hak 4), sehingga tidak dapat ditawarkan. Jelaskan alasannya kepada pelanggan dengan ramah.";

/** What to tell somebody whose action was refused; `stale` says that what is on screen is no longer so. */
export function refusal(error: unknown): { message: string; field: string | null; stale: boolean } {
  if (!(error instanceof ApiError)) return { message: errorText(error), field: null, stale: false };
  const { code, data, status } = error;
  const field = typeof data.field === "string" ? data.field : null;
  const stale = status === 409 || status === 404;
  if (code === "out_of_field") return { message: OUT_OF_FIELD, field, stale };
  if (code === "paid_state") {
    const now = typeof data.state === "string" ? ` Sekarang: ${paidStateLabel(data.state)}.` : "";
    return { message: `Permintaan ini sudah berubah, tindakan Anda tidak dilakukan.${now} Rincian terbaru ditampilkan.`, field, stale };
  }
  if (code === "paid_support_invalid" && field) {
    return { message: fieldText(field) + statementText(data) + expectedText(data), field, stale };
  }
  return { message: errorText(error), field, stale };
}
