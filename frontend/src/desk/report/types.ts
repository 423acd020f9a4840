import { isRecord } from "../../shared/protocol";

/** The report of docs/desk-protocol.md; times are in seconds, and null where nobody knows. */

export interface Times {
  count: number;
  median: number | null;
  p90: number | null;
  longest: number | null;
}

export interface Requests {
  asked: number;
  accepted: number;
  waiting: number;
  given_up: number;
  message: number;
  unanswered: number;
  wait: Times;
  first_response: Times;
  first_reply: Times;
}

export interface Chats {
  handled: number;
  returned: number;
  returned_by_system: number;
  transferred: number;
  handed_back: number;
  closed: number;
}

export interface BotOnly {
  conversations: number;
  solved: number;
  unsolved: number;
  left: number;
  left_unasked: number;
  handed_over: number;
  empty: number;
}

export interface Satisfaction {
  asked: number;
  answered: number;
  scores: number[];
  mean: number | null;
}

export interface Part {
  requests: Requests;
  chats: Chats;
  bot: BotOnly;
  satisfaction: Satisfaction;
}

/** A day, or the week that begins with it. */
export interface Slice extends Part {
  day: string;
}

export interface Agent {
  id: string;
  name: string;
  requests: Requests;
  chats: Chats & { received: number };
  satisfaction: Satisfaction;
}

export interface Report extends Part {
  from: string;
  to: string;
  time_zone: string;
  made_at: string;
  satisfaction_bot: Satisfaction;
  days: Slice[];
  weeks: Slice[];
  agents: Agent[];
  reasons: { reason: string; requests: Requests }[];
  close_reasons: { reason: string | null; count: number }[];
}

/** What the page needs of the console's API client; the path begins below /api/desk/v1. */
export interface ReportApi {
  get(path: string): Promise<unknown>;
}

const LISTS = ["days", "weeks", "agents", "reasons", "close_reasons"];
const RECORDS = ["requests", "chats", "bot", "satisfaction", "satisfaction_bot"];

/** `value`, if it is a report as far as its outline shows; a server of another version may send something else. */
export function readReport(value: unknown): Report {
  const fits =
    isRecord(value) &&
    LISTS.every((name) => Array.isArray(value[name])) &&
    RECORDS.every((name) => isRecord(value[name])) &&
    typeof value.time_zone === "string";
  if (!fits) throw new TypeError("not a report");
  return value as unknown as Report;
}
