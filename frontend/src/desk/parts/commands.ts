import { actionsFor, type Action } from "../state/actions";
import type { Desk } from "../state/desk";
import { pagePath } from "../state/router";
import type { Command } from "../state/shortcuts";
import type { DeskComposer } from "../views/desk-composer";
import type { DeskList } from "../views/desk-list";

/** Does what a shortcut asks for, as far as it makes sense now; true when it did. */
export function runCommand(desk: Desk, command: Command, root: HTMLElement): boolean {
  const list = root.querySelector<DeskList>("desk-list");
  const composer = root.querySelector<DeskComposer>("desk-composer");
  switch (command.kind) {
    case "next":
    case "previous":
      if (!list?.moveCursor(command.kind === "next" ? 1 : -1)) return false;
      // Onto the row, so that Enter opens it whatever was clicked before.
      void list.focusCursor();
      return true;
    case "open":
      return list?.openCursor() ?? false;
    case "accept":
      return act(desk, "accept") || act(desk, "take-over");
    case "transfer":
    case "return":
    case "hand-back":
    case "close":
      return act(desk, command.kind);
    case "canned":
      return composer?.openCanned() ?? false;
    case "note":
      return composer?.write("note") ?? false;
    case "reply":
      return composer?.write("reply") ?? false;
    case "suggestion":
      return composer?.insertSuggestion(command.index) ?? false;
    case "unread":
      void desk.list.show(desk.list.filter, !desk.list.unreadOnly);
      return true;
    case "list":
      desk.router.go(pagePath("inbox"));
      void desk.showList(command.filter);
      return true;
    case "search":
      desk.router.go(pagePath("search"));
      return true;
    case "page":
      desk.router.go(pagePath(command.page));
      return true;
    case "help":
      desk.ui.set({ dialog: "help" });
      return true;
    case "escape":
      return escape(desk, list);
  }
}

function act(desk: Desk, action: Action): boolean {
  const { detail } = desk.conversation;
  const me = desk.session.me;
  if (!detail || !actionsFor(detail, me?.id ?? null, desk.session.may("lead")).includes(action)) return false;
  void startAction(desk, action);
  return true;
}

/** Accepting needs no question; what gives a conversation away asks for a note first. */
export async function startAction(desk: Desk, action: Action): Promise<void> {
  if (action !== "accept" && action !== "take-over") return desk.ui.set({ dialog: action });
  if (!(await desk.act(action))) return;
  // The field is in the page from the next frame on.
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-testid=composer]")?.focus());
}

/** Out of the field first, then out of the conversation. */
function escape(desk: Desk, list: DeskList | null): boolean {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active.matches("textarea, input, select")) {
    active.blur();
    return true;
  }
  if (desk.ui.detailsOver) {
    desk.ui.set({ detailsOver: false });
    return true;
  }
  if (desk.router.route.paidId !== null) {
    desk.router.go(pagePath("paid"));
    return true;
  }
  if (desk.router.route.conversationId === null) return false;
  desk.router.go(pagePath("inbox"));
  void list?.focusCursor();
  return true;
}
