import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../../console/parts/icons";
import { progressBar } from "../../parts/pieces";
import { jobTitle, remainingText } from "../../state/job-words";
import { pagePath } from "../../state/router";
import type { Trainer } from "../../state/trainer";
import { isActive, type Job } from "../../state/types";
import { number, whenWithin } from "../../state/words";

/** One button; while it works, how far it is. */
export function startView(trainer: Trainer): TemplateResult {
  const { training } = trainer;
  return isActive(training.job) ? progressView(training.job, trainer) : idleView(trainer);
}

function idleView(trainer: Trainer): TemplateResult {
  const { training, studio, clock } = trainer;
  const { live, job, unpublished } = training;
  const broken = trainer.workshop.health.files.length > 0;
  return html`<section class="card start" aria-labelledby="start-title">
    <div class="start-words">
      <h2 id="start-title">${unpublished ? `${number(unpublished)} perubahan belum diterbitkan` : "Semua perubahan sudah terbit"}</h2>
      <p class="hint">Pelatihan berlangsung sekitar satu menit. Pelanggan tetap dilayani versi yang sekarang; versi baru baru menjawab setelah Anda menerbitkannya.</p>
      ${live ? html`<p class="start-live">${icons.bot}<span>Sekarang menjawab: <a href=${pagePath("training", live.number)}>versi ${live.number}</a>${live.publishedAt ? `, terbit ${whenWithin(live.publishedAt, clock.now)}` : ""}${live.publishedBy ? ` oleh ${live.publishedBy}` : ""}.</span></p>` : nothing}
    </div>
    ${job?.state === "failed" ? html`<p class="notice bad" role="alert" data-testid="job-failed">${icons.warn}<span><b>${jobTitle(job)} tidak berhasil.</b> ${job.problem ?? ""} Versi yang sekarang tetap menjawab.</span></p>` : nothing}
    ${broken ? html`<p class="notice warn">${icons.warn}<span>Ada berkas latih yang rusak. <a href=${pagePath("data")}>Lihat di Data latih</a>.</span></p>` : nothing}
    <form class="start-form" @submit=${(event: SubmitEvent) => submitted(event, trainer)}>
      <label class="field grow"><span>Catatan <i>(opsional)</i></span><input name="note" maxlength="200" autocomplete="off" placeholder="Misalnya: kalimat baru tentang denda" data-testid="train-note" /></label>
      <button class="button primary big" type="submit" data-testid="train" ?disabled=${studio.busy}>${icons.cap} Latih sekarang</button>
    </form>
  </section>`;
}

function submitted(event: SubmitEvent, trainer: Trainer): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  void trainer.studio.train(String(new FormData(form).get("note") ?? "").trim()).then((begun) => begun && form.reset());
}

function progressView(job: Job, trainer: Trainer): TemplateResult {
  return html`<section class="card start" aria-labelledby="job-title" data-testid="progress">
    <div class="job-head"><h2 id="job-title">${jobTitle(job)}…</h2><span class="job-percent">${job.percent}%</span></div>
    ${progressBar(job.percent, `${jobTitle(job)}: ${job.percent}%`)}
    <div class="job-foot"><p role="status">${job.stage}${job.remaining === null ? "" : html`<span class="faint"> · ${remainingText(job.remaining)}</span>`}</p>
      ${job.kind === "publish" ? nothing : html`<button class="button small" type="button" data-testid="cancel-job" ?disabled=${trainer.studio.busy} @click=${() => void trainer.studio.cancel()}>Batalkan</button>`}</div>
    <p class="hint">Anda boleh menutup halaman ini atau memeriksa kotak masuk; pekerjaannya berjalan terus.</p>
  </section>`;
}
