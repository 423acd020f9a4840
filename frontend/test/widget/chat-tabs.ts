/** The server and the browser's storage that the tabs of a test share; prepare() makes both afresh. */

import { vi } from "vitest";
import { FakeBackend, MemoryStorage, openTab, type Tab } from "../support/fake-backend";

export let backend: FakeBackend;
export let disk: MemoryStorage;

export const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
export const shown = (tab: Tab): string[] => tab.store.messages.map((message) => message.text);

/** Before each test. */
export function prepare(): void {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  backend = new FakeBackend();
  disk = new MemoryStorage();
}

/** After each test. */
export const close = (): unknown => vi.useRealTimers();

/** A tab in which nobody has written yet. */
export async function started(): Promise<Tab> {
  const tab = openTab(backend, disk);
  tab.store.start();
  await settle();
  return tab;
}

/** A tab with one message, "halo". */
export async function talking(): Promise<Tab> {
  const tab = await started();
  tab.store.send("halo");
  await settle();
  return tab;
}
