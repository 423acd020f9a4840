import { Emitter } from "../../shared/emitter";

/** The address bar, behind the two calls that are needed of it. */
export interface Address {
  current(): string;
  push(path: string): void;
}

/** Where in a console one is; `parse` reads it from the address. */
export class Router<Route> extends Emitter {
  route: Route;

  constructor(
    private readonly address: Address,
    private readonly parse: (path: string) => Route,
  ) {
    super();
    this.route = parse(address.current());
  }

  go(path: string): void {
    if (path !== this.address.current()) this.address.push(path);
    this.moved();
  }

  /** The address has changed, perhaps by the browser's own buttons. */
  moved(): void {
    this.route = this.parse(this.address.current());
    this.emit();
  }
}

/** A part of a path as it was before it was encoded; null where it cannot be. */
export const decode = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
};
