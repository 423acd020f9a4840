import type { ChatMessage, QuickReply } from "../../shared/protocol";
import type { Handover } from "../../shared/handover";
import type { OutboxItem } from "../../shared/outbox";
import { isPaidButton } from "./paid-cards";

/** A star of a rating: the button that is pressed when it is chosen. */
export interface Star extends QuickReply {
  score: number;
}

const RATING = /^#(?:rating:([1-5])$|paid-rating:([1-5]):)/;

/** The stars among a message's buttons, from one up; empty where it asks for no rating. */
export function starsOf(buttons: readonly QuickReply[]): Star[] {
  return buttons
    .flatMap((button) => {
      const match = RATING.exec(button.payload);
      return match ? [{ ...button, score: Number(match[1] ?? match[2]) }] : [];
    })
    .sort((a, b) => a.score - b.score);
}

/** Every other button. */
export function plainButtons(buttons: readonly QuickReply[]): QuickReply[] {
  return buttons.filter(({ payload }) => !RATING.test(payload));
}

/** Those that are an answer to what was said last; those of a card of paid support live longer. */
export const ordinaryButtons = (buttons: readonly QuickReply[]): QuickReply[] => buttons.filter((button) => !isPaidButton(button));

/** The message whose ordinary buttons may be pressed: the newest that has some, until anybody has written again. */
export function openReplies(
  messages: readonly ChatMessage[],
  unsent: readonly OutboxItem[],
  handover: Handover,
): ChatMessage | null {
  // A person reads what is sent now, and makes nothing of a button.
  if (handover.owner === "agent" || unsent.some((item) => item.failure === null)) return null;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]!;
    if (ordinaryButtons(message.buttons).length && (message.sender === "bot" || message.sender === "system")) return message;
    // Notices say something in passing; everybody else's message goes on with the talk.
    if (message.sender !== "system") return null;
  }
  return null;
}
