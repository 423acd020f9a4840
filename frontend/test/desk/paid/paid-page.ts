/** The console against a FakePaid, signed in with the permissions that permit() gives. */

import { vi } from "vitest";
import { FakePaid, PAID_ROUTES } from "../../../dev/fake-paid.mjs";
import { Refusal } from "../../../dev/fake-console-routes.mjs";
import type { Desk } from "../../../src/desk/state/desk";
import type { DeskApp } from "../../../src/desk/views/desk-app";
import type { Call, Reply } from "../../support/desk";
import { mountDesk, type DeskPage } from "../../support/desk-page";
import { settled } from "../../support/dom";

export const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> <!--?lit$1$-->';
export const ADMIN = ["signed_in", "serve", "lead", "administer"];
export const AGENT = ["signed_in", "serve"];

interface FakeRequest {
  id: string;
  state: string;
  payments: { amount: number }[];
  quotes: { lines: object[] }[];
  work: object[];
  changes: object[];
}
type Route = [string, string, (desk: object, context: object) => [number, unknown]];

let paid: FakePaid;
let calls: Call[];
export let desk: Desk;
export let app: DeskApp;
let page: DeskPage;
let permissions: string[];

export const all = (id: string): HTMLElement[] => page.all(id);
export const one = (id: string): HTMLElement => page.one(id);
export const path = (): string => page.path();
export const request = (id: string): FakeRequest => (paid.requests as unknown as FakeRequest[]).find((one) => one.id === id)!;
export const posts = (): Call[] => calls.filter((call) => call.method === "POST");
export async function fill(id: string, value: string, index = 0): Promise<void> {
  const field = all(id)[index] as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
}
export async function click(id: string): Promise<void> {
  one(id).click();
  await settled();
}
export async function submit(id: string): Promise<void> {
  (one(id).closest("form") as HTMLFormElement).requestSubmit();
  await settled();
}

const me = (): Record<string, unknown> => ({ id: "u-rina", username: "rina", display_name: "Rina", roles: ["agent"], permissions, presence: "online", max_chats: 4 });

function answer(call: Call): Reply {
  const url = new URL(call.path, "http://desk");
  if (url.pathname === "/session") return { body: { me: me(), csrf_token: "t" } };
  for (const [method, pattern, handler] of PAID_ROUTES as unknown as Route[]) {
    const match = method === call.method && new RegExp(`^${pattern.replace(/:[a-z]+/g, "([^/]+)")}$`).exec(url.pathname);
    if (!match) continue;
    try {
      const [status, body] = handler({ paid }, { me: me(), id: match[1], body: call.body, query: url.searchParams });
      return { status, body };
    } catch (error) {
      const { status, code, message, data } = error as { status: number; code: string; message: string; data: object };
      return { status, body: { error: { code, message, data } } };
    }
  }
  return { status: 404, body: {} };
}

export async function mount(at: string): Promise<void> {
  page = await mountDesk(answer, at);
  ({ desk, app, calls } = page);
}

/** What the signed-in account may do from now on. */
export function permit(what: string[]): void {
  permissions = what;
}

/** Before each test. */
export function prepare(): void {
  permit(ADMIN);
  paid = new FakePaid({ conversations: [], space: { emit: () => undefined } } as never, Refusal);
}

/** After each test. */
export function close(): void {
  page.close();
  vi.restoreAllMocks();
}
