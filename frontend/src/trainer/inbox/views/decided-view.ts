import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import type { Trainer } from "../../state/trainer";
import { whenWithin } from "../../state/words";
import type { GroupDetail } from "../state/types";

const DONE: Record<string, string> = {
  confirm: "membenarkan bot",
  relabel: "memindahkannya ke",
  out_of_scope: "menandainya di luar layanan",
  ignore: "mengabaikannya",
  send: "mengirimnya ke rekan",
  skip: "melewatinya",
};

/** Who has decided what, and the way back. */
export function decidedView(group: GroupDetail, trainer: Trainer): TemplateResult | typeof nothing {
  const { decided } = group;
  if (!decided) return nothing;
  const topic = decided.action === "relabel" && decided.intent ? ` ${trainer.topics.title(decided.intent)}` : "";
  return html`<div class="notice decided" data-testid="decided">${icons.check}
    <span><b>${decided.by}</b> ${DONE[decided.action] ?? "memutuskannya"}${topic}, ${whenWithin(decided.at, trainer.clock.now)}.</span>
    <button class="button small" type="button" data-testid="reopen" @click=${() => void trainer.inbox.reopen()}>${icons.undo} Buka lagi</button>
  </div>`;
}
