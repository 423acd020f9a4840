import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { paidCardStyles } from "../shared/paid/card-styles";
import type { QuickReply } from "../shared/protocol";
import type { KeyValueStorage } from "../shared/storage";
import { accentProperties, type WidgetConfig } from "./config";
import { Clipboard } from "./clipboard";
import { FullScreen, PageVisibility, StickToEnd, trapTab } from "./controllers";
import { openReplies } from "./state/cards";
import type { ChatStore } from "./state/chat-store";
import { standings } from "./state/paid-cards";
import { cardStyles } from "./styles/cards";
import { cardButtonStyles } from "./styles/card-buttons";
import { composerStyles } from "./styles/composer";
import { detailStyles } from "./styles/details";
import { messageStyles } from "./styles/messages";
import { panelStyles } from "./styles/panel";
import { themeStyles } from "./styles/theme";
import { canSend, composerView } from "./views/composer-view";
import { bannerView, headerView, launcherView } from "./views/frame-view";
import { privacyView } from "./views/intro-view";
import { logView, type LogActions } from "./views/log-view";

export const TAG = "masternet-chat";
const OPEN_KEY = "open";

/** What is typed here must not trigger the keyboard shortcuts of the page around it. */
const keepFromPage = (event: Event): void => event.stopPropagation();

/** The widget's one element: it shows the ChatStore and passes on what the customer does. */
export class MasternetChat extends LitElement {
  static override styles = [themeStyles, panelStyles, messageStyles, detailStyles, cardStyles, paidCardStyles, cardButtonStyles, composerStyles];
  static override properties = { config: { attribute: false }, open: { state: true }, draft: { state: true } };

  declare config: WidgetConfig;
  declare open: boolean;
  declare draft: string;
  store!: ChatStore;
  /** Remembers over page loads, within one tab, that the panel is open. */
  pageMemory: KeyValueStorage | null = null;

  private readonly fullScreen = new FullScreen(this);
  private readonly stick = new StickToEnd(this);
  private readonly clipboard = new Clipboard(this);
  private readonly logActions: LogActions = {
    send: (text) => this.sendChoice(text),
    choose: (seq, title) => this.choose(seq, title),
    press: (seq, button) => this.press(seq, button),
    mark: (seq, score) => this.mark(seq, score),
    copy: (key, value, name) => void this.clipboard.copy(key, value, name),
    retry: (id) => this.store.retry(id),
    discard: (id) => this.store.discard(id),
    scrolled: () => this.scrolled(),
    jump: () => this.jump(),
  };
  private readonly page = new PageVisibility(this, () => this.watch());
  private unsubscribe: (() => void) | null = null;
  private shownSeq = 0;
  private missedSome = false;
  private marked: { seq: number; score: number } | null = null;

  constructor() {
    super();
    this.open = false;
    this.draft = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.store.subscribe(() => this.requestUpdate());
    this.open = this.pageMemory?.get(OPEN_KEY) === "1";
    this.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
  }

  openPanel(): void {
    this.setOpen(true);
    this.stick.follow();
    void this.updateComplete.then(() => this.input?.focus());
  }

  closePanel(): void {
    this.setOpen(false);
    void this.updateComplete.then(() => this.find("launcher")?.focus());
  }

  protected override willUpdate(): void {
    const last = this.store.messages.at(-1);
    if (!last || last.seq < this.shownSeq) this.missedSome = false;
    else if (last.seq > this.shownSeq && !this.stick.isFollowing) this.missedSome = last.sender !== "customer";
    this.shownSeq = last?.seq ?? 0;
  }

  protected override firstUpdated(): void {
    const root = this.renderRoot.querySelector<HTMLElement>(".root");
    for (const [name, value] of Object.entries(accentProperties(this.config.color))) root?.style.setProperty(name, value);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("draft") || changed.has("open")) this.fitInput();
  }

  protected override render(): TemplateResult {
    const { config, open, store } = this;
    const toggle = (): void => (open ? this.closePanel() : this.openPanel());
    return html`<div
      class="root ${config.position} ${open ? "open" : ""}"
      lang="id"
      @keydown=${(event: KeyboardEvent) => this.keyPressed(event)}
      @keypress=${keepFromPage}
      @keyup=${keepFromPage}
    >
      ${open ? this.panelView() : nothing} ${launcherView(open, store.unread, toggle)}
    </div>`;
  }

  private panelView(): TemplateResult {
    const { config, store } = this;
    return html`<section
      class="panel"
      id="panel"
      role="dialog"
      data-testid="panel"
      aria-labelledby="title"
      aria-modal=${this.fullScreen.active ? "true" : nothing}
    >
      ${headerView(store, config.title, () => this.closePanel())} ${bannerView(store.connectionLost)}
      ${logView(store, { showJump: this.missedSome && !this.stick.isFollowing, marked: this.marked, copied: this.clipboard.copied, copyNews: this.clipboard.news }, this.logActions)}
      ${privacyView(store, config.privacyUrl)}
      ${composerView(this.draft, store.handover.closed, { input: (text) => this.typed(text), submit: () => this.submit() })}
    </section>`;
  }

  private setOpen(open: boolean): void {
    this.open = open;
    this.pageMemory?.set(OPEN_KEY, open ? "1" : "0");
    this.watch();
  }

  /** Nobody reads an open panel in a tab that is not looked at. */
  private watch(): void {
    this.store.setWatching(this.open && this.page.visible);
  }

  private keyPressed(event: KeyboardEvent): void {
    keepFromPage(event);
    if (!this.open || event.isComposing) return;
    const panel = this.find("panel");
    if (event.key === "Escape") {
      this.closePanel();
    } else if (event.key === "Tab" && this.fullScreen.active && panel) {
      trapTab(event, panel, this.shadowRoot?.activeElement ?? null);
    }
  }

  private typed(text: string): void {
    this.draft = text;
    this.store.customerTyping(text);
  }

  private submit(): void {
    if (!canSend(this.draft)) return;
    const text = this.draft;
    this.draft = "";
    this.send(text);
    this.input?.focus();
  }

  /** A second press in the same moment finds the buttons closed. */
  private choose(seq: number, title: string): void {
    const { messages, unsent, handover } = this.store;
    if (openReplies(messages, unsent, handover)?.seq === seq) this.sendChoice(title);
  }

  /** Nothing where a later card, or an earlier press, has closed it meanwhile. */
  private press(seq: number, button: QuickReply): void {
    const standing = standings(this.store.messages, this.store.unsent).get(seq);
    if (!standing?.live || standing.busy) return;
    this.store.press(button);
    this.goOn();
  }

  private mark(seq: number, score: number): void {
    this.marked = { seq, score };
    this.requestUpdate();
  }

  /** The pressed button goes away; the focus moves to where the customer goes on. */
  private sendChoice(text: string): void {
    this.send(text);
    this.goOn();
  }

  private goOn(): void {
    this.stick.follow();
    if (this.fullScreen.active) this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus();
    else this.input?.focus();
  }

  private send(text: string): void {
    this.store.send(text);
    this.stick.follow();
  }

  private scrolled(): void {
    const before = this.stick.isFollowing;
    this.stick.scrolled();
    if (before === this.stick.isFollowing) return;
    if (this.stick.isFollowing) this.missedSome = false;
    this.requestUpdate();
  }

  private jump(): void {
    this.missedSome = false;
    this.stick.follow();
    this.input?.focus();
    this.requestUpdate();
  }

  /** Grows with its text; max-height in the styles ends that at five lines. */
  private fitInput(): void {
    const input = this.input;
    if (!input) return;
    input.style.height = "auto";
    if (input.scrollHeight) input.style.height = `${input.scrollHeight}px`;
  }

  private get input(): HTMLElement | null {
    return this.find("input");
  }

  private find(testId: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  }
}
