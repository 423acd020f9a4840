import { helpColumns } from "../../console/parts/help-columns";
import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { dot } from "../../console/parts/pieces";
import { PRESENCE_LABELS } from "../../console/state/labels";
import { closeReasonLabel } from "../state/labels";
import { HELP } from "../state/shortcuts";
import type { Agent, CloseReason } from "../state/types";
import type { DialogKind } from "../state/ui";

type ActionKind = Exclude<DialogKind, "help">;

const WORDS: Record<ActionKind, { title: string; text: string; submit: string; note: string }> = {
  transfer: { title: "Alihkan ke staf lain", text: "Pelanggan diberi tahu siapa yang melanjutkan.", submit: "Alihkan", note: "Catatan untuk staf itu" },
  return: { title: "Kembalikan ke antrean", text: "Pelanggan kembali ke urutan terdepan dan dilayani staf berikutnya.", submit: "Kembalikan", note: "Catatan untuk staf berikutnya" },
  "hand-back": { title: "Serahkan ke bot", text: "Bot menjawab lagi mulai pesan berikutnya.", submit: "Serahkan", note: "Catatan" },
  close: { title: "Tutup percakapan", text: "Pelanggan diminta memberi penilaian. Jika ia menulis lagi, percakapan terbuka kembali.", submit: "Tutup percakapan", note: "Catatan" },
};
const REASONS: readonly CloseReason[] = ["solved", "no_reply", "spam", "other"];

/** What is asked before a conversation is given away, and the help sheet. */
export class DeskDialogs extends DeskElement {
  private busy = false;

  protected override watched(): Emitter[] {
    return [this.desk.ui, this.desk.agents];
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) {
      dialog.showModal();
      if (this.desk.ui.dialog === "transfer") void this.desk.agents.load();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { dialog } = this.desk.ui;
    if (dialog === null) return nothing;
    return html`<dialog class=${dialog} aria-labelledby="dialog-title" data-testid="dialog" data-kind=${dialog}
      @close=${() => this.desk.ui.set({ dialog: null })} @click=${(event: MouseEvent) => this.clicked(event)}>
      ${dialog === "help" ? this.help() : this.form(dialog)}
    </dialog>`;
  }

  private head(title: string): TemplateResult {
    return html`<header class="dialog-head"><h2 id="dialog-title">${title}</h2>
      <button class="icon-button small" type="button" aria-label="Tutup" data-testid="dialog-close" @click=${() => this.close()}>${icons.close}</button>
    </header>`;
  }

  private form(kind: ActionKind): TemplateResult {
    const words = WORDS[kind];
    const others = this.desk.agents.agents.filter((agent) => agent.id !== this.desk.session.me?.id);
    const impossible = kind === "transfer" && !others.length;
    return html`<form class="dialog-body" @submit=${(event: SubmitEvent) => void this.submit(event, kind)}>
      ${this.head(words.title)}
      <p class="hint">${words.text}</p>
      ${kind === "transfer" ? this.agentChoice(others) : nothing} ${kind === "close" ? this.reasonChoice() : nothing}
      <label class="field"><span>${words.note} <i>(opsional)</i></span><textarea name="note" rows="2" maxlength="1000" data-testid="action-note" ?autofocus=${kind !== "transfer" && kind !== "close"}></textarea></label>
      <div class="buttons end">
        <button class="button" type="button" data-testid="action-cancel" @click=${() => this.close()}>Batal</button>
        <button class="button primary" type="submit" data-testid="action-submit" ?disabled=${impossible}>${words.submit}</button>
      </div>
    </form>`;
  }

  private agentChoice(agents: readonly Agent[]): TemplateResult {
    if (!agents.length) return html`<p class="hint">Belum ada staf lain.</p>`;
    const best = agents.find((agent) => agent.presence === "online" && !full(agent)) ?? agents[0]!;
    return html`<fieldset class="choices"><legend>Staf tujuan</legend>
      ${agents.map(
        (agent) => html`<label class="choice"><input type="radio" name="to" value=${agent.id} data-testid="agent-option" data-name=${agent.displayName} ?checked=${agent === best} ?autofocus=${agent === best} required />
          ${dot(agent.presence)}<b>${agent.displayName}</b>
          <span class="faint">${PRESENCE_LABELS[agent.presence]} · ${agent.chats}${agent.maxChats === null ? "" : `/${agent.maxChats}`} chat${full(agent) ? ", penuh" : ""}</span></label>`,
      )}
    </fieldset>`;
  }

  private reasonChoice(): TemplateResult {
    return html`<fieldset class="choices two"><legend>Alasan</legend>
      ${REASONS.map(
        (reason, index) => html`<label class="choice"><input type="radio" name="reason" value=${reason} data-testid="reason-${reason}" ?checked=${index === 0} ?autofocus=${index === 0} required />
          <b>${closeReasonLabel(reason)}</b></label>`,
      )}
    </fieldset>`;
  }

  private help(): TemplateResult {
    return html`<div class="dialog-body" data-testid="help-sheet">
      ${this.head("Pintasan keyboard")}
      ${helpColumns(HELP)}
      <p class="hint">Pintasan tidak berlaku selama Anda mengetik, kecuali yang memakai Alt.</p>
    </div>`;
  }

  private async submit(event: SubmitEvent, kind: ActionKind): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    const body = {
      ...(text("to") ? { to: text("to") } : {}),
      ...(text("reason") ? { reason: text("reason") as CloseReason } : {}),
      ...(text("note") ? { note: text("note") } : {}),
    };
    this.busy = true;
    await this.desk.act(kind, body);
    this.busy = false;
    this.close();
  }

  /** The browser gives the focus back to where it was. */
  private close(): void {
    this.querySelector("dialog")?.close();
  }

  /** A click beside the sheet. */
  private clicked(event: MouseEvent): void {
    if (event.target === event.currentTarget) this.close();
  }
}

const full = (agent: Agent): boolean => agent.maxChats !== null && agent.chats >= agent.maxChats;
