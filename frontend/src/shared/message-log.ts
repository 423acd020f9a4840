import type { ChatMessage } from "./protocol";

/** The messages of one conversation, ordered by seq and without doubles; knows where one is missing. */
export class MessageLog<M extends ChatMessage = ChatMessage> {
  private readonly bySeq = new Map<number, M>();
  private sorted: readonly M[] = [];
  /** Everything up to here is held, or the server has said that there is nothing more. */
  private complete = 0;
  private highest = 0;

  /** In order of seq; the same array as long as nothing changes. */
  get messages(): readonly M[] {
    return this.sorted;
  }

  /** Ask the server for what is newer than this. */
  get completeThrough(): number {
    return this.complete;
  }

  get lastSeq(): number {
    return this.highest;
  }

  get hasGap(): boolean {
    return this.highest > this.complete;
  }

  /** Adds one message as it arrives; false when it was there already. */
  add(message: M): boolean {
    const known = this.bySeq.get(message.seq);
    // The server's copy replaces one that was made up from an acknowledgement.
    if (known && sameMessage(known, message)) return false;
    this.bySeq.set(message.seq, message);
    this.refresh();
    return true;
  }

  /** Takes in the answer to `conversation_join`: everything newer than `after`. */
  merge(after: number, messages: readonly M[]): void {
    let end = after;
    for (const message of messages) {
      this.bySeq.set(message.seq, message);
      end = Math.max(end, message.seq);
    }
    // The answer is complete, so that a seq missing in it does not exist and is not asked for again.
    if (after <= this.complete) this.complete = Math.max(this.complete, end);
    this.refresh();
  }

  clear(): void {
    this.bySeq.clear();
    this.complete = 0;
    this.highest = 0;
    this.sorted = [];
  }

  private refresh(): void {
    while (this.bySeq.has(this.complete + 1)) this.complete += 1;
    this.sorted = [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
    this.highest = this.sorted.at(-1)?.seq ?? 0;
  }
}

function sameMessage(a: ChatMessage, b: ChatMessage): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
