import type { BotOnly, Chats, Part, Report, Requests, Satisfaction, Slice, Times } from "../../../src/desk/report/types";

export const NO_TIMES: Times = { count: 0, median: null, p90: null, longest: null };
export const requests = (more: Partial<Requests> = {}): Requests => ({
  ...{ asked: 0, accepted: 0, waiting: 0, given_up: 0, message: 0, unanswered: 0 },
  ...{ wait: NO_TIMES, first_response: NO_TIMES, first_reply: NO_TIMES },
  ...more,
});
export const chats = (more: Partial<Chats> = {}): Chats => ({
  ...{ handled: 0, returned: 0, returned_by_system: 0, transferred: 0, handed_back: 0, closed: 0 },
  ...more,
});
export const bot = (more: Partial<BotOnly> = {}): BotOnly => ({
  ...{ conversations: 0, solved: 0, unsolved: 0, left: 0, left_unasked: 0, handed_over: 0, empty: 0 },
  ...more,
});
export const satisfaction = (more: Partial<Satisfaction> = {}): Satisfaction => ({
  ...{ asked: 0, answered: 0, scores: [0, 0, 0, 0, 0], mean: null },
  ...more,
});
export const part = (more: Partial<Part> = {}): Part => ({
  ...{ requests: requests(), chats: chats(), bot: bot(), satisfaction: satisfaction() },
  ...more,
});
export const day = (name: string, more: Partial<Part> = {}): Slice => ({ day: name, ...part(more) });

export const emptyReport = (): Report => ({
  ...{ from: "2026-03-02", to: "2026-03-03", time_zone: "Asia/Jakarta", made_at: "2026-03-03T07:05:00.000Z" },
  ...part(),
  ...{ satisfaction_bot: satisfaction(), days: [day("2026-03-02"), day("2026-03-03")], weeks: [day("2026-03-02")], agents: [], reasons: [], close_reasons: [] },
});

const WAIT: Times = { count: 4, median: 210, p90: 790, longest: 1000 };
const ASKED = requests({ asked: 7, accepted: 4, waiting: 1, given_up: 1, message: 1, unanswered: 2, wait: WAIT });
const RATED = satisfaction({ asked: 3, answered: 2, scores: [0, 1, 0, 0, 1], mean: 3.5 });

export const fullReport = (): Report => ({
  ...emptyReport(),
  requests: { ...ASKED, first_response: { count: 2, median: 110, p90: 126, longest: 130 }, first_reply: { count: 2, median: 20, p90: 28, longest: 30 } },
  chats: chats({ handled: 4, returned: 2, returned_by_system: 1, transferred: 1, handed_back: 1, closed: 4 }),
  bot: bot({ conversations: 13, solved: 2, unsolved: 1, left: 2, left_unasked: 1, handed_over: 8, empty: 1 }),
  satisfaction: RATED,
  days: [
    day("2026-03-02", { requests: ASKED, chats: chats({ handled: 3 }), bot: bot({ conversations: 13, solved: 2, unsolved: 1, left: 2, handed_over: 8 }) }),
    day("2026-03-03"),
  ],
  agents: [{ id: "r", name: "<b>Rina</b>", requests: ASKED, chats: { ...chats({ handled: 3, returned: 2, returned_by_system: 1 }), received: 1 }, satisfaction: RATED }],
  reasons: [{ reason: "minta_manusia", requests: ASKED }],
  close_reasons: [
    { reason: "solved", count: 2 },
    { reason: null, count: 2 },
  ],
});
