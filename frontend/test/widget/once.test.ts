import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SafeStorage } from "../../src/shared/storage";
import { LeaseLock } from "../../src/widget/state/once";
import { MemoryStorage } from "../support/fake-backend";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const tabs = (): LeaseLock[] => {
  const disk = new MemoryStorage();
  return [1, 2, 3].map(() => new LeaseLock(new SafeStorage("x:", () => disk)));
};

it("lets one tab at a time run a task where navigator.locks is missing", async () => {
  let running = 0;
  let most = 0;
  const done = Promise.all(
    tabs().map((lock) =>
      lock.run("open", async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, 100));
        running -= 1;
      }),
    ),
  );
  await vi.advanceTimersByTimeAsync(5000);
  await done;
  expect(most).toBe(1);
});

it("lets the next one in after a failure, and after a tab that vanished", async () => {
  const [first, second, third] = tabs() as [LeaseLock, LeaseLock, LeaseLock];
  const failing = first.run("open", () => Promise.reject(new Error("x"))).catch(() => "failed");
  await vi.advanceTimersByTimeAsync(500);
  expect(await failing).toBe("failed");
  void second.run("open", () => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(500);
  const last = third.run("open", async () => "in");
  await vi.advanceTimersByTimeAsync(25_000);
  expect(await last).toBe("in");
});
