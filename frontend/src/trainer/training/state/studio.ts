import { ApiError, errorText, type ApiClient } from "../../../console/state/api";
import type { Toasts } from "../../../console/state/toasts";
import { Emitter } from "../../../shared/emitter";
import { ShadowStore } from "./shadow-store";
import type { TrainingStore } from "./training-store";
import { VersionsStore } from "./versions-store";

/** Training, comparing and publishing without a screen. */
export class Studio extends Emitter {
  readonly versions: VersionsStore;
  readonly shadow: ShadowStore;
  busy = false;

  constructor(
    api: ApiClient,
    readonly training: TrainingStore,
    private readonly toasts: Toasts,
    private readonly changed: () => void,
  ) {
    super();
    this.versions = new VersionsStore(api);
    this.shadow = new ShadowStore(api);
    for (const store of [this.versions, this.shadow, training]) store.subscribe(() => this.emit());
  }

  train(note = ""): Promise<boolean> {
    return this.attempt(() => this.training.train(note));
  }

  cancel(): Promise<boolean> {
    return this.attempt(() => this.training.cancel());
  }

  /** Puts a version to work, a former one as well. */
  publish(version: number, note = "", override = ""): Promise<boolean> {
    return this.attempt(() => this.training.publish(version, note, override));
  }

  async discard(version: number): Promise<boolean> {
    const done = await this.attempt(() => this.training.discard(version), `Versi ${version} dibuang.`);
    if (done) void this.versions.load();
    return done;
  }

  listen(version: number): Promise<boolean> {
    return this.attempt(() => this.training.listen(version));
  }

  async stopListening(): Promise<boolean> {
    const done = await this.attempt(() => this.training.stopListening(), "Mode bayangan dihentikan.");
    void this.shadow.load();
    return done;
  }

  private async attempt(task: () => Promise<void>, done = ""): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.emit();
    try {
      await task();
      if (done) this.toasts.info(done);
      return true;
    } catch (error) {
      this.toasts.error(error instanceof ApiError && error.code === "job_running" ? "Masih ada pekerjaan lain yang berjalan. Tunggu sampai selesai, atau batalkan dulu." : errorText(error));
      return false;
    } finally {
      this.busy = false;
      this.changed();
      this.emit();
    }
  }
}
