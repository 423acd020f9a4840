import { applyTheme } from "../console/parts/theme";
import { SafeStorage } from "../shared/storage";
import { defineElements } from "./elements";
import { Trainer } from "./state/trainer";
import type { TrainerApp } from "./views/trainer-app";
import "./styles/index.css";

/** The desk's own: whoever uses both consoles chooses the colours once. */
const PREFIX = "masternet-desk:";

const trainer = new Trainer({
  fetch: (url, init) => fetch(url, init),
  local: new SafeStorage(PREFIX, () => window.localStorage),
  address: {
    current: () => location.pathname + location.search,
    push: (path) => history.pushState(null, "", path),
  },
  attentive: () => document.visibilityState === "visible",
});

applyTheme(trainer.preferences.theme);
trainer.preferences.subscribe(() => applyTheme(trainer.preferences.theme));
window.addEventListener("popstate", () => trainer.router.moved());
window.addEventListener("online", () => trainer.poller.hurry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") trainer.poller.hurry();
});

defineElements();
const app = document.createElement("trainer-app") as TrainerApp;
app.trainer = trainer;
document.querySelector("#app")!.replaceWith(app);
trainer.start();
