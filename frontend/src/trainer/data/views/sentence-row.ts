import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { entityText } from "../../parts/entity-text";
import type { Trainer } from "../../state/trainer";
import type { Sentence } from "../../state/types";
import type { Mode, Open } from "../state/workshop";
import { previewView, warningView } from "./preview-view";

const value = (event: SubmitEvent, name: string): string => String(new FormData(event.target as HTMLFormElement).get(name) ?? "");

/** A sentence as it stands. */
export function rowView(sentence: Sentence, trainer: Trainer, withTopic: boolean): TemplateResult {
  const { workshop } = trainer;
  const button = (mode: Mode, label: string, icon: TemplateResult): TemplateResult =>
    html`<button class="icon-button small" type="button" data-testid=${mode} title=${label} aria-label="${label}: ${sentence.text}" @click=${() => workshop.start(sentence, mode)}>${icon}</button>`;
  return html`<div class="sentence-row" data-testid="sentence-row" data-id=${sentence.id}>
    <div class="sentence-main" @dblclick=${() => workshop.start(sentence, "edit")}>
      <p class="sentence-words">${entityText(sentence.text)}</p>
      <p class="sentence-meta">${withTopic ? html`<span class="ellipsis">${trainer.topics.title(sentence.intent)}</span>` : nothing}${sentence.warnings.map((warning) => warningView(warning, false))}</p>
    </div>
    <div class="sentence-buttons">${button("edit", "Ubah", icons.edit)}${button("move", "Pindahkan", icons.transfer)}${button("delete", "Hapus", icons.trash)}</div>
  </div>`;
}

/** A sentence that is being worked at. */
export function openView(sentence: Sentence, open: Open, trainer: Trainer): TemplateResult {
  const { workshop } = trainer;
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    workshop.close();
  };
  return html`<div class="sentence-open" data-testid="sentence-open" @keydown=${close}>
    ${sentence.warnings.map((warning) => html`<p class="sentence-meta">${warningView(warning, true)}</p>`)}
    ${{ edit: () => editForm(sentence, open, trainer), move: () => moveForm(sentence, trainer), delete: () => deleteForm(sentence, trainer) }[open.mode]()}
  </div>`;
}

const reason = html`<label class="field"><span>Alasan <i>(opsional)</i></span><input name="reason" maxlength="200" autocomplete="off" data-testid="reason" /></label>`;

const buttons = (trainer: Trainer, label: string, kind: string): TemplateResult => html`<div class="buttons end">
  <button class="button" type="button" data-testid="cancel" @click=${() => trainer.workshop.close()}>Batal</button>
  <button class="button ${kind}" type="submit" data-testid="save" ?disabled=${trainer.workshop.busy}>${label}</button></div>`;

function editForm(sentence: Sentence, open: Open, trainer: Trainer): TemplateResult {
  const { workshop } = trainer;
  const submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    if (workshop.open?.text.trim()) void workshop.edit(sentence, workshop.open.text, value(event, "reason"));
  };
  return html`<form class="open-form" @submit=${submitted}>
    <label class="field"><span>Kalimat</span><textarea rows="2" maxlength="1000" required data-first data-testid="edit-text" .value=${open.text}
      @input=${(event: Event) => workshop.write((event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => event.key === "Enter" && !event.shiftKey && !event.isComposing && submitByKey(event)}></textarea></label>
    ${previewView(workshop.preview, sentence.intent)} ${reason} ${buttons(trainer, "Simpan", "primary")}
  </form>`;
}

function submitByKey(event: KeyboardEvent): void {
  event.preventDefault();
  (event.target as HTMLTextAreaElement).form?.requestSubmit();
}

const moveForm = (sentence: Sentence, trainer: Trainer): TemplateResult => html`<div class="open-form">
  <p>${entityText(sentence.text)}</p>
  <trainer-topic-search .trainer=${trainer} .without=${sentence.intent} label="Pindahkan ke topik" @topic-chosen=${(event: CustomEvent<string>) => void trainer.workshop.move(sentence, event.detail)}
    @search-closed=${() => trainer.workshop.close()}></trainer-topic-search>
  <div class="buttons end"><button class="button" type="button" data-testid="cancel" @click=${() => trainer.workshop.close()}>Batal</button></div>
</div>`;

function deleteForm(sentence: Sentence, trainer: Trainer): TemplateResult {
  const submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    void trainer.workshop.remove(sentence, value(event, "reason"));
  };
  return html`<form class="open-form" @submit=${submitted}>
    <p>${entityText(sentence.text)}</p>
    <label class="field"><span>Mengapa dihapus? <i>(opsional)</i></span><input name="reason" maxlength="200" autocomplete="off" data-first data-testid="reason" /></label>
    ${buttons(trainer, "Hapus kalimat", "danger")}
  </form>`;
}
