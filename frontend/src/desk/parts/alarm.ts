import type { Alert } from "../state/alerts";
import type { Desk } from "../state/desk";

const TONES = { queue: [660, 880], message: [740] } as const;

/** Sound and notifications of the system: both only as far as the user wants them. */
export class Alarm {
  private desk: Desk | null = null;
  private audio: AudioContext | null = null;

  attach(desk: Desk): void {
    this.desk = desk;
    // A browser lets a page sound only after it has been clicked or typed into.
    const unlock = (): void => void this.context()?.resume();
    for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, unlock, { once: true });
  }

  raise(alert: Alert): void {
    if (!this.desk) return;
    if (!this.desk.preferences.muted) this.beep(TONES[alert.kind]);
    if (this.desk.preferences.notifications && !document.hasFocus()) this.notify(alert);
  }

  /** So that whoever switches the sound on hears what to expect. */
  sample(): void {
    this.beep(TONES.message);
  }

  static get canNotify(): boolean {
    return "Notification" in window && Notification.permission !== "denied";
  }

  /** Asks for permission; to be called from a click. */
  static async askToNotify(): Promise<boolean> {
    return "Notification" in window && (await Notification.requestPermission()) === "granted";
  }

  private beep(tones: readonly number[]): void {
    const audio = this.context();
    if (!audio || audio.state !== "running") return;
    tones.forEach((frequency, index) => {
      const start = audio.currentTime + index * 0.16;
      const oscillator = audio.createOscillator();
      const gain = audio.createGain();
      oscillator.frequency.value = frequency;
      gain.gain.setValueAtTime(0.0001, start);
      gain.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.22);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(start);
      oscillator.stop(start + 0.25);
    });
  }

  private notify(alert: Alert): void {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const notification = new Notification(alert.title, { body: alert.body.slice(0, 140), tag: alert.conversationId });
    notification.onclick = () => {
      window.focus();
      this.desk?.openConversation(alert.conversationId);
      notification.close();
    };
  }

  private context(): AudioContext | null {
    if (!this.audio && "AudioContext" in window) this.audio = new AudioContext();
    return this.audio;
  }
}
