import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { pagePath } from "../../state/router";
import type { Trainer } from "../../state/trainer";
import type { Version } from "../../state/types";
import { number, whenWithin } from "../../state/words";
import { percentFine, STATES } from "../state/words";
import { askPublish } from "./publish-events";

/** The versions with the way back to each former one. */
export function versionsView(trainer: Trainer): TemplateResult | typeof nothing {
  const { versions } = trainer.studio.versions;
  if (!versions.length) return nothing;
  return html`<section aria-labelledby="versions-title">
    <h2 id="versions-title" class="section-title">Versi</h2>
    <ol class="versions">${versions.map((version) => row(version, trainer))}</ol>
  </section>`;
}

function row(version: Version, trainer: Trainer): TemplateResult {
  const { scores } = version;
  const when = version.publishedAt ?? version.trainedAt;
  return html`<li class="version" data-testid="version" data-number=${version.number} data-state=${version.state}>
    <div class="version-main">
      <p class="version-head"><a href=${pagePath("training", version.number)}><b>Versi ${version.number}</b></a>
        <span class="chip ${version.state === "live" ? "mine" : version.state === "candidate" ? "state agent" : ""}">${STATES[version.state] ?? version.state}</span>
        ${version.override ? html`<span class="chip warn-chip">Terbit dengan alasan</span>` : nothing}</p>
      <p class="hint">${version.publishedAt ? "Terbit" : "Dilatih"} ${when ? whenWithin(when, trainer.clock.now) : "–"} oleh ${version.publishedBy ?? version.by} · ${number(version.sentences)} kalimat</p>
      ${version.note ? html`<p>${version.note}</p>` : nothing}
    </div>
    <dl class="version-scores">
      <div><dt>Tepat</dt><dd>${percentFine(scores.outcome)}</dd></div>
      <div><dt>Dengan butir</dt><dd>${percentFine(scores.full)}</dd></div>
      <div><dt>Percakapan</dt><dd>${scores.kept ? `${scores.kept.right}/${scores.kept.all}` : "–"}</dd></div>
    </dl>
    <div class="version-side">${version.state === "former"
      ? html`<button class="button small" type="button" data-testid="rollback" ?disabled=${trainer.training.running || trainer.studio.busy} @click=${(event: Event) => askPublish(event, version)}>${icons.undo} Kembalikan<span class="sr"> versi ${version.number}</span></button>`
      : nothing}</div>
  </li>`;
}
