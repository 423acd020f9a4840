import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { previewView } from "./preview-view";

/** A new sentence, with what is to be known of it while it is being written. */
export class TrainerAddSentence extends TrainerElement {
  static override properties = { ...TrainerElement.properties, intent: {}, chosen: { state: true } };

  /** The topic that is open; null where all are. */
  declare intent: string | null;
  declare chosen: string | null;

  constructor() {
    super();
    this.intent = this.chosen = null;
  }

  protected override watched(): Emitter[] {
    return [this.trainer.workshop.preview, this.trainer.workshop, this.trainer.topics];
  }

  private get topic(): string | null {
    return this.chosen ?? this.intent;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>("[data-testid=add-text]")?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.trainer.workshop.preview.look("", null);
  }

  protected override render(): TemplateResult {
    const { workshop, topics } = this.trainer;
    return html`<form class="card add-sentence" data-testid="add-form" @submit=${(event: SubmitEvent) => void this.submitted(event)} @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.close()}>
      <h2>Kalimat baru</h2>
      <div class="add-fields">
        <label class="field grow"><span>Kalimat, seperti pelanggan menulisnya</span><input name="text" maxlength="1000" required autocomplete="off" data-testid="add-text"
          @input=${(event: Event) => workshop.preview.look((event.target as HTMLInputElement).value, this.topic)} /></label>
        <label class="field"><span>Topik</span><select name="intent" required data-testid="add-intent" @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
          ${this.topic === null ? html`<option value="" selected>Pilih topik…</option>` : nothing}
          ${topics.topics.map((topic) => html`<option value=${topic.intent} ?selected=${topic.intent === this.topic}>${topic.title}</option>`)}</select></label>
      </div>
      ${previewView(workshop.preview, this.topic)}
      <div class="buttons end"><button class="button" type="button" data-testid="add-cancel" @click=${() => this.close()}>Selesai</button>
        <button class="button primary" type="submit" data-testid="add-save" ?disabled=${workshop.busy}>Tambahkan</button></div>
    </form>`;
  }

  private choose(intent: string): void {
    this.chosen = intent;
    this.trainer.workshop.preview.look(this.querySelector<HTMLInputElement>("[data-testid=add-text]")?.value ?? "", intent);
  }

  /** Stays open: rarely is one sentence all. */
  private async submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const field = this.querySelector<HTMLInputElement>("[data-testid=add-text]")!;
    if (!this.topic || !field.value.trim()) return;
    if (await this.trainer.workshop.add(this.topic, field.value, "")) field.value = "";
    field.focus();
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("add-closed", { bubbles: true }));
  }
}
