import type { Ack } from "./protocol";

/** Thrown when a request got no acknowledgement: time ran out, or the connection went. */
export class NoAcknowledgement extends Error {
  constructor(readonly reason: "timeout" | "disconnected") {
    super(`no acknowledgement: ${reason}`);
  }
}

export interface TransportEvents {
  connected(): void;
  disconnected(): void;
  message(payload: unknown): void;
  typing(payload: unknown): void;
  ownerChanged(payload: unknown): void;
  queueChanged(payload: unknown): void;
  readChanged(payload: unknown): void;
}

/** What the chat needs from a live connection; nothing is buffered while it is down. */
export interface Transport {
  readonly connected: boolean;
  listen(events: TransportEvents): void;
  /** Starts connecting, and keeps reconnecting until `close`; harmless when already started. */
  connect(): void;
  /** Drops what is there and connects at once. */
  reconnect(): void;
  close(): void;
  /** Resolves with the acknowledgement, rejects with NoAcknowledgement. */
  request(event: string, payload: object): Promise<Ack>;
}
