export const BANNER_AFTER_MS = 2000;

/** Decides when the customer is told that the connection is gone: not before it has been missing for a while. */
export class ConnectionMonitor {
  private showing = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly changed: () => void) {}

  get lost(): boolean {
    return this.showing;
  }

  up(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.show(false);
  }

  down(): void {
    if (this.timer || this.showing) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.show(true);
    }, BANNER_AFTER_MS);
  }

  private show(lost: boolean): void {
    if (lost === this.showing) return;
    this.showing = lost;
    this.changed();
  }
}
