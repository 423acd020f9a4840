import type { KeyValueStorage } from "../../shared/storage";
import { newUuid } from "../../shared/uuid";

/** Runs a task while no other tab of this origin runs one of the same name. */
export interface CrossTabLock {
  run<T>(name: string, task: () => Promise<T>): Promise<T>;
}

/** `navigator.locks` where the page is a secure context, else a lease kept in local storage. */
export function crossTabLock(storage: KeyValueStorage, prefix: string): CrossTabLock {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (!locks) return new LeaseLock(storage);
  // An explicit promise: the DOM types nest the task's own promise.
  return { run: (name, task) => locks.request(prefix + name, () => task()) as ReturnType<typeof task> };
}

const LEASE_MS = 20_000;
const SETTLE_MS = 60;

/** Storage has no compare-and-set: write, wait for other writers, and go on only if the lease is still ours. */
export class LeaseLock implements CrossTabLock {
  private readonly owner = newUuid();

  constructor(private readonly storage: KeyValueStorage) {}

  async run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const key = `lock:${name}`;
    while (!(await this.acquire(key))) await pause(SETTLE_MS + Math.random() * SETTLE_MS);
    try {
      return await task();
    } finally {
      if (this.holder(key) === this.owner) this.storage.remove(key);
    }
  }

  private async acquire(key: string): Promise<boolean> {
    if (this.holder(key)) return false;
    this.storage.set(key, `${this.owner} ${Date.now() + LEASE_MS}`);
    await pause(SETTLE_MS);
    return this.holder(key) === this.owner;
  }

  /** Who holds a lease that has not run out. */
  private holder(key: string): string | null {
    const [owner, until] = (this.storage.get(key) ?? "").split(" ");
    return owner && Number(until) > Date.now() ? owner : null;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
