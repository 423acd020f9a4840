import { Emitter } from "../../../shared/emitter";
import type { ApiClient } from "../../../console/state/api";
import type { Live } from "../../state/live";
import { readList } from "../../../console/state/readers";
import type { Route } from "../../state/router";
import { BoardStore } from "./board-store";
import { PaidStore } from "./paid-store";
import { readPaidRow } from "./readers";
import type { PaidRow } from "./types";

/** Paid support in the console: the board, the open request, and the requests of the open conversation. */
export class PaidDesk {
  readonly board: BoardStore;
  readonly request: PaidStore;
  readonly box: BoxStore;
  private running = false;
  private shown = false;

  constructor(api: ApiClient, live: Pick<Live, "on" | "onConnect">) {
    this.board = new BoardStore(api);
    this.request = new PaidStore(api, this.board);
    this.box = new BoxStore(api);
    live.on("paid_changed", (payload) => this.onChanged(payload));
    live.onConnect(() => this.catchUp());
  }

  start(): void {
    this.running = true;
    void this.board.loadCounts();
  }

  stop(): void {
    this.running = this.shown = false;
    this.board.stop();
    this.request.open(null);
    this.box.turnTo(null);
  }

  /** The page that is looked at. */
  show(route: Route): void {
    if (!this.running) return;
    const shown = route.page === "paid";
    if (shown && !this.shown) void this.board.load();
    this.shown = shown;
    this.request.open(shown ? route.paidId : null);
  }

  /** What was missed while the connection was away. */
  private catchUp(): void {
    if (!this.running) return;
    if (this.shown) void this.board.load();
    else void this.board.loadCounts();
    void this.request.load();
    void this.box.load();
  }

  private onChanged(payload: unknown): void {
    const row = this.board.apply(payload);
    if (!row) return;
    this.request.take(row);
    this.box.take(row);
  }
}

/** The requests of one conversation, for its details. */
export class BoxStore extends Emitter {
  rows: readonly PaidRow[] = [];
  private id: string | null = null;

  constructor(private readonly api: ApiClient) {
    super();
  }

  turnTo(conversationId: string | null): void {
    if (conversationId === this.id) return;
    this.id = conversationId;
    this.rows = [];
    void this.load();
  }

  async load(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    const answer = await this.api.get("/paid-requests", { state: "all", conversation_id: id, limit: 20 }).catch(() => null);
    if (!answer || id !== this.id) return;
    this.rows = readList(answer.requests, readPaidRow);
    this.emit();
  }

  take(row: PaidRow): void {
    if (row.conversationId !== this.id) return;
    this.rows = [row, ...this.rows.filter((one) => one.id !== row.id)];
    this.emit();
  }
}
