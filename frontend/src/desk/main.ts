import { SafeStorage } from "../shared/storage";
import { SocketTransport } from "../shared/socket-transport";
import { defineElements } from "./elements";
import { Alarm } from "./parts/alarm";
import { applyTheme } from "../console/parts/theme";
import { Desk } from "./state/desk";
import type { DeskApp } from "./views/desk-app";
import "./styles/index.css";

const PREFIX = "masternet-desk:";

const alarm = new Alarm();
const desk = new Desk({
  fetch: (url, init) => fetch(url, init),
  transport: new SocketTransport(`${location.origin}/desk`),
  local: new SafeStorage(PREFIX, () => window.localStorage),
  tab: new SafeStorage(PREFIX, () => window.sessionStorage),
  address: {
    current: () => location.pathname + location.search,
    push: (path) => history.pushState(null, "", path),
  },
  alert: (alert) => alarm.raise(alert),
  attentive: () => document.visibilityState === "visible" && document.hasFocus(),
});
alarm.attach(desk);

applyTheme(desk.preferences.theme);
desk.preferences.subscribe(() => applyTheme(desk.preferences.theme));
window.addEventListener("popstate", () => desk.router.moved());
window.addEventListener("online", () => desk.live.hurry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") desk.live.hurry();
});

defineElements();
const app = document.createElement("desk-app") as DeskApp;
app.desk = desk;
document.querySelector("#app")!.replaceWith(app);
desk.start();
