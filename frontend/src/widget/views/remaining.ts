import { AsyncDirective, directive } from "lit/async-directive.js";
import { remainingText } from "../../shared/paid/due";

const TICK_MS = 10_000;

/** "sisa 3 jam 12 menit", kept up to date by itself as long as it is on screen; `over` once the time has run out. */
class Remaining extends AsyncDirective {
  private timer: ReturnType<typeof setInterval> | null = null;
  private due = "";
  private over = "";

  override render(due: string, over: string): string {
    this.due = due;
    this.over = over;
    if (this.isConnected) this.timer ??= setInterval(() => this.setValue(this.text()), TICK_MS);
    return this.text();
  }

  protected override disconnected(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  protected override reconnected(): void {
    this.setValue(this.render(this.due, this.over));
  }

  private text(): string {
    return remainingText(this.due, new Date()) ?? this.over;
  }
}

export const remaining = directive(Remaining);
