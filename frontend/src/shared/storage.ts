/** The part of the Web Storage API that is used here. */
export interface KeyValueStorage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

/** Web Storage under a prefix; what cannot be written there is kept in memory instead. */
export class SafeStorage implements KeyValueStorage {
  private readonly memory = new Map<string, string>();

  /** `open` is a function because reading `window.localStorage` itself may throw. */
  constructor(
    private readonly prefix: string,
    private readonly open: () => Storage | null | undefined,
  ) {}

  get(key: string): string | null {
    return this.memory.get(key) ?? this.attempt((storage) => storage.getItem(this.prefix + key)) ?? null;
  }

  set(key: string, value: string): void {
    const stored = this.attempt((storage) => {
      storage.setItem(this.prefix + key, value);
      return true;
    });
    if (stored) this.memory.delete(key);
    else this.memory.set(key, value);
  }

  remove(key: string): void {
    this.memory.delete(key);
    this.attempt((storage) => storage.removeItem(this.prefix + key));
  }

  keys(): string[] {
    const stored = this.attempt((storage) => {
      const names: string[] = [];
      for (let index = 0; index < storage.length; index += 1) {
        const name = storage.key(index);
        if (name?.startsWith(this.prefix)) names.push(name.slice(this.prefix.length));
      }
      return names;
    });
    return [...new Set([...(stored ?? []), ...this.memory.keys()])];
  }

  /** The key without the prefix, or null when a storage event concerns somebody else. */
  ownKey(name: string | null): string | null {
    return name?.startsWith(this.prefix) ? name.slice(this.prefix.length) : null;
  }

  private attempt<T>(use: (storage: Storage) => T): T | undefined {
    try {
      const storage = this.open();
      return storage ? use(storage) : undefined;
    } catch {
      return undefined;
    }
  }
}
