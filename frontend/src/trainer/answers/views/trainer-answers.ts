import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { emptyState } from "../../../console/parts/pieces";
import { errorText } from "../../../console/state/api";
import { clauseLabel } from "../../../shared/clauses";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import { pagePath } from "../../state/router";
import type { Change } from "../../state/types";
import { outcomeText } from "../../state/words";
import { AnswersStore } from "../state/answers-store";
import type { Answer } from "../state/types";
import { answerHistory } from "./answer-history";
import { answerList } from "./answer-list";

const LONGEST = 1000;
const CALM_MS = 15_000;

/** The wording of the bot's answers: list, editor with a preview, the policy's words, history. */
export class TrainerAnswers extends TrainerElement {
  static override properties = { ...TrainerElement.properties, scheme: { state: true } };
  declare scheme: "light" | "dark";
  private store!: AnswersStore;
  private loadedAt = 0;

  constructor() {
    super();
    this.scheme = "light";
  }

  protected override watched(): Emitter[] {
    return [this.store, this.trainer.router, this.trainer.training];
  }

  override connectedCallback(): void {
    this.store ??= new AnswersStore(this.trainer.api);
    super.connectedCallback();
    this.trainer.onPage("answers", () => this.refresh());
    this.loadedAt = Date.now();
    void this.store.load();
  }

  /** Answers change seldom, and reading them all is no small thing. */
  private async refresh(): Promise<void> {
    if (Date.now() - this.loadedAt < CALM_MS) return;
    this.loadedAt = Date.now();
    await this.store.load();
  }

  protected override willUpdate(): void {
    const { route } = this.trainer.router;
    if (route.page === "answers") this.store.show(route.rest[0] ?? null);
  }

  protected override render(): TemplateResult {
    const { store } = this;
    return html`<main class="sheets ${store.openName ? "reading" : ""}" id="main">
      ${answerList(store)}
      <section class="sheet" aria-label="Jawaban yang dibuka">${store.open ? this.editor(store.open) : this.nothingOpen()}</section>
    </main>`;
  }

  private nothingOpen(): TemplateResult {
    return this.store.openName && this.store.status === "ready"
      ? emptyState(icons.info, "Jawaban ini tidak ada", "Mungkin sudah dihapus dari berkasnya. Pilih jawaban lain di daftar.")
      : emptyState(icons.edit, "Pilih sebuah jawaban", "Anda dapat mengubah kalimatnya dan langsung melihatnya seperti di chat pelanggan.");
  }

  private editor(answer: Answer): TemplateResult {
    const { store } = this;
    const variant = answer.variants[store.variant];
    const length = [...store.text.trim()].length;
    return html`<div class="sheet-inner" data-testid="answer">
      <a class="icon-button sheet-back" href=${pagePath("answers")} aria-label="Kembali ke daftar">${icons.back}</a>
      <div class="sheet-head">
        <h2>${answer.title}</h2>
        <span class="chips"
          >${variant ? html`<span class="chip">${outcomeText(variant.outcome, variant.clauses)}</span>` : nothing}</span
        >
      </div>
      ${answer.review ? this.reviewNotice() : nothing}
      ${store.conflict
        ? html`<div class="notice warn" role="alert">
            ${icons.warn}<span>Jawaban ini baru saja diubah orang lain. Tulisan Anda masih ada di bawah; kalimat yang sekarang berlaku: “${variant?.text ?? ""}”</span>
            <button class="button small" type="button" @click=${() => store.drop()}>Pakai yang berlaku</button>
          </div>`
        : nothing}
      <div class="answer-columns">
        <form class="answer-form" @submit=${(event: Event) => this.save(event)}>
          ${answer.variants.length > 1 ? this.variants(answer) : nothing}
          <label class="field"
            ><span>Kalimat jawaban</span
            ><textarea
              rows="9"
              data-testid="answer-text"
              aria-describedby="answer-help answer-problems"
              aria-invalid=${store.problems.length ? "true" : "false"}
              .value=${store.text}
              @input=${(event: Event) => store.type((event.target as HTMLTextAreaElement).value)}
            ></textarea>
          </label>
          <p class="hint spread" id="answer-help">
            <span>${this.rule(answer)}</span><span class=${length > LONGEST ? "over" : ""}>${length} / ${LONGEST}</span>
          </p>
          <div id="answer-problems" role="alert">
            ${store.problems.length ? html`<ul class="form-error" data-testid="answer-problems">${store.problems.map((problem) => html`<li>${problem}</li>`)}</ul>` : nothing}
          </div>
          <label class="field"
            ><span>Alasan <i>(boleh kosong)</i></span
            ><input
              maxlength="200"
              data-testid="answer-reason"
              .value=${store.reason}
              @input=${(event: Event) => store.because((event.target as HTMLInputElement).value)}
          /></label>
          <div class="buttons">
            <button class="button primary" type="submit" data-testid="save-answer" ?disabled=${!store.changed || store.busy || length > LONGEST || !length}>Simpan</button>
            <button class="button" type="button" ?disabled=${!store.changed || store.busy} @click=${() => store.drop()}>Kembalikan</button>
          </div>
          <p class="hint">Yang disimpan baru dibaca pelanggan setelah bot dilatih dan versi barunya diterbitkan.</p>
        </form>
        ${this.preview(answer)}
      </div>
      ${answer.wording
        ? html`<section class="card">
            <h2>Bunyi resmi ${answer.clause ? (clauseLabel(answer.clause) ?? answer.clause) : ""}</h2>
            <blockquote class="wording" data-testid="wording">${answer.wording}</blockquote>
          </section>`
        : answer.clause
          ? html`<p class="hint">Bunyi resmi belum diimpor. <a href=${pagePath("policy")}>Impor dokumen kebijakan</a></p>`
          : nothing}
      <section class="card">
        <h2>Riwayat</h2>
        ${answerHistory(store.changes, this.trainer.clock.now, (change) => void this.undo(change))}
      </section>
    </div>`;
  }

  private rule(answer: Answer): string {
    const clauses = answer.variants[this.store.variant]?.clauses ?? [];
    const names = clauses.filter((id) => id !== "P").map((id) => clauseLabel(id) ?? id);
    return `Satu gagasan satu kalimat${names.length ? `, dan sebutkan ${names.join(" dan ")}` : ""}. Tombol tidak ikut berubah.`;
  }

  private reviewNotice(): TemplateResult {
    return html`<div class="notice warn" data-testid="review-notice">
      ${icons.warn}<span>Ketentuan yang disebut jawaban ini berubah. Bandingkan dengan bunyi resminya, ubah bila perlu. <a href=${pagePath("policy")}>Lihat perubahannya</a></span>
      <button class="button small" type="button" data-testid="confirm-answer" ?disabled=${this.store.busy} @click=${() => void this.confirm()}>Sudah diperiksa</button>
    </div>`;
  }

  private variants(answer: Answer): TemplateResult {
    return html`<div class="chips" role="group" aria-label="Variasi kalimat">
      ${answer.variants.map(
        (_, number) => html`<button
          class="chip toggle"
          type="button"
          data-testid="variant"
          aria-pressed=${number === this.store.variant ? "true" : "false"}
          @click=${() => this.store.pick(number)}
        >
          Variasi ${number + 1}
        </button>`,
      )}
    </div>`;
  }

  private preview(answer: Answer): TemplateResult {
    const variant = answer.variants[this.store.variant];
    const choose = (scheme: "light" | "dark", label: string): TemplateResult =>
      html`<button class="chip toggle" type="button" aria-pressed=${this.scheme === scheme ? "true" : "false"} @click=${() => (this.scheme = scheme)}>${label}</button>`;
    return html`<section class="answer-preview" aria-label="Pratinjau di chat pelanggan">
      <div class="spread">
        <h3>Di chat pelanggan</h3>
        <span class="chips" role="group" aria-label="Warna pratinjau">${choose("light", "Terang")}${choose("dark", "Gelap")}</span>
      </div>
      <trainer-answer-preview
        data-testid="answer-preview"
        .text=${this.store.text.trim() || "…"}
        .clauses=${variant?.clauses ?? []}
        .buttons=${variant?.buttons ?? []}
        .question=${answer.title}
        .scheme=${this.scheme}
      ></trainer-answer-preview>
    </section>`;
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    await this.tell(async () => {
      if (await this.store.save()) this.trainer.toasts.info("Tersimpan. Pelanggan membacanya setelah versi baru diterbitkan.");
    });
  }

  private confirm(): Promise<void> {
    return this.tell(() => this.store.confirm());
  }

  private undo(change: Change): Promise<void> {
    return this.tell(async () => {
      await this.store.undo(change);
      this.trainer.toasts.info("Perubahan dibatalkan.");
    });
  }

  private async tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.trainer.poller.hurry();
    } catch (error) {
      this.trainer.toasts.error(errorText(error));
    }
  }
}
