import { errorText, type ApiClient } from "../../../console/state/api";
import { count, readList, record, string, stringOrNull } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import type { Growing, Trends, Unseen, Week } from "./types";

export const SPANS = [4, 12, 26, 52] as const;

/** The answer counts messages; what is shown is their share of the week's. */
const readWeek = record<Week>((value) => {
  const all = count(value.all);
  const share = (part: unknown): number => (all ? Math.min(1, count(part) / all) : 0);
  return /^\d{4}-\d{2}-\d{2}$/.test(string(value.from))
    ? {
        from: string(value.from),
        all,
        right: share(value.right),
        askedBack: share(value.asked_back),
        refused: share(value.refused),
        handedOff: share(value.handed_off),
        other: share(value.other),
      }
    : null;
});

const readGrowing = record<Growing>((value) =>
  stringOrNull(value.intent) === null ? null : { intent: string(value.intent), title: string(value.title) || string(value.intent), now: count(value.now), before: count(value.before) },
);

const readUnseen = record<Unseen>((value) => (stringOrNull(value.word) === null ? null : { word: string(value.word), count: count(value.count), text: string(value.text) }));

/** How well the bot has done from week to week. */
export class TrendsStore extends Emitter {
  weeks: number = 12;
  trends: Trends | null = null;
  loading = false;
  error: string | null = null;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  async show(weeks: number = this.weeks): Promise<void> {
    const asked = ++this.asked;
    this.weeks = weeks;
    this.loading = true;
    this.error = null;
    this.emit();
    try {
      const answer = await this.api.get("/trends", { weeks });
      if (asked !== this.asked) return;
      this.trends = { weeks: readList(answer.weeks, readWeek), growing: readList(answer.growing, readGrowing), unseen: readList(answer.unseen, readUnseen) };
    } catch (error) {
      if (asked !== this.asked) return;
      this.error = errorText(error);
    }
    this.loading = false;
    this.emit();
  }
}
