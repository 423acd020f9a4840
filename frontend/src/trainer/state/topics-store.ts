import { readList } from "../../console/state/readers";
import { errorText, type ApiClient } from "../../console/state/api";
import { Emitter } from "../../shared/emitter";
import { readTopic } from "./readers";
import type { Topic } from "./types";

/** What the bot can understand, in the order of the clauses. */
export class TopicsStore extends Emitter {
  topics: readonly Topic[] = [];
  error: string | null = null;
  private asked = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const topics = readList((await this.api.get("/topics")).topics, readTopic);
      if (asked !== this.asked) return;
      this.topics = topics;
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.error = errorText(error);
    }
    this.emit();
  }

  find(intent: string | null): Topic | null {
    return this.topics.find((topic) => topic.intent === intent) ?? null;
  }

  /** What to call a topic, also one that is not known here. */
  title(intent: string): string {
    return this.find(intent)?.title ?? intent.replace(/_/g, " ");
  }

  /** The topics that `words` may mean: those that begin with it first. */
  search(words: string): Topic[] {
    const wanted = words.trim().toLowerCase();
    if (!wanted) return [...this.topics];
    const parts = wanted.split(/\s+/);
    const text = (topic: Topic): string => `${topic.title} ${topic.intent.replace(/_/g, " ")} ${topic.clause ?? ""}`.toLowerCase();
    return this.topics
      .filter((topic) => parts.every((part) => text(topic).includes(part)))
      .sort((a, b) => Number(text(b).startsWith(wanted)) - Number(text(a).startsWith(wanted)));
  }
}
