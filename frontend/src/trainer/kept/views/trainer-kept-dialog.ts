import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { errorText } from "../../../console/state/api";
import { outcomeLabel } from "../../../console/state/labels";
import { clauseLabel } from "../../../shared/clauses";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { draftProblem, emptyTurn, withTopic, type Draft } from "../state/draft";
import type { KeptStore } from "../state/kept-store";
import { OUTCOMES, type KeptTurn } from "../state/types";

/** Where a message or a conversation is kept or corrected; `closed` when it is done. */
export class TrainerKeptDialog extends TrainerElement {
  static override properties = {
    ...TrainerElement.properties,
    ...{ store: { attribute: false }, draft: { attribute: false }, problem: { state: true }, busy: { state: true } },
  };
  declare store: KeptStore;
  declare draft: Draft | null;
  declare problem: string | null;
  declare busy: boolean;

  constructor() {
    super();
    this.draft = null;
    this.problem = null;
    this.busy = false;
  }

  protected override watched(): Emitter[] {
    return [this.trainer.topics];
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!changed.has("draft")) return;
    const dialog = this.querySelector("dialog");
    if (this.draft && dialog && !dialog.open) {
      this.problem = null;
      dialog.showModal();
    }
    if (!this.draft && dialog?.open) dialog.close();
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    return html`<dialog class="kept-dialog" aria-labelledby="kept-title" @close=${() => this.dispatchEvent(new CustomEvent("closed"))}>
      ${draft ? this.form(draft) : nothing}
    </dialog>`;
  }

  private form(draft: Draft): TemplateResult {
    const isMessage = draft.kind === "message";
    const title = isMessage ? "Simpan pesan sebagai uji" : draft.id ? "Perbaiki percakapan" : "Simpan percakapan sebagai uji";
    return html`<form class="dialog-body" @submit=${(event: Event) => void this.save(event)}>
      <div class="dialog-head">
        <h2 id="kept-title">${title}</h2>
        <button class="icon-button" type="button" aria-label="Tutup" @click=${() => this.close()}>${icons.close}</button>
      </div>
      <p class="hint">
        ${isMessage ? "Pesan pertama dari pelanggan, dan apa yang semestinya terjadi." : "Apa yang dikatakan pelanggan berturut-turut, dan apa yang semestinya terjadi setiap kali."}
        Kalimat uji tidak boleh menjadi kalimat latih.
      </p>
      ${isMessage
        ? nothing
        : html`<label class="field"
            ><span>Nama</span
            ><input maxlength="100" data-testid="kept-name" .value=${draft.name} @input=${(event: Event) => this.set({ name: (event.target as HTMLInputElement).value })}
          /></label>`}
      ${draft.turns.map((turn, index) => this.turn(draft, turn, index))}
      ${isMessage
        ? this.also(draft)
        : html`<div><button class="button small" type="button" data-testid="add-turn" @click=${() => this.set({ turns: [...draft.turns, emptyTurn()] })}>${icons.plus} Tambah pesan</button></div>`}
      <div role="alert">${this.problem ? html`<p class="form-error" data-testid="kept-problem">${this.problem}</p>` : nothing}</div>
      <div class="buttons end">
        <button class="button" type="button" @click=${() => this.close()}>Batal</button>
        <button class="button primary" type="submit" data-testid="keep" ?disabled=${this.busy}>Simpan</button>
      </div>
    </form>`;
  }

  private turn(draft: Draft, turn: KeptTurn, index: number): TemplateResult {
    const label = draft.kind === "message" ? "Kata pelanggan" : `Pesan ${index + 1}`;
    const change = (part: Partial<KeptTurn>): void => this.setTurn(index, { ...turn, ...part });
    return html`<fieldset class="kept-turn" data-testid="kept-turn">
      <div class="spread">
        <label for="turn-${index}">${label}</label>
        ${draft.turns.length > 1
          ? html`<button class="icon-button small" type="button" aria-label="Hapus pesan ${index + 1}" @click=${() => this.set({ turns: draft.turns.filter((_, at) => at !== index) })}>
              ${icons.trash}
            </button>`
          : nothing}
      </div>
      <div class="field">
        <textarea id="turn-${index}" rows="2" maxlength="1000" data-testid="turn-text" .value=${turn.text} @input=${(event: Event) => change({ text: (event.target as HTMLTextAreaElement).value })}></textarea>
      </div>
      <div class="kept-expected">
        <label class="field"
          ><span>Topik</span
          ><select data-testid="turn-topic" .value=${turn.intent} @change=${(event: Event) => this.setTurn(index, withTopic(turn, this.trainer.topics.find((event.target as HTMLSelectElement).value)))}>
            <option value="" ?selected=${!turn.intent}>Tidak ditentukan</option>
            ${turn.intent && !this.trainer.topics.find(turn.intent) ? html`<option value=${turn.intent} selected>${this.trainer.topics.title(turn.intent)}</option>` : nothing}
            ${this.trainer.topics.topics.map((topic) => html`<option value=${topic.intent} ?selected=${topic.intent === turn.intent}>${topic.title}</option>`)}
          </select></label
        >
        <label class="field"><span>Hasil</span>${this.outcomes(turn.outcome, (outcome) => change({ outcome }), "turn-outcome")}</label>
        <label class="field"
          ><span>Ketentuan</span
          ><select data-testid="turn-clause" @change=${(event: Event) => change({ clauses: [(event.target as HTMLSelectElement).value].filter(Boolean) })}>
            <option value="" ?selected=${!turn.clauses.length}>Tidak ada</option>
            ${this.clauses(turn).map((id) => html`<option value=${id} ?selected=${turn.clauses[0] === id}>${clauseLabel(id) ?? id}</option>`)}
          </select></label
        >
      </div>
    </fieldset>`;
  }

  private also(draft: Draft): TemplateResult {
    return html`<label class="field"
      ><span>Hasil lain yang juga boleh <i>(boleh kosong)</i></span>${this.outcomes(draft.also, (also) => this.set({ also }), "also", true)}</label
    >`;
  }

  private outcomes(chosen: string, choose: (outcome: string) => void, testId: string, empty = false): TemplateResult {
    return html`<select data-testid=${testId} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${empty ? html`<option value="" ?selected=${!chosen}>Tidak ada</option>` : nothing}
      ${OUTCOMES.map((outcome) => html`<option value=${outcome} ?selected=${outcome === chosen}>${outcomeLabel(outcome)}</option>`)}
    </select>`;
  }

  private clauses(turn: KeptTurn): string[] {
    const known = this.trainer.topics.topics.flatMap((topic) => (topic.clause ? [topic.clause] : []));
    return [...new Set([...known, ...turn.clauses])];
  }

  private set(part: Partial<Draft>): void {
    if (this.draft) this.draft = { ...this.draft, ...part };
  }

  private setTurn(index: number, turn: KeptTurn): void {
    if (this.draft) this.set({ turns: this.draft.turns.map((one, at) => (at === index ? turn : one)) });
  }

  private close(): void {
    this.querySelector("dialog")?.close();
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (!draft || this.busy) return;
    this.problem = draftProblem(draft);
    if (this.problem) return;
    this.busy = true;
    try {
      if (draft.kind === "message") {
        const turn = draft.turns[0]!;
        const outcomes = [...new Set([turn.outcome, draft.also].filter(Boolean))];
        await this.store.addMessage(turn.text, outcomes, turn.clauses);
      } else await this.store.saveConversation(draft.id, draft.name, draft.turns);
      this.close();
      this.trainer.toasts.info("Uji tersimpan. Jalankan untuk melihat hasilnya.");
    } catch (error) {
      this.problem = errorText(error);
    } finally {
      this.busy = false;
    }
  }
}
