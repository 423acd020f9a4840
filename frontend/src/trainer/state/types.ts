/** Types of docs/trainer-protocol.md that several pages of the console use. */

export interface Topic {
  intent: string;
  title: string;
  clause: string | null;
  outcome: string;
  sentences: number;
  thin: boolean;
  warnings: number;
  file: string;
}

export interface Ranked {
  intent: string;
  title: string;
  probability: number;
}

export interface Warning {
  kind: string;
  other: { text: string | null; intent: string | null; title: string | null } | null;
}

export interface Sentence {
  id: string;
  intent: string;
  text: string;
  file: string;
  line: number | null;
  warnings: Warning[];
}

export interface Change {
  number: number;
  at: string;
  by: string;
  kind: string;
  action: string;
  intent: string | null;
  title: string | null;
  before: string | null;
  after: string | null;
  toIntent: string | null;
  reason: string | null;
  undoneBy: number | null;
  undoes: number | null;
  canUndo: boolean;
  version: number | null;
}

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";

export interface Job {
  id: string;
  kind: string;
  state: JobState;
  stage: string;
  percent: number;
  remaining: number | null;
  startedAt: string | null;
  finishedAt: string | null;
  by: string;
  version: number | null;
  problem: string | null;
}

export interface Kept {
  right: number;
  all: number;
}

export interface Scores {
  outcome: number | null;
  full: number | null;
  scopeRecall: number | null;
  kept: Kept | null;
  crossValidation: { outcome: number | null; full: number | null; intent: number | null } | null;
}

export interface Gate {
  name: string;
  limit: number | null;
  value: number | null;
  ok: boolean;
  about: string | null;
}

export interface Version {
  number: number;
  state: string;
  trainedAt: string | null;
  seconds: number | null;
  by: string;
  note: string | null;
  publishedAt: string | null;
  publishedBy: string | null;
  override: string | null;
  sentences: number;
  scores: Scores;
  gates: Gate[];
  canPublish: boolean;
}

export const isActive = (job: Job | null): job is Job => job !== null && (job.state === "waiting" || job.state === "running");
