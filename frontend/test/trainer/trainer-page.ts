/** The page of the trainer console against answers that a test may change; prepare() makes them afresh. */

import type { Trainer } from "../../src/trainer/state/trainer";
import type { TrainerApp } from "../../src/trainer/views/trainer-app";
import type { Call, Reply } from "../support/desk";
import { settled } from "../support/dom";
import { mountTrainer, type TrainerPage } from "../support/trainer-page";
import { CHANGE, detail, group, HOSTILE, ME, SENTENCES, TOPICS, VERDICT, version } from "./sample";

export let routes: Record<string, (call: Call) => Reply>;
export let calls: Call[];
export let trainer: Trainer;
export let app: TrainerApp;
let page: TrainerPage;
export let training: Record<string, unknown>;

export const all = (id: string): HTMLElement[] => page.all(id);
export const one = (id: string): HTMLElement => page.one(id);
export const path = (): string => page.path();
export const click = async (id: string): Promise<void> => {
  one(id).click();
  await settled();
};

function answer(call: Call): Reply {
  const [route] = call.path.split("?");
  const known = routes[`${call.method} ${route}`];
  if (known) return known(call);
  const id = /^\/inbox\/(k\d+)$/.exec(route!)?.[1];
  return id ? { body: detail(id) } : { status: 404, body: {} };
}

export async function mount(at = "/trainer/"): Promise<void> {
  page = await mountTrainer(answer, at);
  ({ trainer, app, calls } = page);
}

/** Before each test. */
export function prepare(): void {
  training = { job: null, live: version(3, "live"), candidate: null, shadow: null, unpublished: 4, may_override: false };
  routes = {
    "GET /session": () => ({ body: { me: ME, csrf_token: "t" } }),
    "GET /topics": () => ({ body: { topics: TOPICS } }),
    "GET /inbox": () => ({ body: { groups: ["k1", "k2", "k3"].map((id) => group(id)), next: null, counts: { open: 3, mine: 1, done: 0, ignored: 0 } } }),
    "GET /training": () => ({ body: training }),
    "GET /colleagues": () => ({ body: { colleagues: [{ id: "r", name: HOSTILE }] } }),
    "GET /inbox/messages/k1-1/conversation": () => ({ body: { messages: [{ seq: 3, sender: "customer", text: HOSTILE, outcome: null, clauses: [], created_at: "", is_it: true }] } }),
    "GET /sentences": () => ({ body: { sentences: SENTENCES, total: 1600, next: null } }),
    "GET /warnings": () => ({ body: { counts: { near_duplicate: 3 }, thin: [], checked_at: null, files: [{ file: HOSTILE, problem: HOSTILE }] } }),
    "GET /changes": () => ({ body: { changes: [CHANGE], next: null, unpublished: 4 } }),
    "GET /versions": () => ({ body: { versions: [version(4, "candidate"), version(3, "live"), version(2, "former")] } }),
    "GET /versions/4": () => ({ body: { ...version(4, "candidate"), against: 3, gains: [VERDICT], losses: [VERDICT], topics: [{ intent: "migrasi", title: HOSTILE, count: 4, before: 0.9, after: 0.8 }], conversations: [{ name: HOSTILE, before: true, after: false }], changes: [CHANGE], pictures: ["confusion.png"] } }),
    "GET /shadow": () => ({ body: { version: version(4, "candidate"), since: "2026-11-27T10:00:00Z", seen: 10, different: 1, differences: [{ id: 1, text: HOSTILE, at: "2026-11-27T10:00:00Z", live: { intent: "a", title: HOSTILE, outcome: "answer", clauses: [], confidence: 0.4 }, candidate: { intent: "b", title: "B", outcome: "answer", clauses: ["H13"], confidence: 0.6 } }], next: null } }),
  };
}

/** After each test. */
export const close = (): void => page.close();
