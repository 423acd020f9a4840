import { Emitter } from "../../shared/emitter";

export interface Toast {
  id: number;
  kind: "info" | "error";
  text: string;
}

const SHOWN_MS = 6000;

/** Short words about what has just happened; read out as well. */
export class Toasts extends Emitter {
  list: readonly Toast[] = [];
  private count = 0;

  info(text: string): void {
    this.add("info", text);
  }

  error(text: string): void {
    this.add("error", text);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
    this.emit();
  }

  private add(kind: Toast["kind"], text: string): void {
    const id = ++this.count;
    this.list = [...this.list.filter((toast) => toast.text !== text).slice(-2), { id, kind, text }];
    setTimeout(() => this.dismiss(id), SHOWN_MS);
    this.emit();
  }
}
