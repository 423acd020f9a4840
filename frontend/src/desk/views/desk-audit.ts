import { html, nothing, type TemplateResult } from "lit";
import type { Emitter } from "../../shared/emitter";
import { DeskElement } from "../parts/desk-element";
import { icons } from "../../console/parts/icons";
import { emptyState, spinner } from "../../console/parts/pieces";
import { actionLabel, authorLabel, changeText, isAlarming } from "../state/audit-words";
import { fullWhen } from "../../console/state/times";
import type { AuditEntry } from "../state/types";

/** Who did what to which account, for administrators. */
export class DeskAudit extends DeskElement {
  protected override watched(): Emitter[] {
    return [this.desk.audit, this.desk.clock];
  }

  protected override firstUpdated(): void {
    void this.desk.audit.load();
  }

  protected override render(): TemplateResult {
    return html`<main class="page audit" id="main">
      <div class="page-inner">
        <div class="page-head"><div><h1>Audit</h1><p class="hint">Yang terjadi pada akun staf, terbaru lebih dulu. Catatan ini tidak bisa diubah atau dihapus.</p></div></div>
        ${this.content()}
      </div>
    </main>`;
  }

  private content(): TemplateResult {
    const { audit } = this.desk;
    const failure = audit.error
      ? html`<p class="form-error" role="alert">${audit.error} <button class="link" type="button" @click=${() => void audit.load()}>Coba lagi</button></p>`
      : nothing;
    if (!audit.entries.length) {
      if (audit.status === "done") return emptyState(icons.audit, "Belum ada catatan", "Yang terjadi pada akun muncul di sini.");
      return audit.error ? html`${failure}` : spinner("Memuat catatan…");
    }
    return html`${failure}<table class="audit-table">
        <thead><tr><th scope="col">Waktu</th><th scope="col">Kejadian</th><th scope="col">Akun</th><th scope="col">Oleh</th></tr></thead>
        <tbody>${audit.entries.map((entry) => this.entry(entry))}</tbody>
      </table>
      ${audit.hasMore
        ? html`<button class="button more-button" type="button" data-testid="audit-more" ?disabled=${audit.status === "loading"}
            @click=${() => void audit.more()}>Yang lebih lama</button>`
        : nothing}`;
  }

  private entry(entry: AuditEntry): TemplateResult {
    const change = changeText(entry);
    return html`<tr data-testid="audit-entry" data-action=${entry.action}>
      <td class="audit-when"><time datetime=${entry.at}>${fullWhen(entry.at, this.desk.clock.now)}</time></td>
      <td><b class=${isAlarming(entry.action) ? "alarming" : ""}>${actionLabel(entry.action)}</b>${change ? html`<span class="faint">${change}</span>` : nothing}</td>
      <td>${entry.target ?? "–"}</td>
      <td class="audit-by"><span class="audit-label">oleh </span>${authorLabel(entry.staff)}</td>
    </tr>`;
  }
}
