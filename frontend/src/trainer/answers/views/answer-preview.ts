import { css, html, LitElement, type TemplateResult } from "lit";
import type { ChatMessage } from "../../../shared/protocol";
import { accentProperties, DEFAULT_COLOR } from "../../../widget/config";
import { buildTimeline } from "../../../widget/state/timeline";
import { detailStyles } from "../../../widget/styles/details";
import { messageStyles } from "../../../widget/styles/messages";
import { rootStyles, schemeStyles } from "../../../widget/styles/theme";
import { repliesView } from "../../../widget/views/log-view";
import { messageView } from "../../../widget/views/message-view";
import type { AnswerButton } from "../state/types";

const nothingHappens = (): void => undefined;
const ACTIONS = {
  ...{ choose: nothingHappens, press: nothingHappens, mark: nothingHappens, copy: nothingHappens },
  ...{ retry: nothingHappens, discard: nothingHappens },
};

/** An answer as the customer will see it: the widget's own message view and styles, in a root of their own. */
export class TrainerAnswerPreview extends LitElement {
  static override styles = [
    rootStyles,
    schemeStyles,
    messageStyles,
    detailStyles,
    css`
      :host {
        display: block;
      }
      .root {
        overflow: hidden;
        width: 100%;
        max-width: 375px;
        border: 1px solid var(--line);
        border-radius: 18px;
      }
      .scroll {
        min-height: 220px;
      }
      .replies {
        pointer-events: none;
      }
    `,
  ];
  static override properties = { text: {}, clauses: { attribute: false }, buttons: { attribute: false }, question: {}, scheme: {} };
  declare text: string;
  declare clauses: readonly string[];
  declare buttons: readonly AnswerButton[];
  /** What the customer has asked, so that the answer stands in its place. */
  declare question: string;
  declare scheme: "light" | "dark";

  /** The site's colour. Not as an attribute: the page's security policy allows no styles in the markup. */
  protected override updated(): void {
    const root = this.renderRoot.querySelector<HTMLElement>(".root");
    for (const [name, value] of Object.entries(accentProperties(DEFAULT_COLOR))) root?.style.setProperty(name, value);
  }

  protected override render(): TemplateResult {
    const now = new Date();
    const message = (seq: number, sender: "customer" | "bot", text: string): ChatMessage => ({
      ...{ seq, sender, text, senderName: null, card: null, clientMessageId: null, createdAt: now.toISOString() },
      ...(sender === "bot"
        ? { buttons: [...this.buttons], outcome: "answer", clauses: [...this.clauses], replyTo: seq - 1 }
        : { buttons: [], outcome: null, clauses: [], replyTo: null }),
    });
    const answer = message(2, "bot", this.text);
    const entries = buildTimeline([message(1, "customer", this.question), answer], [], now).filter((entry) => entry.kind === "message");
    return html`<div class="root ${this.scheme}" inert>
      <div class="body">
        <div class="scroll">
          <div class="log">${entries.map((entry) => messageView(entry, { open: null, marked: null, copied: null }, ACTIONS))}</div>
          ${this.buttons.length ? repliesView(answer, ACTIONS) : ""}
        </div>
      </div>
    </div>`;
  }
}
