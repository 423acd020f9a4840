import { SafeStorage } from "../../src/shared/storage";
import { Trainer } from "../../src/trainer/state/trainer";
import { FakeTrainer } from "../../dev/fake-trainer.mjs";
import { PASSWORD } from "../../dev/fake-console-data.mjs";
import { MemoryStorage } from "./fake-backend";

export interface OpenTrainer {
  trainer: Trainer;
  path(): string;
  go(path: string): void;
}

/** A trainer console in memory against a real FakeTrainer. */
export function openTrainer(address: string, path = "/trainer/"): OpenTrainer {
  let cookie = "";
  const local = new MemoryStorage();
  const fetchWithCookie = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(address + url, { ...init, headers: { ...(init.headers as object), cookie } });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
  const trainer = new Trainer({
    fetch: fetchWithCookie,
    local: new SafeStorage("l:", () => local),
    address: { current: () => path, push: (next) => (path = next) },
    attentive: () => true,
  });
  return { trainer, path: () => path, go: (next) => trainer.router.go(next) };
}

export const signIn = (open: OpenTrainer, username = "tono"): Promise<void> => open.trainer.session.signIn(username, PASSWORD, "");

/** Waits until `holds`, looking again and again; fails with `what` after a while. */
export async function until(holds: () => unknown, what = "the expected state"): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`never came: ${what}`);
}

export { FakeTrainer };
