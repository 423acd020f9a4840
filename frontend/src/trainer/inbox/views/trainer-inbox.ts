import { html, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { inboxCommand, type InboxCommand } from "../state/shortcuts";
import { OUTSIDE } from "../state/inbox";
import { REASONS } from "../state/types";
import type { TrainerGroup } from "./trainer-group";

/** The list of groups and, beside it, the one that is open. */
export class TrainerInbox extends TrainerElement {
  private readonly keys = (event: KeyboardEvent): void => this.keyPressed(event);
  private openBefore: string | null = null;

  protected override watched(): Emitter[] {
    return [this.trainer.inbox, this.trainer.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.keys);
    const reason = this.trainer.router.route.query.get("alasan");
    const { list } = this.trainer.inbox;
    if (list.status === "idle" || reason !== list.reason) void list.show("open", REASONS.find((one) => one === reason) ?? null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.keys);
  }

  protected override willUpdate(): void {
    const { inbox, router } = this.trainer;
    // On the way out of the inbox.
    if (router.route.page !== "inbox") return;
    // On a wide screen something is always open, so that one key decides.
    if (inbox.openId === null && inbox.list.list === "open" && this.isWide()) {
      const first = inbox.list.groups[0];
      if (first) inbox.open(first.id);
    }
  }

  protected override updated(): void {
    const { inbox } = this.trainer;
    if (inbox.openId !== this.openBefore) {
      this.openBefore = inbox.openId;
      this.querySelector("[data-testid=group-row][aria-current]")?.scrollIntoView?.({ block: "nearest" });
    }
  }

  protected override render(): TemplateResult {
    return html`<main class="review" id="main">
      <h1 class="sr">Kotak masuk</h1>
      <p class="sr" role="status" data-testid="opened">${this.trainer.inbox.group ? `Dibuka: ${this.trainer.inbox.group.text}` : ""}</p>
      <trainer-inbox-list .trainer=${this.trainer}></trainer-inbox-list>
      <trainer-group .trainer=${this.trainer}></trainer-group>
    </main>`;
  }

  private isWide(): boolean {
    return window.matchMedia?.("(min-width: 780px)").matches ?? true;
  }

  private keyPressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0] as HTMLElement;
    if (target.closest("dialog, textarea, select, input:not([type=checkbox]):not([type=radio])")) return;
    // Enter is the button's own, but for the row that is open already; arrows move within choices.
    if (event.key === "Enter" && target.closest("a:not(.group-row[aria-current]), button, summary")) return;
    if (target.closest("[type=radio]") && event.key.startsWith("Arrow")) return;
    const { inbox } = this.trainer;
    if (inbox.panel === "outside" && this.outside(event.key.toLowerCase())) return event.preventDefault();
    const command = inboxCommand(event.key);
    if (!command) return;
    event.preventDefault();
    this.run(command);
  }

  private outside(key: string): boolean {
    const choice = OUTSIDE.find((one) => one.key === key);
    if (choice) this.trainer.inbox.decide({ action: "out_of_scope", intent: choice.intent });
    return choice !== undefined;
  }

  private run(command: InboxCommand): void {
    const { inbox } = this.trainer;
    switch (command.kind) {
      case "confirm":
        return inbox.decide({ action: "confirm" });
      case "rank":
        return inbox.relabelTo(inbox.group?.ranking[command.index]?.intent);
      case "skip":
      case "ignore":
        return inbox.decide({ action: command.kind });
      case "topic":
      case "outside":
      case "edit":
      case "send":
        return inbox.toggle(command.kind);
      case "mark":
        return this.querySelector<TrainerGroup>("trainer-group")?.mark();
      case "undo":
        return void inbox.undo();
      case "next":
        return inbox.step(1);
      case "previous":
        return inbox.step(-1);
      case "back":
        return inbox.panel ? inbox.toggle(null) : this.isWide() ? undefined : inbox.open(null);
    }
  }
}
