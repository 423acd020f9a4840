import { isRecord } from "../../shared/protocol";
import { PaidDesk } from "../paid/state/paid-desk";
import type { KeyValueStorage } from "../../shared/storage";
import { perform, type Action, type ActionBody } from "./actions";
import { AgentsStore } from "./agents-store";
import { messageAlert, queueAlert, type Alert } from "./alerts";
import { ApiClient, errorText } from "../../console/state/api";
import { AuditStore } from "./audit-store";
import { CannedStore } from "./canned-store";
import { Clock } from "../../console/state/clock";
import { ConversationList } from "./conversation-list";
import { ConversationStore } from "./conversation-store";
import { Deliveries } from "./deliveries";
import { Drafts } from "./drafts";
import { Live, type DeskTransport } from "./live";
import { Preferences } from "./preferences";
import { readPresence } from "../../console/state/readers";
import { readRow } from "./readers";
import { conversationPath, parsePath, type Route } from "./router";
import { Router, type Address } from "../../console/state/router";
import { SearchStore } from "./search-store";
import { SessionStore } from "../../console/state/session-store";
import { Toasts } from "../../console/state/toasts";
import type { Presence } from "../../console/state/types";
import type { Filter, Row } from "./types";
import { UiStore } from "./ui";

export interface Surroundings {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  transport: DeskTransport;
  /** Remembered by this browser, and by this tab. */
  local: KeyValueStorage;
  tab: KeyValueStorage;
  address: Address;
  alert(alert: Alert): void;
  /** Somebody looks at the page right now. */
  attentive(): boolean;
}

const USER_KEY = "user";
const DONE: Partial<Record<Action, string>> = {
  transfer: "Percakapan dialihkan.",
  return: "Percakapan kembali ke antrean.",
  "hand-back": "Percakapan diserahkan ke bot.",
  close: "Percakapan ditutup.",
};

/** The console without a screen: all stores, and what connects them. */
export class Desk {
  readonly api: ApiClient;
  readonly session: SessionStore;
  readonly live: Live;
  readonly list: ConversationList;
  readonly conversation: ConversationStore;
  readonly deliveries: Deliveries;
  readonly drafts: Drafts;
  readonly agents: AgentsStore;
  readonly canned: CannedStore;
  readonly search: SearchStore;
  readonly paid: PaidDesk;
  readonly audit: AuditStore;
  readonly router: Router<Route>;
  readonly preferences: Preferences;
  readonly toasts = new Toasts();
  readonly clock = new Clock();
  readonly ui = new UiStore();
  private readonly unread = new Map<string, Row>();
  private running = false;

  constructor(private readonly around: Surroundings) {
    const myId = (): string | null => this.session.me?.id ?? null;
    this.api = new ApiClient(around.fetch);
    this.session = new SessionStore(this.api);
    this.live = new Live(around.transport, {
      refused: () => void this.session.check(),
      presence: (value) => this.session.presenceIs(readPresence(value)),
    });
    this.deliveries = new Deliveries(this.api, around.tab, (id, item, seq) => {
      this.conversation.stored(id, {
        seq, sender: "agent", senderName: this.session.me?.displayName ?? null, text: item.text, buttons: [], card: null, outcome: null,
        clauses: [], replyTo: null, clientMessageId: item.clientMessageId, createdAt: item.createdAt, intent: null, confidence: null,
      });
    });
    this.drafts = new Drafts(around.tab);
    this.list = new ConversationList(this.api, myId);
    this.conversation = new ConversationStore(this.api, this.live, this.deliveries, myId);
    this.agents = new AgentsStore(this.api);
    this.canned = new CannedStore(this.api);
    this.search = new SearchStore(this.api);
    this.paid = new PaidDesk(this.api, this.live);
    this.audit = new AuditStore(this.api);
    this.router = new Router(around.address, parsePath);
    this.preferences = new Preferences(around.local);
    this.connectStores();
  }

  start(): void {
    void this.session.check();
  }

  /** The customer's id is in the address, so that a link leads back here. */
  openConversation(id: string, seq: number | null = null): void {
    this.router.go(conversationPath(id, seq));
  }

  async showList(filter: Filter): Promise<void> {
    this.preferences.filter = filter;
    this.ui.set({ cursor: null });
    await this.list.show(filter);
  }

  /** Does `action` with the open conversation; true when it is done. */
  async act(action: Action, body: ActionBody = {}): Promise<boolean> {
    const id = this.conversation.id;
    if (id === null) return false;
    const result = await perform(this.api, id, action, body);
    if (result.ok) {
      if (result.detail) {
        this.conversation.take(result.detail);
        this.list.put(result.detail);
      }
      void this.list.reload();
      const done = DONE[action];
      if (done) this.toasts.info(done);
      return true;
    }
    this.toasts.error(result.message);
    if (result.stale) {
      void this.conversation.load();
      void this.list.reload();
    }
    return false;
  }

  async setPresence(presence: Presence): Promise<void> {
    try {
      await this.session.setPresence(presence);
    } catch (error) {
      this.toasts.error(errorText(error));
    }
  }

  /** By the user's own wish: what they typed goes with them. */
  async signOut(everywhere = false): Promise<void> {
    try {
      await this.session.signOut(everywhere);
      this.forget();
    } catch (error) {
      this.toasts.error(errorText(error));
    }
  }

  private connectStores(): void {
    this.session.subscribe(() => this.sessionChanged());
    this.router.subscribe(() => this.routeChanged());
    this.live.on("conversation_changed", (payload) => this.onChanged(payload));
    this.live.on("queue_new", (payload) => this.onQueue(payload));
    this.live.on("presence_changed", (payload) => this.onPresence(payload));
    this.live.on("signed_out", () => this.session.ended());
    this.live.onConnect(() => this.caughtUp());
  }

  /** Whoever accepts a chat is online from then on, whatever the switch said. */
  private onPresence(payload: unknown): void {
    this.agents.take(payload);
    const own = this.agents.agents.find((agent) => agent.id === this.session.me?.id);
    if (own) this.session.presenceIs(own.presence);
  }

  private sessionChanged(): void {
    const signedIn = this.session.status === "signed-in";
    if (signedIn === this.running) return;
    this.running = signedIn;
    if (!signedIn) {
      this.live.stop();
      this.deliveries.stop();
      this.clock.stop();
      this.list.stop();
      this.paid.stop();
      return;
    }
    const me = this.session.me!;
    if (this.around.tab.get(USER_KEY) !== me.id) this.forget();
    this.around.tab.set(USER_KEY, me.id);
    this.clock.start();
    if (!this.session.may("serve")) return;
    this.live.start();
    this.deliveries.resume();
    this.paid.start();
    void this.list.show(this.preferences.filter);
    void this.canned.load();
    void this.agents.load();
    if (this.conversation.id !== null) void this.conversation.load();
    this.routeChanged();
  }

  private forget(): void {
    this.drafts.forgetAll();
    this.deliveries.forgetAll();
    this.conversation.close();
    this.around.tab.remove(USER_KEY);
  }

  private routeChanged(): void {
    if (!this.running) return;
    const { page, conversationId } = this.router.route;
    this.paid.show(this.router.route);
    this.list.openId = page === "inbox" ? conversationId : null;
    if (page !== "inbox") return;
    this.ui.set({ noting: false, detailsOver: false, dialog: null, ...(conversationId ? { cursor: conversationId } : {}) });
    if (conversationId === null) this.conversation.close();
    else void this.conversation.open(conversationId);
  }

  private caughtUp(): void {
    void this.list.restart();
    void this.agents.load();
    void this.conversation.catchUp();
    this.deliveries.resume();
  }

  private onChanged(payload: unknown): void {
    const row = this.list.apply(payload);
    if (!row) return;
    this.conversation.take(row);
    const watched = row.id === this.conversation.id && this.around.attentive();
    const alert = messageAlert(row, this.unread.get(row.id) ?? null, this.session.me?.id ?? null, watched);
    if (row.state === "agent") this.unread.set(row.id, row);
    else this.unread.delete(row.id);
    if (alert) this.around.alert(alert);
  }

  private onQueue(payload: unknown): void {
    const row = readRow(isRecord(payload) ? payload.conversation : null);
    if (!row) return;
    this.list.put(row);
    if (this.session.me?.presence === "online") this.around.alert(queueAlert(row));
  }
}
