import { ConnectionMonitor } from "../../shared/connection";
import { Emitter } from "../../shared/emitter";
import type { Ack } from "../../shared/protocol";
import type { Transport } from "../../shared/transport";

export const HEARTBEAT_MS = 20_000;

/** A Transport whose events beyond those of a chat can be listened to. */
export interface DeskTransport extends Transport {
  on(event: string, handler: (payload: unknown) => void): void;
}

/** The socket of the namespace /desk: says that somebody is here, and passes on news. */
export class Live extends Emitter {
  private readonly monitor = new ConnectionMonitor(() => this.emit());
  private readonly connectHandlers: (() => void)[] = [];
  private heartbeat: ReturnType<typeof setInterval> | null = null;
  private running = false;

  constructor(
    private readonly transport: DeskTransport,
    private readonly events: { refused(): void; presence(value: unknown): void },
  ) {
    super();
    transport.listen({
      connected: () => this.connected(),
      disconnected: () => this.disconnected(),
      message: () => undefined,
      typing: () => undefined,
      ownerChanged: () => undefined,
      queueChanged: () => undefined,
      readChanged: () => undefined,
    });
    // The server may have refused the session; only a request tells that from a lost network.
    transport.on("connect_error", () => {
      if (this.running) events.refused();
    });
  }

  get isConnected(): boolean {
    return this.transport.connected;
  }

  /** The connection has been missing for long enough to say so. */
  get lost(): boolean {
    return this.monitor.lost;
  }

  on(event: string, handler: (payload: unknown) => void): void {
    this.transport.on(event, handler);
  }

  /** Called after every connect, also the first. */
  onConnect(handler: () => void): void {
    this.connectHandlers.push(handler);
  }

  start(): void {
    this.running = true;
    this.monitor.down();
    this.transport.connect();
  }

  stop(): void {
    this.running = false;
    this.stopHeartbeat();
    this.transport.close();
    this.monitor.up();
  }

  /** The network is back, or the page is looked at again after a while. */
  hurry(): void {
    if (this.running && !this.transport.connected) this.transport.reconnect();
  }

  request(event: string, payload: object): Promise<Ack> {
    return this.transport.request(event, payload);
  }

  /** For what is of no consequence when it gets lost. */
  tell(event: string, payload: object): void {
    if (this.transport.connected) this.transport.request(event, payload).catch(() => undefined);
  }

  private connected(): void {
    this.monitor.up();
    this.stopHeartbeat();
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS);
    void this.beat();
    for (const handler of this.connectHandlers) handler();
    this.emit();
  }

  private disconnected(): void {
    this.stopHeartbeat();
    if (this.running) this.monitor.down();
    this.emit();
  }

  private async beat(): Promise<void> {
    try {
      const ack = await this.transport.request("heartbeat", {});
      if (ack.ok && typeof ack.body.presence === "string") this.events.presence(ack.body.presence);
    } catch {
      // A connection that looks alive and answers nothing is made anew.
      if (this.running && this.transport.connected) this.transport.reconnect();
    }
  }

  private stopHeartbeat(): void {
    if (this.heartbeat) clearInterval(this.heartbeat);
    this.heartbeat = null;
  }
}
