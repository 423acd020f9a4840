import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import type { Emitter } from "../../../shared/emitter";
import { TrainerElement } from "../../parts/trainer-element";
import type { Version } from "../../state/types";
import { gateLabel } from "../state/words";

/** What is asked before another version answers customers. Stands beside what asks for it, in one `main`. */
export class TrainerPublish extends TrainerElement {
  static override properties = { ...TrainerElement.properties, version: { state: true } };

  declare version: Version | null;
  private readonly wanted = (event: Event): void => void (this.version = (event as CustomEvent<Version>).detail);

  constructor() {
    super();
    this.version = null;
  }

  protected override watched(): Emitter[] {
    return [this.trainer.studio];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.parentElement?.addEventListener("publish-wanted", this.wanted);
  }

  override disconnectedCallback(): void {
    this.parentElement?.removeEventListener("publish-wanted", this.wanted);
    super.disconnectedCallback();
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { version } = this;
    if (!version) return nothing;
    const back = version.state === "former";
    const failed = back ? [] : version.gates.filter((gate) => !gate.ok);
    return html`<dialog aria-labelledby="publish-title" data-testid="publish-dialog" @close=${() => (this.version = null)} @click=${(event: MouseEvent) => event.target === event.currentTarget && this.close()}>
      <form class="dialog-body" @submit=${(event: SubmitEvent) => void this.submitted(event, version)}>
        <header class="dialog-head"><h2 id="publish-title">${back ? `Kembalikan versi ${version.number}` : `Terbitkan versi ${version.number}`}</h2>
          <button class="icon-button small" type="button" aria-label="Tutup" @click=${() => this.close()}>${icons.close}</button></header>
        <p class="hint">${back
          ? "Versi ini menjawab pelanggan lagi dalam beberapa detik. Kalimat latih tidak berubah; Anda bisa kembali ke versi yang sekarang kapan saja."
          : "Versi ini menjawab pelanggan dalam beberapa detik, tanpa chat yang terputus. Bila ternyata kurang baik, kembalikan versi sebelumnya dengan satu klik."}</p>
        ${failed.length
          ? html`<div class="notice warn">${icons.warn}<div><b>Belum terpenuhi:</b><ul>${failed.map((gate) => html`<li>${gateLabel(gate)}</li>`)}</ul></div></div>
              <label class="field"><span>Alasan tetap menerbitkan</span><textarea name="override" rows="2" maxlength="200" required data-testid="override"></textarea></label>`
          : nothing}
        <label class="field"><span>Catatan <i>(opsional)</i></span><input name="note" maxlength="200" autocomplete="off" data-testid="publish-note" .value=${back ? "" : (version.note ?? "")} /></label>
        <div class="buttons end"><button class="button" type="button" @click=${() => this.close()}>Batal</button>
          <button class="button primary" type="submit" data-testid="publish-sure" ?disabled=${this.trainer.studio.busy}>${back ? "Kembalikan" : "Terbitkan"}</button></div>
      </form>
    </dialog>`;
  }

  private async submitted(event: SubmitEvent, version: Version): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    if (await this.trainer.studio.publish(version.number, text("note"), text("override"))) this.close();
  }

  private close(): void {
    this.querySelector("dialog")?.close();
  }
}
