import type { KnownCard } from "../../shared/paid/cards";
import { STATE_LABELS } from "../../shared/paid/words";
import type { OutboxItem } from "../../shared/outbox";
import type { ChatMessage, QuickReply } from "../../shared/protocol";

/** How a card of paid support stands in the talk as a whole. */
export interface CardStanding {
  /** Its buttons may be pressed: no later card is about the same request. */
  live: boolean;
  /** One of them was pressed, and nobody has answered yet. */
  busy: boolean;
  /** What has become of it, where a later card says so. */
  outcome: string | null;
}

const PAYLOAD = /^#paid(?:-rating)?:/;

export const isPaidButton = (button: QuickReply): boolean => PAYLOAD.test(button.payload);

/** Those that live as long as their card; every other button is an ordinary quick reply. */
export const paidButtons = (buttons: readonly QuickReply[]): QuickReply[] => buttons.filter(isPaidButton);

/** The request that a message is about; the buttons say it as well where its card cannot be read. */
function requestOf(message: ChatMessage): string | null {
  if (message.sender === "customer") return null;
  return message.card?.id ?? paidButtons(message.buttons)[0]?.payload.split(":")[2] ?? null;
}

/** The standing of every message that has a card of a request, or buttons of one, by seq. */
export function standings(messages: readonly ChatMessage[], unsent: readonly OutboxItem[]): Map<number, CardStanding> {
  const found = new Map<number, CardStanding>();
  const byRequest = new Map<string, ChatMessage[]>();
  for (const message of messages) {
    const request = requestOf(message);
    if (!request) continue;
    const cards = byRequest.get(request) ?? [];
    byRequest.set(request, [...cards, message]);
  }
  const last = lastTalk(messages);
  for (const cards of byRequest.values()) {
    cards.forEach((message, index) => {
      const later = cards.slice(index + 1);
      const live = later.length === 0 && message.buttons.some(isPaidButton);
      found.set(message.seq, { live, busy: live && isBusy(message, last, unsent), outcome: outcomeOf(message, later) });
    });
  }
  return found;
}

/** The newest messages, as far as nobody but the customer has written them. */
function lastTalk(messages: readonly ChatMessage[]): ChatMessage[] {
  let index = messages.length;
  while (index > 0 && messages[index - 1]!.sender === "customer") index -= 1;
  return messages.slice(index);
}

/** Pressed now, or stored already: there only the title is left of it. */
function isBusy(message: ChatMessage, last: readonly ChatMessage[], unsent: readonly OutboxItem[]): boolean {
  return paidButtons(message.buttons).some(
    ({ payload, title }) =>
      unsent.some((item) => item.failure === null && item.text === payload) || last.some((one) => one.text === title && one.seq > message.seq),
  );
}

const AGREED: readonly string[] = ["choose_payment", "payment", "receipt", "progress", "done"];
const PAID: readonly string[] = ["receipt", "progress", "done"];

function outcomeOf(message: ChatMessage, later: readonly ChatMessage[]): string | null {
  const { card } = message;
  if (card?.kind !== "quote" && card?.kind !== "choose_payment" && card?.kind !== "payment") return null;
  for (const { card: next } of later) {
    if (!next || next.kind === "unknown" || next.kind === "status") continue;
    const outcome = after(card.kind, next);
    if (outcome) return outcome;
  }
  return null;
}

function after(kind: "quote" | "choose_payment" | "payment", next: Exclude<KnownCard, { kind: "status" }>): string | null {
  if (next.kind === "closed") return STATE_LABELS[next.state];
  if (next.kind === "quote") return "Diganti";
  if (kind === "quote") return AGREED.includes(next.kind) ? "Disetujui" : null;
  if (PAID.includes(next.kind)) return "Lunas";
  return kind === "payment" && next.kind === "payment" ? "Diganti" : null;
}
