import { errorText, type ApiClient } from "../../../console/state/api";
import { count } from "../../../console/state/readers";
import { Attempts } from "../../../console/state/attempts";
import { Emitter } from "../../../shared/emitter";
import { readJob, readVersion } from "../../state/readers";
import { isActive, type Job, type Version } from "../../state/types";

/** What runs now, and the versions that matter; the server keeps it all, so that a reload loses nothing. */
export class TrainingStore extends Emitter {
  job: Job | null = null;
  live: Version | null = null;
  candidate: Version | null = null;
  shadow: Version | null = null;
  unpublished = 0;
  mayOverride = false;
  status: "idle" | "ready" | "failed" = "idle";
  error: string | null = null;
  private readonly attempts: Attempts;
  private asked = 0;
  /** Called when a job that was seen running has ended. */
  onEnd: (job: Job) => void = () => undefined;

  constructor(private readonly api: ApiClient) {
    super();
    this.attempts = new Attempts(api);
  }

  get running(): boolean {
    return isActive(this.job);
  }

  async refresh(): Promise<void> {
    const asked = ++this.asked;
    try {
      const answer = await this.api.get("/training");
      if (asked !== this.asked) return;
      this.live = readVersion(answer.live);
      this.candidate = readVersion(answer.candidate);
      this.shadow = readVersion(answer.shadow);
      this.unpublished = count(answer.unpublished);
      this.mayOverride = answer.may_override === true;
      this.status = "ready";
      this.error = null;
      this.took(readJob(answer.job));
    } catch (error) {
      if (asked !== this.asked) return;
      this.status = "failed";
      this.error = errorText(error);
    }
    this.emit();
  }

  train(note: string): Promise<void> {
    return this.begin("/training", note ? { note } : {});
  }

  publish(version: number, note: string, override: string): Promise<void> {
    return this.begin(`/versions/${version}/publish`, { ...(note ? { note } : {}), ...(override ? { override } : {}) });
  }

  async listen(version: number): Promise<void> {
    this.accepted(await this.attempts.put("/shadow", { version }));
  }

  async stopListening(): Promise<void> {
    await this.api.delete("/shadow");
    await this.refresh();
  }

  async discard(version: number): Promise<void> {
    await this.attempts.post(`/versions/${version}/discard`);
    await this.refresh();
  }

  async cancel(): Promise<void> {
    if (this.job) await this.begin(`/jobs/${encodeURIComponent(this.job.id)}/cancel`, {});
  }

  private async begin(path: string, body: Record<string, unknown>): Promise<void> {
    this.accepted(await this.attempts.post(path, body));
  }

  private accepted(answer: Record<string, unknown>): void {
    // What was asked before this knows nothing of the job.
    this.asked += 1;
    this.took(readJob(answer.job));
    this.emit();
  }

  private took(job: Job | null): void {
    const before = this.job;
    this.job = job;
    if (job && isActive(before) && before.id === job.id && !isActive(job)) this.onEnd(job);
  }
}
