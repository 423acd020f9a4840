import { Emitter } from "../../../shared/emitter";
import { ApiError, errorText, type ApiClient } from "../../../console/state/api";
import { Attempts } from "../../../console/state/attempts";
import type { BoardStore } from "./board-store";
import { refusal } from "./paid-actions";
import type { QuoteDraft } from "./quote-draft";
import { readPaidDetail, readPriceList, readStatement } from "./readers";
import type { PaidDetail, PaidRow, PriceList, StatementResult } from "./types";

export type Done<T = true> = { ok: T } | { ok: null; message: string; field: string | null };

/** The open request, and everything that staff do with it. */
export class PaidStore extends Emitter {
  id: string | null = null;
  detail: PaidDetail | null = null;
  status: "none" | "loading" | "ready" | "missing" | "failed" = "none";
  error: string | null = null;
  prices: PriceList | null = null;
  /** Something is being done; a second click does nothing. */
  busy = false;
  private readonly drafts = new Map<string, QuoteDraft>();
  private readonly attempts: Attempts;

  constructor(
    private readonly api: ApiClient,
    private readonly board: Pick<BoardStore, "put">,
  ) {
    super();
    this.attempts = new Attempts(api);
  }

  /** Another request, or none. */
  open(id: string | null): void {
    if (id === this.id) return;
    this.id = id;
    this.detail = null;
    this.error = null;
    this.status = id === null ? "none" : "loading";
    this.emit();
    if (id !== null) void this.load();
  }

  async load(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    try {
      const detail = readPaidDetail(await this.api.get(`/paid-requests/${encodeURIComponent(id)}`));
      // What was asked for before something was done may arrive after its answer.
      if (id !== this.id || (detail && this.detail && detail.updatedAt < this.detail.updatedAt)) return;
      this.detail = detail;
      this.status = detail ? "ready" : "failed";
    } catch (error) {
      if (id !== this.id) return;
      this.error = errorText(error);
      // What was loaded stays to be read while the network is away.
      if (error instanceof ApiError && error.status === 404) this.status = "missing";
      else if (!this.detail) this.status = "failed";
    }
    this.emit();
  }

  async loadPrices(): Promise<void> {
    if (this.prices) return;
    const answer = await this.api.get("/price-list").catch(() => null);
    if (answer) this.prices = readPriceList(answer);
    this.emit();
  }

  /** News of the socket: also of what is in no row, such as how the customer pays, or a rating. */
  take(row: PaidRow): void {
    if (row.id === this.id) void this.load();
  }

  draft(id: string): QuoteDraft | null {
    return this.drafts.get(id) ?? null;
  }

  /** The one that is being typed, or a new one; nobody is told, as nothing was typed yet. */
  draftOr(id: string, make: () => QuoteDraft): QuoteDraft {
    const draft = this.drafts.get(id) ?? make();
    this.drafts.set(id, draft);
    return draft;
  }

  /** What is typed survives a look at another page. */
  keepDraft(id: string, draft: QuoteDraft | null): void {
    if (draft) this.drafts.set(id, draft);
    else this.drafts.delete(id);
    this.emit();
  }

  /** Does something with the open request; `path` is what follows its address. */
  async act(path: string, body: Record<string, unknown> = {}): Promise<Done> {
    const { id } = this;
    if (id === null) return nothingDone;
    return this.change(`/paid-requests/${encodeURIComponent(id)}/${path}`, body);
  }

  async returnSurplus(orderId: string, evidence: string): Promise<Done> {
    return this.change(`/paid-payments/${encodeURIComponent(orderId)}/returned`, { evidence });
  }

  async importStatement(csv: string): Promise<Done<StatementResult>> {
    if (this.busy) return nothingDone;
    this.setBusy(true);
    try {
      return { ok: readStatement(await this.attempts.post("/bank-statements", { csv })) };
    } catch (error) {
      return { ok: null, ...refusal(error) };
    } finally {
      this.setBusy(false);
    }
  }

  private async change(path: string, body: Record<string, unknown>): Promise<Done> {
    if (this.busy) return nothingDone;
    const { id } = this;
    this.setBusy(true);
    try {
      const detail = readPaidDetail(await this.attempts.post(path, body));
      if (detail) this.board.put(detail);
      if (detail && detail.id === this.id) this.detail = detail;
      return { ok: true };
    } catch (error) {
      const { message, field, stale } = refusal(error);
      if (stale && id === this.id) await this.load();
      return { ok: null, message, field };
    } finally {
      this.setBusy(false);
    }
  }

  private setBusy(busy: boolean): void {
    this.busy = busy;
    this.emit();
  }
}

const nothingDone = { ok: null, message: "", field: null } as const;
