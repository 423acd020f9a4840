/** Asks again and again, never twice at once, and not while nobody looks. */
export class Poller {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running = false;

  /** `ask` must not fail; `pause` is the time until it is asked again, in milliseconds. */
  constructor(
    private readonly ask: () => Promise<void>,
    private readonly pause: () => number,
    private readonly attentive: () => boolean,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    void this.turn();
  }

  stop(): void {
    this.running = false;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Now, rather than when the pause is over. */
  hurry(): void {
    if (!this.running || !this.timer) return;
    clearTimeout(this.timer);
    this.timer = null;
    void this.turn();
  }

  private async turn(): Promise<void> {
    if (this.attentive()) await this.ask();
    if (!this.running) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.turn();
    }, this.pause());
  }
}
