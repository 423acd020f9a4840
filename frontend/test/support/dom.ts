/** Waits until what was asked has been answered and drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 15; turn += 1) await new Promise((done) => setTimeout(done, 0));
}

export interface Finders {
  all: (id: string) => HTMLElement[];
  one: (id: string) => HTMLElement;
}

/** Elements below `root` by their data-testid. */
export function finders(root: ParentNode): Finders {
  const all = (id: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
  return { all, one: (id) => all(id)[0]! };
}

export const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}): void =>
  void target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true, ...more }));
