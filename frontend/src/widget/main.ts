import { SafeStorage } from "../shared/storage";
import { SocketTransport } from "../shared/socket-transport";
import { readConfig, type WidgetConfig } from "./config";
import { MasternetChat, TAG } from "./masternet-chat";
import { watchPage } from "./page-events";
import { ChatStore } from "./state/chat-store";
import { crossTabLock } from "./state/once";
import { httpOpener } from "./state/open-conversation";

/** The tag that loaded this file; `currentScript` is missing when a loader has inserted it otherwise. */
function ownScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement && current.src) return current;
  return document.querySelector<HTMLScriptElement>('script[src*="widget.js"]');
}

function mount(config: WidgetConfig): void {
  // A second tag on the same page changes nothing.
  if (document.querySelector(TAG)) return;
  const prefix = `masternet-chat:${config.server}:`;
  const storage = new SafeStorage(prefix, () => window.localStorage);
  const store = new ChatStore({
    transport: new SocketTransport(config.server),
    storage,
    lock: crossTabLock(storage, prefix),
    open: httpOpener(config.server),
  });
  const element = document.createElement(TAG) as MasternetChat;
  element.config = config;
  element.store = store;
  element.pageMemory = new SafeStorage(prefix, () => window.sessionStorage);
  document.body.append(element);
  watchPage(element, store, storage);
  store.start();
}

const script = ownScript();
const config = readConfig(script?.dataset ?? {}, script?.src ?? "", location.href);
if (!customElements.get(TAG)) customElements.define(TAG, MasternetChat);
if (document.body) mount(config);
else document.addEventListener("DOMContentLoaded", () => mount(config), { once: true });
