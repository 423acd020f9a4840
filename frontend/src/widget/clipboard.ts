import type { ReactiveController, ReactiveControllerHost } from "lit";
import { copyText } from "../shared/copy";
import { TEXTS } from "./texts";

const SHOWN_MS = 4000;

/** What was copied a moment ago: the button says it to the eye, and a line of its own to screen readers. */
export class Clipboard implements ReactiveController {
  copied: string | null = null;
  news = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  /** `key` names the button, `name` what is copied. */
  async copy(key: string, value: string, name: string): Promise<void> {
    const done = await copyText(value);
    clearTimeout(this.timer);
    this.show(done ? key : null, done ? TEXTS.paid.copied(name) : TEXTS.paid.copyFailed);
    this.timer = setTimeout(() => this.show(null, ""), SHOWN_MS);
  }

  private show(copied: string | null, news: string): void {
    this.copied = copied;
    this.news = news;
    this.host.requestUpdate();
  }
}
