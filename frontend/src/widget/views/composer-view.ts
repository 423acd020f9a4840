import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { MAX_MESSAGE_LENGTH, messageLength } from "../../shared/protocol";
import { sendIcon } from "../icons";
import { TEXTS } from "../texts";

const COUNTER_FROM = MAX_MESSAGE_LENGTH - 100;

export interface ComposerActions {
  input(text: string): void;
  submit(): void;
}

export function canSend(draft: string): boolean {
  const text = draft.trim();
  return text !== "" && messageLength(text) <= MAX_MESSAGE_LENGTH;
}

/** After closing the field stays usable: whoever writes opens the conversation again. */
export function composerView(draft: string, closed: boolean, actions: ComposerActions): TemplateResult {
  const length = messageLength(draft.trim());
  const over = length > MAX_MESSAGE_LENGTH;
  const counted = length >= COUNTER_FROM;
  const described = [closed ? "closed-hint" : "", counted ? "counter" : ""].filter(Boolean).join(" ");
  return html`<form class="composer" @submit=${(event: Event) => submitted(event, actions)}>
    ${closed ? html`<p id="closed-hint" class="hint" data-testid="closed-hint">${TEXTS.closedHint}</p>` : nothing}
    <div class="field ${over ? "over" : ""}">
      <textarea
        data-testid="input"
        rows="1"
        autocomplete="off"
        enterkeyhint="send"
        placeholder=${TEXTS.placeholder}
        aria-label=${TEXTS.input}
        aria-invalid=${over ? "true" : nothing}
        aria-describedby=${described || nothing}
        .value=${live(draft)}
        @input=${(event: Event) => actions.input((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => keyPressed(event, actions)}
      ></textarea>
      <button
        class="send"
        type="submit"
        data-testid="send"
        aria-label=${TEXTS.send}
        aria-disabled=${canSend(draft) ? "false" : "true"}
      >
        ${sendIcon}
      </button>
    </div>
    ${counted ? counterView(length, over) : nothing}
  </form>`;
}

function counterView(length: number, over: boolean): TemplateResult {
  const text = over ? TEXTS.tooLong(MAX_MESSAGE_LENGTH) : TEXTS.charactersLeft(MAX_MESSAGE_LENGTH - length);
  return html`<p id="counter" class="counter ${over ? "over" : ""}" data-testid="counter">
    ${text} (${length}/${MAX_MESSAGE_LENGTH})
  </p>`;
}

function submitted(event: Event, actions: ComposerActions): void {
  event.preventDefault();
  actions.submit();
}

function keyPressed(event: KeyboardEvent, actions: ComposerActions): void {
  // 229 is what Safari and Android report for the Enter that ends a composition.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  actions.submit();
}
