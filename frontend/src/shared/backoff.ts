/** Growing delays with jitter: 1, 2, 4, 8, 10, 10… seconds, each shortened by up to a half. */
export class Backoff {
  private attempt = 0;

  next(): number {
    const full = Math.min(1000 * 2 ** this.attempt, 10_000);
    this.attempt += 1;
    return full * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.attempt = 0;
  }
}
