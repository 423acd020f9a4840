import { io, type Socket } from "socket.io-client";
import { readAck, type Ack } from "./protocol";
import { NoAcknowledgement, type Transport, type TransportEvents } from "./transport";

export const ACK_TIMEOUT_MS = 10_000;

/** Socket.IO, WebSocket first; long polling takes over where WebSockets are blocked or hang. */
export class SocketTransport implements Transport {
  private readonly socket: Socket;
  private started = false;

  /** `server` may end in the name of a namespace, as in "https://host/desk". */
  constructor(
    server: string,
    private readonly ackTimeoutMs = ACK_TIMEOUT_MS,
  ) {
    this.socket = io(server, {
      path: "/socket.io",
      autoConnect: false,
      forceNew: true,
      transports: ["websocket", "polling"],
      // A refused WebSocket falls back within the same attempt.
      tryAllTransports: true,
      timeout: 8000,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      randomizationFactor: 0.5,
    });
    // A WebSocket that hangs (some proxies) never errors by itself, so that tryAllTransports
    // does not see it: after a failed attempt start with polling, and upgrade from there.
    this.socket.io.on("error", () => {
      this.socket.io.opts.transports = ["polling", "websocket"];
    });
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  listen(events: TransportEvents): void {
    this.socket.on("connect", () => events.connected());
    this.socket.on("disconnect", (reason) => {
      events.disconnected();
      // Socket.IO does not come back by itself when the server closes the connection.
      if (reason === "io server disconnect" && this.started) this.retryLater();
    });
    this.socket.on("connect_error", () => {
      // A refusal by the server's connect handler leaves the socket inactive.
      if (!this.socket.active && this.started) this.retryLater();
    });
    this.socket.on("message_new", (payload: unknown) => events.message(payload));
    this.socket.on("typing", (payload: unknown) => events.typing(payload));
    this.socket.on("owner_changed", (payload: unknown) => events.ownerChanged(payload));
    this.socket.on("queue_changed", (payload: unknown) => events.queueChanged(payload));
    this.socket.on("read_changed", (payload: unknown) => events.readChanged(payload));
  }

  /** For events beyond those of `listen`; "connect_error" is told of refusals too. */
  on(event: string, handler: (payload: unknown) => void): void {
    this.socket.on(event, handler);
  }

  connect(): void {
    this.started = true;
    if (!this.socket.active) this.socket.connect();
  }

  reconnect(): void {
    this.started = true;
    this.socket.disconnect();
    this.socket.connect();
  }

  close(): void {
    this.started = false;
    this.socket.disconnect();
  }

  request(event: string, payload: object): Promise<Ack> {
    // Socket.IO would buffer the packet and send it before the conversation is joined again.
    if (!this.socket.connected) return Promise.reject(new NoAcknowledgement("disconnected"));
    return new Promise((resolve, reject) => {
      this.socket.timeout(this.ackTimeoutMs).emit(event, payload, (error: Error | null, answer: unknown) => {
        if (error) reject(new NoAcknowledgement(this.socket.connected ? "timeout" : "disconnected"));
        else resolve(readAck(answer));
      });
    });
  }

  private retryLater(): void {
    const delay = 2000 + Math.random() * 3000;
    setTimeout(() => {
      if (this.started && !this.socket.active) this.socket.connect();
    }, delay);
  }
}
