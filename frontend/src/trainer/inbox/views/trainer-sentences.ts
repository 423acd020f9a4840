import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { entityLabel } from "../../../console/state/labels";
import type { Emitter } from "../../../shared/emitter";
import { entityText, selectedSpan } from "../../parts/entity-text";
import { TrainerElement } from "../../parts/trainer-element";
import { ENTITY_TYPES, isMasked, marked, type DraftSentence } from "../state/draft";

const SHOWN = 6;

interface Span {
  index: number;
  start: number;
  end: number;
}

/** The different texts of the group: which are to be added, in which words, and what in them is an entity. */
export class TrainerSentences extends TrainerElement {
  static override properties = { ...TrainerElement.properties, span: { state: true }, all: { state: true } };

  /** What is to be marked. */
  declare span: Span | null;
  declare all: boolean;
  private group: string | null = null;
  private editing = false;

  constructor() {
    super();
    this.span = null;
    this.all = false;
  }

  protected override watched(): Emitter[] {
    return [this.trainer.inbox];
  }

  /** Asks what the selected text is. */
  mark(): void {
    const found = selectedSpan(this) ?? this.fieldSpan();
    if (found) this.span = found;
    else this.trainer.toasts.info("Pilih dulu bagian teks yang ingin ditandai, misalnya nama domainnya.");
  }

  protected override willUpdate(): void {
    const { openId } = this.trainer.inbox;
    if (openId === this.group) return;
    this.group = openId;
    this.span = null;
    this.all = false;
  }

  protected override updated(): void {
    const editing = this.trainer.inbox.panel === "edit";
    if (editing && !this.editing) this.querySelector("textarea")?.focus();
    this.editing = editing;
    if (this.span) this.querySelector<HTMLElement>(".entity-types .button")?.focus();
  }

  protected override render(): TemplateResult {
    const { draft, panel, group } = this.trainer.inbox;
    const editing = panel === "edit";
    const shown = this.all || editing ? draft : draft.slice(0, SHOWN);
    const chosen = draft.filter((one) => one.chosen).length;
    return html`<section class="part sentences" aria-labelledby="sentences-title">
      <div class="part-head"><h3 id="sentences-title">${group?.decided ? "Pesan pelanggan" : `Kalimat yang ditambahkan (${chosen} dari ${draft.length})`}</h3>
        ${group?.decided ? nothing : html`<button class="button small ghost" type="button" data-testid="edit" aria-pressed=${editing ? "true" : "false"} @click=${() => this.trainer.inbox.toggle("edit")}>
          ${icons.edit} ${editing ? "Selesai mengubah" : "Ubah"} <kbd aria-hidden="true">e</kbd></button>`}
      </div>
      <ul class="sentence-list">${shown.map((one, index) => (editing ? this.field(one, index) : this.line(one, index)))}</ul>
      ${shown.length < draft.length ? html`<button class="link" type="button" data-testid="all-sentences" @click=${() => (this.all = true)}>Tampilkan ${draft.length - shown.length} lainnya</button>` : nothing}
      ${editing ? this.tools() : nothing} ${this.span ? this.types(this.span) : nothing}
    </section>`;
  }

  private line(one: DraftSentence, index: number): TemplateResult {
    const masked = isMasked(one.text);
    if (this.trainer.inbox.group?.decided) return html`<li class="sentence-line"><span>${entityText(one.text, index)}</span></li>`;
    return html`<li class="sentence-line ${one.chosen ? "" : "left-out"}">
      <input type="checkbox" id="sentence-${index}" data-testid="choose" .checked=${one.chosen} ?disabled=${masked} aria-label="Tambahkan: ${one.text}"
        @change=${(event: Event) => this.trainer.inbox.choose(index, (event.target as HTMLInputElement).checked)} />
      <span class="sentence-text">${entityText(one.text, index)}</span>
      ${masked ? html`<span class="chip warn-chip" title="Tulis ulang tanpa data pribadi untuk menambahkannya">Data pribadi</span>` : nothing}
      ${one.message === null ? html`<span class="chip">Ditulis ulang</span>` : nothing}
    </li>`;
  }

  private field(one: DraftSentence, index: number): TemplateResult {
    const masked = isMasked(one.text);
    return html`<li class="sentence-line editing">
      <input type="checkbox" data-testid="choose" .checked=${one.chosen} ?disabled=${masked} aria-label="Tambahkan kalimat ${index + 1}"
        @change=${(event: Event) => this.trainer.inbox.choose(index, (event.target as HTMLInputElement).checked)} />
      <textarea rows="1" data-testid="sentence" data-index=${index} aria-label="Kalimat ${index + 1}" maxlength="1000" .value=${one.text}
        @input=${(event: Event) => this.trainer.inbox.edit(index, (event.target as HTMLTextAreaElement).value)} @keydown=${(event: KeyboardEvent) => this.fieldKey(event)}></textarea>
      ${masked ? html`<span class="field-note">Ganti bagian dalam kurung siku dengan kata biasa.</span>` : nothing}
    </li>`;
  }

  private tools(): TemplateResult {
    return html`<div class="buttons">
      <button class="button small" type="button" data-testid="rephrase" @click=${() => void this.rephrase()}>${icons.plus} Kalimat sendiri</button>
      <button class="button small" type="button" data-testid="mark" @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.mark()}>${icons.tag} Tandai data <kbd aria-hidden="true">Alt+M</kbd></button>
    </div>`;
  }

  private types(span: Span): TemplateResult {
    const value = this.trainer.inbox.draft[span.index]?.text.slice(span.start, span.end) ?? "";
    return html`<div class="entity-types" role="group" aria-label="Apa itu ${value}?" data-testid="entity-types" @keydown=${(event: KeyboardEvent) => this.typesKey(event)}>
      <span class="hint">“${value}” adalah:</span>
      ${ENTITY_TYPES.map((type) => html`<button class="button small" type="button" data-testid="entity-${type}" @click=${() => this.markAs(type)}>${entityLabel(type)}</button>`)}
      <button class="button small ghost" type="button" @click=${() => (this.span = null)}>Batal</button>
    </div>`;
  }

  private async rephrase(): Promise<void> {
    this.trainer.inbox.rephrase();
    await this.updateComplete;
    [...this.querySelectorAll("textarea")].at(-1)?.focus();
  }

  private markAs(type: string): void {
    const { span } = this;
    this.span = null;
    const { inbox, toasts } = this.trainer;
    const text = span && marked(inbox.draft[span.index]?.text ?? "", span.start, span.end, type);
    if (span && text !== null && text !== "") inbox.edit(span.index, text);
    else toasts.info("Bagian itu sudah ditandai, atau memuat tanda kurung. Pilih bagian lain.");
  }

  private fieldSpan(): Span | null {
    const field = this.querySelector<HTMLTextAreaElement>("textarea:focus") ?? (document.activeElement instanceof HTMLTextAreaElement && this.contains(document.activeElement) ? document.activeElement : null);
    if (!field || field.selectionStart === field.selectionEnd) return null;
    return { index: Number(field.dataset.index), start: field.selectionStart, end: field.selectionEnd };
  }

  private fieldKey(event: KeyboardEvent): void {
    if (event.altKey && event.code === "KeyM") this.mark();
    else if (event.key === "Escape") (event.target as HTMLElement).blur();
    else if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    else (event.target as HTMLElement).blur();
    event.preventDefault();
  }

  private typesKey(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    this.span = null;
    event.stopPropagation();
    event.preventDefault();
  }
}
