export const QUIET_MS = 60_000;

/** What screen readers are told: a new topic at once, changes within one topic at most once a minute. */
export class Announcer {
  private spoken = "";
  private topic: string;
  private detail: unknown = null;
  private spokenAt = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    topic: string,
    private readonly changed: () => void,
  ) {
    this.topic = topic;
  }

  get text(): string {
    return this.spoken;
  }

  /** `detail` says what has to differ for `text` to be worth telling within the same topic. */
  tell(topic: string, detail: unknown, text: string): void {
    this.cancel();
    if (topic === this.topic && detail === this.detail) return;
    const rest = topic === this.topic ? this.spokenAt + QUIET_MS - Date.now() : 0;
    if (rest <= 0) return this.speak(topic, detail, text);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.speak(topic, detail, text);
      this.changed();
    }, rest);
  }

  /** Goes on from `topic` without a word. */
  reset(topic: string): void {
    this.cancel();
    this.topic = topic;
    this.detail = null;
    this.spoken = "";
  }

  private speak(topic: string, detail: unknown, text: string): void {
    this.topic = topic;
    this.detail = detail;
    this.spoken = text;
    this.spokenAt = Date.now();
  }

  private cancel(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
