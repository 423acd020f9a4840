import { describe, expect, it } from "vitest";
import { SafeStorage } from "../../src/shared/storage";
import { MemoryStorage } from "../support/fake-backend";

const broken = (): Storage => {
  throw new DOMException("denied", "SecurityError");
};

describe("SafeStorage", () => {
  it("keeps its keys under its prefix", () => {
    const disk = new MemoryStorage();
    disk.setItem("foreign", "x");
    const storage = new SafeStorage("chat:", () => disk);
    storage.set("a", "1");
    expect(disk.getItem("chat:a")).toBe("1");
    expect(storage.keys()).toEqual(["a"]);
    expect(storage.ownKey("chat:a")).toBe("a");
    expect(storage.ownKey("foreign")).toBeNull();
    expect(storage.ownKey(null)).toBeNull();
  });

  it.each([["throws when read", broken], ["is missing", () => null]])("works in memory when storage %s", (_, open) => {
    const storage = new SafeStorage("chat:", open);
    storage.set("a", "1");
    expect(storage.get("a")).toBe("1");
    expect(storage.keys()).toEqual(["a"]);
    storage.remove("a");
    expect(storage.get("a")).toBeNull();
  });

  it("keeps in memory what no longer fits", () => {
    const disk = new MemoryStorage();
    const storage = new SafeStorage("chat:", () => disk);
    storage.set("a", "old");
    disk.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    storage.set("a", "new");
    storage.set("b", "2");
    expect(storage.get("a")).toBe("new");
    expect(storage.keys().sort()).toEqual(["a", "b"]);
  });
});
