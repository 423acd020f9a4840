export const SEEN_DELAY_MS = 500;

export interface Seen {
  delivered: number;
  read: number;
}

const NOTHING: Seen = { delivered: 0, read: 0 };

/** Tells the server how far messages have arrived and were read: soon, rising only, and not once per message. */
export class Receipts {
  private reached = NOTHING;
  /** What the server was sent; falls back to `confirmed` when that got lost. */
  private told = NOTHING;
  private confirmed = NOTHING;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** `send` resolves to whether the server took it. */
  constructor(private readonly send: (seen: Partial<Seen>) => Promise<boolean>) {}

  delivered(seq: number): void {
    this.raise("delivered", seq);
  }

  read(seq: number): void {
    this.raise("read", seq);
  }

  /** After every join: what got lost with a connection is told again. */
  resume(): void {
    this.told = this.confirmed;
    if (this.news()) this.schedule();
  }

  reset(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.reached = this.told = this.confirmed = NOTHING;
  }

  private raise(what: keyof Seen, seq: number): void {
    if (seq <= this.reached[what]) return;
    this.reached = { ...this.reached, [what]: seq };
    this.schedule();
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, SEEN_DELAY_MS);
  }

  private async flush(): Promise<void> {
    const news = this.news();
    if (!news) return;
    const { reached } = this;
    // Not again while under way; a server without receipts never answers, and is not asked over and over.
    this.told = reached;
    const taken = await this.send(news);
    if (this.told !== reached) return;
    if (taken) this.confirmed = reached;
    else this.told = this.confirmed;
  }

  private news(): Partial<Seen> | null {
    const { reached, told } = this;
    const news: Partial<Seen> = {};
    if (reached.delivered > told.delivered) news.delivered = reached.delivered;
    if (reached.read > told.read) news.read = reached.read;
    return Object.keys(news).length ? news : null;
  }
}
