import type { ReactiveController, ReactiveControllerHost } from "lit";
import { FULL_SCREEN_QUERY } from "./styles/panel";

type Host = ReactiveControllerHost & HTMLElement;

/** Whether the panel takes the whole screen, and how much of it the on-screen keyboard leaves. */
export class FullScreen implements ReactiveController {
  private readonly query = window.matchMedia(FULL_SCREEN_QUERY);
  private readonly changed = (): void => this.host.requestUpdate();
  private readonly measured = (): void => this.measure();

  constructor(private readonly host: Host) {
    host.addController(this);
  }

  get active(): boolean {
    return this.query.matches;
  }

  hostConnected(): void {
    this.query.addEventListener("change", this.changed);
    window.visualViewport?.addEventListener("resize", this.measured);
    window.visualViewport?.addEventListener("scroll", this.measured);
  }

  hostDisconnected(): void {
    this.query.removeEventListener("change", this.changed);
    window.visualViewport?.removeEventListener("resize", this.measured);
    window.visualViewport?.removeEventListener("scroll", this.measured);
  }

  /** iOS lays the keyboard over a fixed element; only the visual viewport knows. Set through CSSOM, which CSP allows. */
  private measure(): void {
    const viewport = window.visualViewport;
    const root = this.host.shadowRoot?.querySelector<HTMLElement>(".root");
    // A page that is zoomed in keeps the layout size.
    if (!viewport || !root || viewport.scale > 1.01) return;
    root.style.setProperty("--viewport-height", `${Math.round(viewport.height)}px`);
    root.style.setProperty("--viewport-top", `${Math.round(viewport.offsetTop)}px`);
  }
}

/** Whether the page is looked at; a tab in the background is not. */
export class PageVisibility implements ReactiveController {
  constructor(
    host: Host,
    private readonly changed: () => void,
  ) {
    host.addController(this);
  }

  get visible(): boolean {
    return document.visibilityState === "visible";
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.changed);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.changed);
  }
}

const NEAR_END_PX = 60;

const ABOVE_MESSAGE_PX = 12;

/** Keeps the newest message in sight unless the customer has scrolled up. */
export class StickToEnd implements ReactiveController {
  private following = true;
  private observer: ResizeObserver | null = null;
  private observed: Element | null = null;

  constructor(private readonly host: Host) {
    host.addController(this);
  }

  get isFollowing(): boolean {
    return this.following;
  }

  hostUpdated(): void {
    const box = this.box;
    if (box !== this.observed) this.observe(box);
    if (this.following) this.toEnd();
  }

  hostDisconnected(): void {
    this.observe(null);
  }

  /** To be called when the box was scrolled. */
  scrolled(): void {
    const box = this.box;
    // A hidden box reports zeros, which say nothing about the customer.
    if (box && box.clientHeight > 0) this.following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  }

  follow(): void {
    this.following = true;
    this.toEnd();
  }

  private get box(): HTMLElement | null {
    return this.host.shadowRoot?.querySelector<HTMLElement>(".scroll") ?? null;
  }

  /** A message that is higher than the box is shown from its first line on, to be read downwards. */
  private toEnd(): void {
    const box = this.box;
    if (!box) return;
    const newest = [...box.querySelectorAll("[data-testid='message']")].at(-1);
    const end = box.scrollHeight - box.clientHeight;
    const start = newest ? newest.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop : end;
    // The space above its text may go, before anything below is cut off.
    box.scrollTop = end - start <= ABOVE_MESSAGE_PX ? end : start - ABOVE_MESSAGE_PX;
  }

  private observe(box: Element | null): void {
    this.observer?.disconnect();
    this.observed = box;
    if (!box || typeof ResizeObserver === "undefined") return;
    this.observer ??= new ResizeObserver(() => {
      if (this.following) this.toEnd();
    });
    this.observer.observe(box);
  }
}

/** Keeps Tab inside `container`; for a panel that covers the whole screen. */
export function trapTab(event: KeyboardEvent, container: HTMLElement, active: Element | null): void {
  const stops = [...container.querySelectorAll<HTMLElement>("button, input, textarea, a[href], [tabindex='0']")];
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return;
  const inside = active !== null && container.contains(active);
  if (event.shiftKey ? !inside || active === first : !inside || active === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}
