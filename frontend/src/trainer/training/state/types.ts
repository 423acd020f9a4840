import type { Change, Version } from "../../state/types";

export interface Verdict {
  text: string;
  wanted: string;
  before: string;
  after: string;
  confidence: number | null;
  source: string;
}

export interface TopicScore {
  intent: string;
  title: string;
  count: number;
  before: number | null;
  after: number | null;
}

export interface VersionDetail extends Version {
  against: number | null;
  gains: Verdict[];
  losses: Verdict[];
  topics: TopicScore[];
  conversations: { name: string; before: boolean; after: boolean }[];
  changes: Change[];
  pictures: string[];
}

export interface Understood {
  intent: string;
  title: string;
  outcome: string;
  clauses: string[];
  confidence: number | null;
}

export interface Difference {
  id: string;
  text: string;
  at: string;
  live: Understood;
  candidate: Understood;
}
