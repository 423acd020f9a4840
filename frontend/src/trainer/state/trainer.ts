import { ApiClient } from "../../console/state/api";
import { Clock } from "../../console/state/clock";
import { ThemePreference } from "../../console/state/preferences";
import { Router, type Address } from "../../console/state/router";
import { SessionStore } from "../../console/state/session-store";
import { Toasts } from "../../console/state/toasts";
import type { KeyValueStorage } from "../../shared/storage";
import { Inbox } from "../inbox/state/inbox";
import { Workshop } from "../data/state/workshop";
import { Studio } from "../training/state/studio";
import { TrendsStore } from "../trends/state/trends-store";
import { TrainingStore } from "../training/state/training-store";
import { Poller } from "./poller";
import { pagePath, parsePath, type Page, type Route } from "./router";
import { TopicsStore } from "./topics-store";
import type { Job } from "./types";
import { ENDED } from "./job-words";

const CALM_MS = 2000;
const BUSY_MS = 1000;

export interface Surroundings {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Remembered by this browser. */
  local: KeyValueStorage;
  address: Address;
  /** Somebody may be looking at the page. */
  attentive(): boolean;
}

/** The console without a screen: all stores, and what connects them. */
export class Trainer {
  readonly session: SessionStore;
  /** The desk's API, where sessions and accounts are. */
  readonly accounts: ApiClient;
  readonly api: ApiClient;
  readonly preferences: ThemePreference;
  readonly router: Router<Route>;
  readonly toasts = new Toasts();
  readonly clock = new Clock();
  readonly topics: TopicsStore;
  readonly training: TrainingStore;
  readonly inbox: Inbox;
  readonly workshop: Workshop;
  readonly studio: Studio;
  readonly trends: TrendsStore;
  readonly poller: Poller;
  /** What the page on screen asks for again and again; set by the page. */
  private readonly refreshers = new Map<Page, () => Promise<void>>();
  private running = false;

  constructor(around: Surroundings) {
    this.accounts = new ApiClient(around.fetch);
    this.api = this.accounts.under("/api/trainer/v1");
    this.session = new SessionStore(this.accounts);
    this.preferences = new ThemePreference(around.local);
    this.router = new Router(around.address, parsePath);
    this.topics = new TopicsStore(this.api);
    this.training = new TrainingStore(this.api);
    this.inbox = new Inbox(this.api, this.toasts, this.inboxAddress(), () => this.poller.hurry());
    this.workshop = new Workshop(this.api, this.toasts, () => this.dataChanged());
    this.studio = new Studio(this.api, this.training, this.toasts, () => this.poller.hurry());
    this.trends = new TrendsStore(this.api);
    this.poller = new Poller(() => this.refresh(), () => (this.training.running ? BUSY_MS : CALM_MS), around.attentive);
    this.training.onEnd = (job) => this.jobEnded(job);
    this.training.subscribe(() => this.training.status === "ready" && this.workshop.notice(this.training.unpublished));
    this.session.subscribe(() => this.sessionChanged());
    this.router.subscribe(() => this.moved());
    this.onPage("inbox", () => this.inbox.list.refresh());
  }

  start(): void {
    void this.session.check();
  }

  async signOut(everywhere = false): Promise<void> {
    try {
      await this.session.signOut(everywhere);
      this.router.go(pagePath("inbox"));
    } catch {
      this.toasts.error("Server tidak dapat dihubungi. Anda masih masuk; coba lagi.");
    }
  }

  /** `ask` is called every few seconds while `page` is shown. It must not fail. */
  onPage(page: Page, ask: () => Promise<void>): void {
    this.refreshers.set(page, ask);
  }

  private async refresh(): Promise<void> {
    const { page } = this.router.route;
    const own = this.refreshers.get(page);
    await Promise.all([this.training.refresh(), own?.(), page === "inbox" ? undefined : this.inbox.list.count()]);
  }

  private sessionChanged(): void {
    const wanted = this.session.status === "signed-in" && this.session.may("train");
    if (wanted === this.running) return;
    this.running = wanted;
    if (!wanted) {
      this.clock.stop();
      return this.poller.stop();
    }
    this.clock.start();
    this.poller.start();
    void this.topics.load();
    this.moved();
  }

  private moved(): void {
    if (!this.running) return;
    if (this.router.route.page === "inbox") this.inbox.opened();
    this.poller.hurry();
  }

  private dataChanged(): void {
    void this.topics.load();
    this.poller.hurry();
  }

  private jobEnded(job: Job): void {
    const words = ENDED[job.kind];
    if (job.state === "done") this.toasts.info(words?.done ?? "Selesai.");
    else if (job.state === "cancelled") this.toasts.info("Dibatalkan. Tidak ada yang berubah.");
    else this.toasts.error(job.problem ?? "Gagal. Tidak ada yang berubah.");
    void this.topics.load();
    void this.studio.versions.load();
  }

  private inboxAddress(): { open(id: string | null): void; opened(): string | null } {
    return {
      open: (id) => this.router.go(id === null ? pagePath("inbox") : pagePath("inbox", id)),
      opened: () => (this.router.route.page === "inbox" ? (this.router.route.rest[0] ?? null) : null),
    };
  }
}
