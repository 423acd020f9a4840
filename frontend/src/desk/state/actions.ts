import { ApiError, errorText, type ApiClient } from "../../console/state/api";
import { readDetail } from "./readers";
import type { CloseReason, Detail, Row, State } from "./types";

export type Action = "accept" | "take-over" | "transfer" | "return" | "hand-back" | "close";
export type ActionBody = { to?: string; note?: string; reason?: CloseReason };
export type ActionResult = { ok: true; detail: Detail | null } | { ok: false; message: string; stale: boolean };

/** What may be done with a conversation as it stands; the server has the last word. */
export function actionsFor(row: Pick<Row, "state" | "agent">, myId: string | null, lead: boolean): Action[] {
  const mine = row.agent?.id === myId;
  const byState: Record<State, Action[]> = {
    queue: ["accept", "close"],
    bot: ["take-over", "close"],
    closed: ["take-over"],
    agent: mine || lead ? ["transfer", "return", "hand-back", "close"] : [],
  };
  return byState[row.state];
}

/** Does `action`; a conflict is told in words, and `stale` says that what is on screen is no longer so. */
export async function perform(api: ApiClient, id: string, action: Action, body: ActionBody = {}): Promise<ActionResult> {
  try {
    const answer = await api.post(`/conversations/${encodeURIComponent(id)}/${action}`, { ...body });
    return { ok: true, detail: readDetail(answer) };
  } catch (error) {
    return { ok: false, message: conflictText(error), stale: error instanceof ApiError && error.status === 409 };
  }
}

function conflictText(error: unknown): string {
  if (!(error instanceof ApiError)) return errorText(error);
  const { code, data } = error;
  if (code === "conversation_taken" && typeof data.agent_name === "string") return `Sudah diambil ${data.agent_name}.`;
  if (code === "chat_limit" && typeof data.max === "number") {
    return `Batas ${data.max} chat sekaligus sudah tercapai. Selesaikan salah satu dulu, atau pilih staf lain.`;
  }
  if (code === "account_invalid" && data.field === "to") return "Staf itu tidak sedang bertugas. Pilih staf lain.";
  return errorText(error);
}
