import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { customerName } from "../state/labels";
import { buildTimeline } from "../state/timeline";
import { entryView } from "./message-view";

const NEAR_END_PX = 80;

/** The log of the open conversation; stays at its end unless the agent reads further up. */
export class DeskLog extends DeskElement {
  private following = true;
  private shownId: string | null = null;
  private shownSeq: number | null = null;
  private missed = false;
  private lastSeq = 0;
  private observer: ResizeObserver | null = null;
  private readonly looked = (): void => this.markRead();

  protected override watched(): Emitter[] {
    return [this.desk.conversation, this.desk.deliveries, this.desk.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("focus", this.looked);
    document.addEventListener("visibilitychange", this.looked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("focus", this.looked);
    document.removeEventListener("visibilitychange", this.looked);
    this.observer?.disconnect();
    this.observer = null;
  }

  protected override willUpdate(): void {
    const { conversation } = this.desk;
    if (conversation.id !== this.shownId) {
      this.shownId = conversation.id;
      this.shownSeq = null;
      this.following = true;
      this.missed = false;
      this.lastSeq = 0;
    }
    const last = conversation.messages.at(-1);
    if (last && last.seq > this.lastSeq) this.missed = this.lastSeq > 0 && !this.following && last.sender !== "agent";
    this.lastSeq = last?.seq ?? 0;
  }

  protected override updated(): void {
    const box = this.box;
    if (!box) return;
    if (!this.observer && typeof ResizeObserver !== "undefined") {
      this.observer = new ResizeObserver(() => this.following && this.toEnd());
      this.observer.observe(box);
    }
    if (!this.showWanted() && this.following) this.toEnd();
    this.markRead();
  }

  protected override render(): TemplateResult {
    const { conversation, deliveries, clock } = this.desk;
    const { id, detail } = conversation;
    const entries = id === null ? [] : buildTimeline(conversation.messages, conversation.beside.notes, deliveries.unsent(id), detail, clock.now);
    const actions = {
      myName: this.desk.session.me?.displayName ?? null,
      retry: (messageId: string) => id !== null && deliveries.retry(id, messageId),
      discard: (messageId: string) => id !== null && deliveries.discard(id, messageId),
    };
    const name = detail ? customerName(detail) : "";
    return html`<div class="log-scroll" tabindex="0" role="log" aria-label="Isi percakapan" aria-live="polite"
        aria-busy=${conversation.status === "loading"} @scroll=${() => this.scrolled()}>
        ${repeat(entries, (entry) => entry.key, (entry) => entryView(entry, actions))}
        ${conversation.typing
          ? html`<div class="typing ${conversation.typing}" data-testid="typing" data-sender=${conversation.typing}>
              <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
              <span>${conversation.typing === "customer" ? `${name} sedang mengetik` : conversation.typing === "bot" ? "Bot sedang menjawab" : "Staf lain sedang mengetik"}</span>
            </div>`
          : nothing}
      </div>
      ${this.missed
        ? html`<button class="jump" type="button" data-testid="jump" @click=${() => this.follow()}>${icons.down} Pesan baru</button>`
        : nothing}`;
  }

  follow(): void {
    this.following = true;
    this.missed = false;
    this.toEnd();
    this.requestUpdate();
  }

  private get box(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".log-scroll");
  }

  private toEnd(): void {
    const box = this.box;
    if (box) box.scrollTop = box.scrollHeight;
  }

  /** A message that the address asks for, as search does; once per visit. */
  private showWanted(): boolean {
    const { seq, conversationId } = this.desk.router.route;
    if (seq === null || conversationId !== this.shownId || this.shownSeq === seq) return false;
    const message = this.querySelector<HTMLElement>(`[data-testid="message"][data-seq="${seq}"]`);
    if (!message) return false;
    this.shownSeq = seq;
    this.following = false;
    message.scrollIntoView({ block: "center" });
    message.classList.add("wanted");
    return true;
  }

  private scrolled(): void {
    const box = this.box;
    if (!box || box.clientHeight === 0) return;
    this.following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (this.following && this.missed) {
      this.missed = false;
      this.requestUpdate();
    }
    if (this.following) this.markRead();
  }

  private markRead(): void {
    if (this.following && document.visibilityState === "visible" && document.hasFocus()) this.desk.conversation.markRead();
  }
}
