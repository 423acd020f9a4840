import type { SafeStorage } from "../shared/storage";
import type { MasternetChat } from "./masternet-chat";
import type { ChatStore } from "./state/chat-store";

/** A page may open the chat from its own buttons: `<button data-masternet-chat="open">`. */
const OPEN_SELECTOR = '[data-masternet-chat="open"]';

/** Passes on what the page and the browser report: network, visibility, other tabs, clicks on the page's own buttons. */
export function watchPage(element: MasternetChat, store: ChatStore, storage: SafeStorage): void {
  window.addEventListener("offline", () => store.networkLost());
  window.addEventListener("online", () => store.networkBack());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) store.pageVisible();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") store.pageVisible();
  });
  window.addEventListener("storage", (event) => {
    const key = storage.ownKey(event.key);
    if (key) store.storageChanged(key, event.newValue === null);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target instanceof Element ? event.target.closest(OPEN_SELECTOR) : null;
    if (!opener) return;
    event.preventDefault();
    element.openPanel();
  });
}
