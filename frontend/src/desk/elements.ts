import { CONSOLE_ELEMENTS, define, type Elements } from "../console/elements";
import { DeskBoard } from "./paid/views/desk-board";
import { DeskCardPreview } from "./paid/views/card-preview";
import { DeskPaid } from "./paid/views/desk-paid";
import { DeskPaidBox } from "./paid/views/desk-paid-box";
import { DeskPaidDialog } from "./paid/views/desk-paid-dialog";
import { DeskQuoteForm } from "./paid/views/desk-quote-form";
import { DeskStatement } from "./paid/views/desk-statement";
import { DeskAccount } from "./views/desk-account";
import { DeskApp } from "./views/desk-app";
import { DeskAudit } from "./views/desk-audit";
import { DeskCanned } from "./views/desk-canned";
import { DeskComposer } from "./views/desk-composer";
import { DeskConversation } from "./views/desk-conversation";
import { DeskDetails } from "./views/desk-details";
import { DeskDialogs } from "./views/desk-dialogs";
import { DeskList } from "./views/desk-list";
import { DeskLog } from "./views/desk-log";
import { DeskRail } from "./views/desk-rail";
import { DeskSearch } from "./views/desk-search";
import { DeskShell } from "./views/desk-shell";

const ELEMENTS: Elements = {
  "desk-account": DeskAccount,
  "desk-app": DeskApp,
  "desk-board": DeskBoard,
  "desk-audit": DeskAudit,
  "desk-canned": DeskCanned,
  "desk-card-preview": DeskCardPreview,
  "desk-composer": DeskComposer,
  "desk-conversation": DeskConversation,
  "desk-details": DeskDetails,
  "desk-dialogs": DeskDialogs,
  "desk-list": DeskList,
  "desk-log": DeskLog,
  "desk-paid": DeskPaid,
  "desk-paid-box": DeskPaidBox,
  "desk-paid-dialog": DeskPaidDialog,
  "desk-quote-form": DeskQuoteForm,
  "desk-rail": DeskRail,
  "desk-search": DeskSearch,
  "desk-shell": DeskShell,
  "desk-statement": DeskStatement,
};

export function defineElements(): void {
  define(CONSOLE_ELEMENTS);
  define(ELEMENTS);
}
