import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Emitter } from "../../shared/emitter";
import { messageLength } from "../../shared/protocol";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { kbd } from "../../console/parts/pieces";
import { errorText } from "../../console/state/api";
import { CannedPicker, type Picked } from "../state/canned-picker";
import type { DraftKind } from "../state/drafts";
import { splice } from "../state/slash";
import { MAX_REPLY_LENGTH } from "../state/types";
import { fillVariables, findBlank } from "../state/variables";
import type { DeskLog } from "./desk-log";
import { cannedMenuView } from "./canned-menu-view";

const COUNTER_FROM = MAX_REPLY_LENGTH - 400;

/** The field for replies and internal notes. */
export class DeskComposer extends DeskElement {
  private readonly picker = new CannedPicker(() => this.desk.canned.replies);
  private hint: string | null = null;
  private busy = false;

  protected override watched(): Emitter[] {
    return [this.desk.conversation, this.desk.ui, this.desk.canned];
  }

  write(kind: DraftKind): boolean {
    if (kind === "reply" && !this.desk.conversation.isMine) return false;
    this.desk.ui.set({ noting: kind === "note" });
    this.picker.close();
    void this.updateComplete.then(() => this.field?.focus());
    return true;
  }

  openCanned(): boolean {
    if (!this.write("reply")) return false;
    void this.updateComplete.then(() => this.insert("/", this.field?.selectionStart ?? 0));
    return true;
  }

  insertSuggestion(index: number): boolean {
    const suggestion = this.desk.conversation.beside.suggestions[index];
    if (!suggestion || !this.write("reply")) return false;
    void this.updateComplete.then(() => this.insert(suggestion.text, this.field?.selectionStart ?? 0));
    return true;
  }

  protected override updated(): void {
    const { field } = this;
    if (!field) return;
    // The field grows with its text; through CSSOM, which the Content-Security-Policy allows.
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${Math.min(field.scrollHeight + 2, 220)}px`);
  }

  protected override render(): TemplateResult {
    const { conversation } = this.desk;
    if (!this.noting && !conversation.isMine) return this.barred();
    return html`<div class="composer ${this.noting ? "noting" : ""}">
      ${this.menu()}
      ${this.noting ? nothing : this.suggestions()}
      <form @submit=${(event: Event) => this.submitted(event)}>
        ${this.modes()} ${this.area()} ${this.foot()}
      </form>
    </div>`;
  }

  private get noting(): boolean {
    return this.desk.ui.noting;
  }

  private get kind(): DraftKind {
    return this.noting ? "note" : "reply";
  }

  private get draft(): string {
    const { id } = this.desk.conversation;
    return id === null ? "" : this.desk.drafts.get(id, this.kind);
  }

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private menu(): TemplateResult | typeof nothing {
    const { slash, found, active } = this.picker;
    if (!slash) return nothing;
    return cannedMenuView({ replies: found, query: slash.query, active, choose: (reply) => this.fill(this.picker.choose(reply)) });
  }

  private barred(): TemplateResult {
    const { detail } = this.desk.conversation;
    const why = {
      bot: "Dijawab bot. Ambil alih untuk membalas.",
      queue: "Pelanggan menunggu. Terima untuk membalas.",
      agent: `Ditangani ${detail?.agent?.displayName ?? "staf lain"}.`,
      closed: "Percakapan selesai. Ambil alih untuk melanjutkan.",
    }[detail?.state ?? "bot"];
    return html`<div class="composer barred"><span data-testid="barred">${why}</span>
      <button class="button small" type="button" data-testid="note-mode" @click=${() => this.write("note")}>${icons.note} Tulis catatan ${kbd("n")}</button>
    </div>`;
  }

  private suggestions(): TemplateResult | typeof nothing {
    const { suggestions } = this.desk.conversation.beside;
    if (!suggestions.length) return nothing;
    return html`<div class="suggestions" role="group" aria-label="Saran butir">
      ${suggestions.map(
        (one, index) => html`<button class="suggestion" type="button" data-testid="suggestion" data-clause=${one.clause} title=${one.text}
          @click=${() => this.insertSuggestion(index)}>${kbd(`Alt ${index + 1}`)}<b>${one.label}</b><span class="ellipsis">${one.title}</span></button>`,
      )}
    </div>`;
  }

  private modes(): TemplateResult {
    const { isMine } = this.desk.conversation;
    return html`<div class="modes" role="group" aria-label="Jenis tulisan">
      <button type="button" data-testid="reply-mode" aria-pressed=${!this.noting} ?disabled=${!isMine} @click=${() => this.write("reply")}>Balasan</button>
      <button type="button" data-testid="note-mode" aria-pressed=${this.noting} @click=${() => this.write("note")}>${icons.note} Catatan internal</button>
      ${this.noting && !isMine
        ? html`<button class="modes-close" type="button" data-testid="note-cancel" @click=${() => this.desk.ui.set({ noting: false })}>Batal</button>`
        : nothing}
    </div>`;
  }

  private area(): TemplateResult {
    const { slash, found, active } = this.picker;
    const over = this.length > MAX_REPLY_LENGTH;
    return html`<textarea
      data-testid=${this.noting ? "note-input" : "composer"}
      rows="2"
      enterkeyhint=${this.noting ? "done" : "send"}
      placeholder=${this.noting ? "Hanya terlihat oleh staf" : "Tulis balasan… ketik / untuk balasan cepat"}
      aria-label=${this.noting ? "Catatan internal" : "Balasan untuk pelanggan"}
      aria-invalid=${over ? "true" : nothing}
      aria-controls=${found.length ? "canned-options" : nothing}
      aria-activedescendant=${slash && found.length ? `canned-${active}` : nothing}
      .value=${live(this.draft)}
      @input=${() => this.typed()}
      @click=${() => this.look()}
      @keydown=${(event: KeyboardEvent) => this.keyPressed(event)}
    ></textarea>`;
  }

  private get length(): number {
    return messageLength(this.draft.trim());
  }

  private foot(): TemplateResult {
    const length = this.length;
    const over = length > MAX_REPLY_LENGTH;
    return html`<div class="composer-foot">
      ${this.noting
        ? nothing
        : html`<button class="icon-button small" type="button" data-testid="canned-button" aria-label="Balasan cepat" title="Balasan cepat (/)"
            @click=${() => this.openCanned()}>${icons.canned}</button>`}
      <span class="composer-hint" role="status">${this.hint ?? nothing}</span>
      ${length >= COUNTER_FROM ? html`<span class="counter ${over ? "over" : ""}" data-testid="counter">${length}/${MAX_REPLY_LENGTH}</span>` : nothing}
      <button class="button primary small" type="submit" data-testid=${this.noting ? "note-save" : "send"} ?disabled=${length === 0 || over || this.busy}>
        ${this.noting ? html`${icons.note} Simpan catatan` : html`${icons.send} Kirim`}
      </button>
    </div>`;
  }

  private typed(): void {
    const { field } = this;
    const { id } = this.desk.conversation;
    if (!field || id === null) return;
    this.hint = null;
    this.desk.drafts.set(id, this.kind, field.value);
    if (!this.noting) this.desk.conversation.agentTypes(field.value);
    this.look();
  }

  /** Whether the caret stands in a search for a canned reply. */
  private look(): void {
    const { field } = this;
    if (field && !this.noting) this.picker.look(field.value, field.selectionStart);
    else this.picker.close();
    this.requestUpdate();
  }

  private keyPressed(event: KeyboardEvent): void {
    // 229 is what Safari and Android report for the Enter that ends a composition.
    if (event.isComposing || event.keyCode === 229) return;
    const picked = this.picker.press(event.key, event.shiftKey);
    const sends = picked === null && event.key === "Enter" && !event.shiftKey && !event.altKey;
    if (picked === null && !sends) return;
    event.preventDefault();
    if (sends) void this.submit();
    else if (picked !== "used") this.fill(picked);
    this.requestUpdate();
  }

  private fill(picked: Picked | null): void {
    const { session, conversation, clock } = this.desk;
    if (!picked) return;
    const text = fillVariables(picked.reply.text, conversation.detail, session.me?.displayName ?? "", clock.now);
    this.insert(text, picked.slash.start, picked.slash.end);
  }

  private insert(text: string, start: number, end = start): void {
    const { field } = this;
    const { id } = this.desk.conversation;
    if (!field || id === null) return;
    const result = splice(field.value, start, end, text);
    field.value = result.text;
    this.desk.drafts.set(id, this.kind, result.text);
    field.focus();
    field.setSelectionRange(result.caret, result.caret);
    this.selectBlank();
    this.desk.conversation.agentTypes(result.text);
    this.look();
  }

  /** True when something is still to be filled in; it is selected, so that typing replaces it. */
  private selectBlank(): boolean {
    const { field } = this;
    const blank = field && !this.noting ? findBlank(field.value) : null;
    this.hint = blank ? `Isi dulu: ${blank.label}` : null;
    if (!field || !blank) return false;
    field.focus();
    field.setSelectionRange(blank.start, blank.end);
    return true;
  }

  private submitted(event: Event): void {
    event.preventDefault();
    void this.submit();
  }

  private async submit(): Promise<void> {
    const { conversation, drafts, toasts } = this.desk;
    const { id } = conversation;
    const text = this.draft.trim();
    const { kind } = this;
    if (id === null || this.busy || !text || messageLength(text) > MAX_REPLY_LENGTH) return;
    if (this.selectBlank()) return this.requestUpdate();
    this.picker.close();
    if (kind === "reply") {
      drafts.set(id, "reply", "");
      conversation.agentSends(text);
    } else {
      this.busy = true;
      try {
        await conversation.beside.addNote(text);
        drafts.set(id, "note", "");
        // Back to replies, so that the next line is not put where the customer does not see it.
        this.desk.ui.set({ noting: false });
      } catch (error) {
        toasts.error(errorText(error));
      }
      this.busy = false;
    }
    this.requestUpdate();
    this.field?.focus();
    this.closest("desk-conversation")?.querySelector<DeskLog>("desk-log")?.follow();
  }
}
