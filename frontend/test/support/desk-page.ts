import { defineElements } from "../../src/desk/elements";
import { Desk } from "../../src/desk/state/desk";
import type { DeskTransport } from "../../src/desk/state/live";
import type { DeskApp } from "../../src/desk/views/desk-app";
import { SafeStorage } from "../../src/shared/storage";
import { scriptedFetch, type Call, type Reply } from "./desk";
import { finders, settled, type Finders } from "./dom";
import { MemoryStorage } from "./fake-backend";

class SilentTransport implements DeskTransport {
  connected = false;
  listen = (): void => undefined;
  on = (): void => undefined;
  connect = (): void => undefined;
  reconnect = (): void => undefined;
  close = (): void => undefined;
  request = (): Promise<never> => Promise.reject(new Error("not connected"));
}

export interface DeskPage extends Finders {
  desk: Desk;
  app: DeskApp;
  calls: Call[];
  path: () => string;
  close: () => void;
}

/** The console in the document, at `path`, against the answers that a test gives; nothing is pushed to it. */
export async function mountDesk(answer: (call: Call) => Reply, path = "/desk/"): Promise<DeskPage> {
  defineElements();
  const { fetch, calls } = scriptedFetch(answer);
  const [local, tab] = [new MemoryStorage(), new MemoryStorage()];
  const desk = new Desk({
    fetch,
    transport: new SilentTransport(),
    local: new SafeStorage("l:", () => local),
    tab: new SafeStorage("t:", () => tab),
    address: { current: () => path, push: (next) => (path = next) },
    alert: () => undefined,
    attentive: () => true,
  });
  const app = document.createElement("desk-app") as DeskApp;
  app.desk = desk;
  document.body.append(app);
  desk.start();
  await settled();
  const close = (): void => {
    app.remove();
    for (const part of [desk.live, desk.deliveries, desk.clock, desk.list, desk.paid]) part.stop();
  };
  return { desk, app, calls, path: () => path, close, ...finders(app) };
}
