import { SafeStorage } from "../../src/shared/storage";
import { defineElements } from "../../src/trainer/elements";
import { Trainer } from "../../src/trainer/state/trainer";
import type { TrainerApp } from "../../src/trainer/views/trainer-app";
import { scriptedFetch, type Call, type Reply } from "./desk";
import { finders, settled, type Finders } from "./dom";
import { MemoryStorage } from "./fake-backend";

export interface TrainerPage extends Finders {
  trainer: Trainer;
  app: TrainerApp;
  calls: Call[];
  path: () => string;
  close: () => void;
}

/** The trainers' console in the document, at `path`, against the answers that a test gives. */
export async function mountTrainer(answer: (call: Call) => Reply, path = "/trainer/"): Promise<TrainerPage> {
  defineElements();
  const { fetch, calls } = scriptedFetch(answer);
  const local = new MemoryStorage();
  const trainer = new Trainer({
    fetch,
    local: new SafeStorage("l:", () => local),
    address: { current: () => path, push: (next) => (path = next) },
    attentive: () => true,
  });
  const app = document.createElement("trainer-app") as TrainerApp;
  app.trainer = trainer;
  document.body.append(app);
  trainer.start();
  await settled();
  const close = (): void => {
    app.remove();
    trainer.poller.stop();
    trainer.clock.stop();
  };
  return { trainer, app, calls, path: () => path, close, ...finders(app) };
}
