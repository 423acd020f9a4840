import { html, nothing, type TemplateResult } from "lit";
import { actorLabel } from "../../../console/state/labels";
import { formatTime } from "../../../shared/dates";
import { pagePath } from "../../state/router";
import type { Trainer } from "../../state/trainer";
import { outcomeText } from "../../state/words";
import type { GroupDetail, GroupMessage, Said } from "../state/types";

/** What was said around the message in the group's middle; read only when it is wanted. */
export function conversationView(group: GroupDetail, trainer: Trainer): TemplateResult | typeof nothing {
  const message = group.messages.find((one) => one.text === group.text) ?? group.messages[0];
  if (!message) return nothing;
  return html`<details class="part around" data-testid="around" @toggle=${(event: Event) => toggled(event, message, trainer)}>
    <summary>Percakapan di sekitarnya</summary>
    ${content(message, trainer)}
  </details>`;
}

function toggled(event: Event, message: GroupMessage, trainer: Trainer): void {
  if ((event.target as HTMLDetailsElement).open) void trainer.inbox.details.loadConversation(message.id);
}

function content(message: GroupMessage, trainer: Trainer): TemplateResult {
  const said = trainer.inbox.details.conversation(message.id);
  if (said === null) return html`<p class="hint">Memuat percakapan…</p>`;
  if (said === "failed") {
    return html`<p class="hint">Percakapan gagal dimuat. <button class="link" type="button" @click=${() => void trainer.inbox.details.loadConversation(message.id)}>Coba lagi</button></p>`;
  }
  const keep = `${pagePath("tests")}?${new URLSearchParams({ chat: message.conversationId, sampai: String(message.seq) })}`;
  return html`<ol class="said">${said.map(line)}</ol>
    <p class="hint"><a href=${keep} data-testid="keep-chat-link">Simpan chat ini sebagai uji</a></p>`;
}

const line = (one: Said): TemplateResult => html`<li class="said-line ${one.sender} ${one.isIt ? "is-it" : ""}" aria-current=${one.isIt ? "true" : nothing}>
  <span class="said-who">${actorLabel(one.sender)} <time datetime=${one.createdAt}>${formatTime(one.createdAt)}</time>${one.outcome ? html` <span class="chip">${outcomeText(one.outcome, one.clauses)}</span>` : nothing}</span>
  <span class="said-text">${one.text}</span></li>`;
