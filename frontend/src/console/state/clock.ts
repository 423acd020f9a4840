import { Emitter } from "../../shared/emitter";

const TICK_MS = 15_000;

/** Tells every 15 s that time has passed, for "menunggu 4 mnt". */
export class Clock extends Emitter {
  private timer: ReturnType<typeof setInterval> | null = null;

  get now(): Date {
    return new Date();
  }

  start(): void {
    this.timer ??= setInterval(() => this.emit(), TICK_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}
