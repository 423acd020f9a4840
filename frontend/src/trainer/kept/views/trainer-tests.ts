import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { emptyState, spinner } from "../../../console/parts/pieces";
import { errorText } from "../../../console/state/api";
import { fullWhen } from "../../../console/state/times";
import type { Emitter } from "../../../shared/emitter";
import { failure } from "../../parts/pieces";
import { TrainerElement } from "../../parts/trainer-element";
import { draftOf, newConversation, newMessage, type Draft } from "../state/draft";
import { KeptStore } from "../state/kept-store";
import { conversationRow, messageRow, type RowActions } from "./kept-rows";

const CALM_MS = 10_000;

/** What trainers keep as tests: messages and conversations, expected against actual. */
export class TrainerTests extends TrainerElement {
  static override properties = { ...TrainerElement.properties, draft: { state: true }, fromChat: { state: true }, chatProblem: { state: true } };
  declare draft: Draft | null;
  declare fromChat: boolean;
  declare chatProblem: string | null;
  private store!: KeptStore;
  private loadedAt = 0;
  private wasTesting = false;

  constructor() {
    super();
    this.draft = null;
    this.fromChat = false;
    this.chatProblem = null;
  }

  private readonly actions: RowActions = {
    titleOf: (intent) => (intent === "nlu_fallback" ? "tidak dipahami" : this.trainer.topics.title(intent)),
    edit: (kept) => (this.draft = draftOf(kept)),
    deleteConversation: (kept) => void this.delete(kept.name, () => this.store.deleteConversation(kept.id)),
    deleteMessage: (kept) => void this.delete(kept.text, () => this.store.deleteMessage(kept.id)),
  };

  protected override watched(): Emitter[] {
    return [this.store, this.trainer.training, this.trainer.topics];
  }

  override connectedCallback(): void {
    this.store ??= new KeptStore(this.trainer.api);
    super.connectedCallback();
    this.trainer.onPage("tests", () => this.refresh());
    this.loadedAt = Date.now();
    if (this.wanted.chat) this.fromChat = true;
    void this.store.load();
  }

  /** A chat that another page wants to be kept. */
  private get wanted(): { chat: string; until: number | null } {
    const { query } = this.trainer.router.route;
    const until = Number(query.get("sampai"));
    return { chat: query.get("chat") ?? "", until: Number.isInteger(until) && until > 0 ? until : null };
  }

  private get testing(): boolean {
    const { job } = this.trainer.training;
    return this.trainer.training.running && job?.kind === "test";
  }

  private async refresh(): Promise<void> {
    const ended = this.wasTesting && !this.testing;
    this.wasTesting = this.testing;
    if (!ended && Date.now() - this.loadedAt < CALM_MS) return;
    this.loadedAt = Date.now();
    await this.store.load();
  }

  protected override render(): TemplateResult {
    const { store } = this;
    return html`<main class="page" id="main">
      <div class="page-inner">
        <div class="page-head wrap">
          <div>
            <h1>Uji</h1>
            <p class="hint">${this.summary()}</p>
          </div>
          <div class="buttons">
            <button class="button" type="button" data-testid="add-message" @click=${() => (this.draft = newMessage())}>${icons.plus} Pesan</button>
            <button class="button" type="button" data-testid="add-conversation" @click=${() => (this.draft = newConversation())}>${icons.plus} Percakapan</button>
            <button class="button" type="button" data-testid="open-from-chat" aria-expanded=${this.fromChat ? "true" : "false"} @click=${() => (this.fromChat = !this.fromChat)}>Dari chat</button>
            <button class="button primary" type="button" data-testid="run-tests" ?disabled=${this.trainer.training.running || !store.score.all} @click=${() => void this.run()}>
              ${this.testing ? "Menguji…" : "Jalankan semua"}
            </button>
          </div>
        </div>
        ${this.fromChat ? this.chatForm() : nothing} ${store.error ? failure(store.error, () => void store.load()) : nothing}
        ${store.status === "idle" ? spinner("Memuat uji…") : nothing}
        ${store.status === "ready" && !store.score.all
          ? emptyState(icons.checks, "Belum ada uji", "Simpan pesan atau percakapan yang jawabannya tidak boleh berubah. Semuanya dijalankan setiap kali bot dilatih.")
          : nothing}
        ${store.score.all ? this.lists() : nothing}
      </div>
      <trainer-kept-dialog .trainer=${this.trainer} .store=${store} .draft=${this.draft} @closed=${() => (this.draft = null)}></trainer-kept-dialog>
    </main>`;
  }

  private summary(): TemplateResult | string {
    const { results, score } = this.store;
    if (!results || !score.run) return "Pesan dan percakapan yang jawabannya tidak boleh berubah.";
    const version = results.version === null ? "" : `, versi ${results.version}`;
    const left = score.all - score.run;
    return html`<b data-testid="score">${score.right} dari ${score.run} benar</b>${left ? `, ${left} belum dijalankan` : ""} · ${fullWhen(results.at, this.trainer.clock.now)}${version}`;
  }

  private lists(): TemplateResult {
    const { store } = this;
    const shown = <T extends Parameters<KeptStore["verdict"]>[0]>(tests: readonly T[]): T[] => tests.filter((test) => !store.onlyWrong || store.verdict(test) === false);
    const conversations = shown(store.conversations);
    const messages = shown(store.messages);
    const wrong = store.score.run - store.score.right;
    const choose = (only: boolean, label: string): TemplateResult =>
      html`<button class="chip toggle" type="button" aria-pressed=${store.onlyWrong === only ? "true" : "false"} @click=${() => store.filter(only)}>${label}</button>`;
    return html`<div class="chips" role="group" aria-label="Yang ditampilkan">${choose(false, `Semua (${store.score.all})`)}${choose(true, `Yang salah (${wrong})`)}</div>
      ${store.onlyWrong && !wrong ? emptyState(icons.check, "Tidak ada yang salah", "Semua uji yang sudah dijalankan sesuai harapan.") : nothing}
      ${conversations.length
        ? html`<section class="card kept-card">
            <h2>Percakapan</h2>
            <ul class="kept-list">
              ${conversations.map((kept) => conversationRow(kept, store.verdict(kept), store.results?.conversations.get(kept.id) ?? [], this.actions))}
            </ul>
          </section>`
        : nothing}
      ${messages.length
        ? html`<section class="card kept-card">
            <h2>Pesan pertama</h2>
            <ul class="kept-list">
              ${messages.map((kept) => messageRow(kept, store.results?.messages.get(kept.id) ?? null, this.actions))}
            </ul>
          </section>`
        : nothing}`;
  }

  private chatForm(): TemplateResult {
    return html`<form class="card" data-testid="chat-form" @submit=${(event: Event) => void this.keepChat(event)}>
      <h2>Simpan chat pelanggan</h2>
      <p class="hint">
        Disimpan: yang dikatakan pelanggan dan apa yang dilakukan bot${this.wanted.until ? ", sampai pesan yang Anda lihat" : ""}. Data pribadi disamarkan; hasilnya dapat Anda perbaiki sesudahnya.
      </p>
      <div class="kept-expected">
        <label class="field"><span>Nomor percakapan</span><input name="id" required maxlength="36" autocomplete="off" data-testid="chat-id" .value=${this.wanted.chat} /></label>
        <label class="field"><span>Nama uji</span><input name="name" required maxlength="100" data-testid="chat-name" /></label>
      </div>
      <div role="alert">${this.chatProblem ? html`<p class="form-error">${this.chatProblem}</p>` : nothing}</div>
      <div class="buttons"><button class="button primary" type="submit" data-testid="keep-chat">Simpan</button></div>
    </form>`;
  }

  private async keepChat(event: Event): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? "").trim();
    this.chatProblem = null;
    try {
      const until = field("id") === this.wanted.chat ? this.wanted.until : null;
      const kept = await this.store.addFromChat(field("id"), until, field("name"));
      this.fromChat = false;
      if (kept) this.draft = draftOf(kept);
    } catch (error) {
      this.chatProblem = errorText(error);
    }
  }

  private async run(): Promise<void> {
    try {
      await this.store.run();
      this.wasTesting = true;
      this.trainer.poller.hurry();
    } catch (error) {
      this.trainer.toasts.error(errorText(error));
    }
  }

  private async delete(name: string, work: () => Promise<void>): Promise<void> {
    if (!window.confirm(`Hapus uji “${name.slice(0, 80)}”?`)) return;
    try {
      await work();
      this.trainer.toasts.info("Uji dihapus. Riwayatnya ada di Data latih.");
    } catch (error) {
      this.trainer.toasts.error(errorText(error));
    }
  }
}
