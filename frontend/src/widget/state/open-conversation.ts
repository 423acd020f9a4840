import { isRecord, readError, retryAfterMs, type ConversationKey } from "../../shared/protocol";

/** Opening failed; `retryMs` is set when the server named a time. */
export class OpeningFailed extends Error {
  constructor(readonly retryMs: number | null) {
    super("conversation could not be opened");
  }
}

export type OpenConversation = () => Promise<ConversationKey>;

/** Opens a conversation over HTTP; without a body and headers, so that no CORS preflight is needed. */
export function httpOpener(server: string): OpenConversation {
  return async () => {
    const response = await fetch(`${server}/api/v1/conversations`, {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(15_000),
    });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      const error = readError(isRecord(body) ? body.error : null);
      throw new OpeningFailed(error.code === "rate_limited" ? retryAfterMs(error) : null);
    }
    if (!isRecord(body) || typeof body.conversation_id !== "string" || typeof body.token !== "string") {
      throw new OpeningFailed(null);
    }
    return { conversationId: body.conversation_id, token: body.token };
  };
}
