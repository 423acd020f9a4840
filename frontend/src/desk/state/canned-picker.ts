import { searchCanned } from "./canned-store";
import { findSlash, type Slash } from "./slash";
import type { CannedReply } from "./types";

const SHOWN = 8;

export type Picked = { reply: CannedReply; slash: Slash };

/** The search for a canned reply while a `/word` stands before the caret. */
export class CannedPicker {
  slash: Slash | null = null;
  active = 0;

  constructor(private readonly replies: () => readonly CannedReply[]) {}

  get found(): CannedReply[] {
    return this.slash ? searchCanned(this.replies(), this.slash.query).slice(0, SHOWN) : [];
  }

  /** To be called whenever the text or the caret has changed. */
  look(text: string, caret: number): void {
    const slash = findSlash(text, caret);
    if (slash?.query !== this.slash?.query) this.active = 0;
    this.slash = slash;
  }

  close(): void {
    this.slash = null;
  }

  /** What a key does while the list is open: "used", a reply that was chosen, or null when the key is not for the list. */
  press(key: string, shift: boolean): "used" | Picked | null {
    if (!this.slash) return null;
    const { found } = this;
    if (key === "Escape") {
      this.close();
      return "used";
    }
    if (key === "ArrowDown" || key === "ArrowUp") {
      const step = key === "ArrowDown" ? 1 : -1;
      this.active = found.length ? (this.active + step + found.length) % found.length : 0;
      return "used";
    }
    const reply = (key === "Enter" && !shift) || key === "Tab" ? found[this.active] : undefined;
    return reply ? this.choose(reply) : null;
  }

  choose(reply: CannedReply): Picked | null {
    const { slash } = this;
    this.close();
    return slash && { reply, slash };
  }
}
