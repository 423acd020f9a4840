import type { Sender } from "./protocol";

export const TYPING_CLEARS_MS = 15_000;
const TYPING_REPEAT_MS = 5000;
const TYPING_IDLE_MS = 4000;

/** Who is typing on the other side; forgotten after 15 s without news. */
export class TypingIndicator {
  private readonly timers = new Map<Sender, ReturnType<typeof setTimeout>>();

  constructor(private readonly changed: () => void) {}

  get sender(): "bot" | "agent" | null {
    if (this.timers.has("agent")) return "agent";
    return this.timers.has("bot") ? "bot" : null;
  }

  has(sender: Sender): boolean {
    return this.timers.has(sender);
  }

  set(sender: Sender, active: boolean): void {
    if (!active) return this.clear(sender);
    const running = this.timers.get(sender);
    if (running) clearTimeout(running);
    this.timers.set(sender, setTimeout(() => this.clear(sender), TYPING_CLEARS_MS));
    if (!running) this.changed();
  }

  clear(sender: Sender): void {
    clearTimeout(this.timers.get(sender));
    if (this.timers.delete(sender)) this.changed();
  }

  clearAll(): void {
    for (const sender of [...this.timers.keys()]) this.clear(sender);
  }
}

/** Tells the server that somebody is typing here: at most once in 5 s, and once when it stops. */
export class TypingNotifier {
  private lastSent = 0;
  private active = false;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly emit: (active: boolean) => void) {}

  input(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.stop(), TYPING_IDLE_MS);
    const now = Date.now();
    if (this.active && now - this.lastSent < TYPING_REPEAT_MS) return;
    this.active = true;
    this.lastSent = now;
    this.emit(true);
  }

  stop(): void {
    clearTimeout(this.idle);
    if (!this.active) return;
    this.active = false;
    this.emit(false);
  }
}
