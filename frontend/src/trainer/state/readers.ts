/** Readers of docs/trainer-protocol.md: null for what is not of the expected shape, so that one bad row spoils nothing else. */
import { count, id, numberOrNull, readList, record, string, stringOrNull } from "../../console/state/readers";
import { isRecord } from "../../shared/protocol";
import type { Change, Gate, Job, JobState, Ranked, Scores, Sentence, Topic, Version, Warning } from "./types";

const JOB_STATES: readonly unknown[] = ["waiting", "running", "done", "failed", "cancelled"];
const share = (value: unknown): number => (typeof value === "number" ? Math.min(1, Math.max(0, value)) : 0);

/** The cursor of the next page: given back as it came. */
export const cursor = (value: unknown): string | number | null => (typeof value === "number" || typeof value === "string" ? value : null);

export const readTopic = record<Topic>((value) =>
  stringOrNull(value.intent) === null
    ? null
    : {
        intent: string(value.intent),
        title: string(value.title) || string(value.intent),
        clause: stringOrNull(value.clause),
        outcome: string(value.outcome),
        sentences: count(value.sentences),
        thin: value.thin === true,
        warnings: count(value.warnings),
        file: string(value.file),
      },
);

export const readRanked = record<Ranked>((value) =>
  stringOrNull(value.intent) === null
    ? null
    : { intent: string(value.intent), title: string(value.title) || string(value.intent), probability: share(value.probability) },
);

export const readWarning = record<Warning>((value) =>
  stringOrNull(value.kind) === null
    ? null
    : {
        kind: string(value.kind),
        other: isRecord(value.other)
          ? { text: stringOrNull(value.other.text), intent: stringOrNull(value.other.intent), title: stringOrNull(value.other.title) }
          : null,
      },
);

export const readSentence = record<Sentence>((value) =>
  id(value.id) === "" || stringOrNull(value.intent) === null
    ? null
    : {
        id: id(value.id),
        intent: string(value.intent),
        text: string(value.text),
        file: string(value.file),
        line: numberOrNull(value.line),
        warnings: readList(value.warnings, readWarning),
      },
);

export const readChange = record<Change>((value) =>
  numberOrNull(value.number) === null
    ? null
    : {
        number: value.number as number,
        at: string(value.at),
        by: string(value.by),
        kind: string(value.kind),
        action: string(value.action),
        intent: stringOrNull(value.intent),
        title: stringOrNull(value.title),
        before: stringOrNull(value.before),
        after: stringOrNull(value.after),
        toIntent: stringOrNull(value.to_intent),
        reason: stringOrNull(value.reason),
        undoneBy: numberOrNull(value.undone_by),
        undoes: numberOrNull(value.undoes),
        canUndo: value.can_undo === true,
        version: numberOrNull(value.version),
      },
);

export const readJob = record<Job>((value) =>
  id(value.id) === "" || !JOB_STATES.includes(value.state)
    ? null
    : {
        id: id(value.id),
        kind: string(value.kind),
        state: value.state as JobState,
        stage: string(value.stage),
        percent: Math.min(100, count(value.percent)),
        remaining: numberOrNull(value.remaining),
        startedAt: stringOrNull(value.started_at),
        finishedAt: stringOrNull(value.finished_at),
        by: string(value.by),
        version: numberOrNull(value.version),
        problem: stringOrNull(value.problem),
      },
);

export const readGate = record<Gate>((value) => ({
  name: string(value.name),
  limit: numberOrNull(value.limit),
  value: numberOrNull(value.value),
  ok: value.ok === true,
  about: stringOrNull(value.about),
}));

function readScores(value: unknown): Scores {
  const wire = isRecord(value) ? value : {};
  const cross = isRecord(wire.cross_validation) ? wire.cross_validation : null;
  return {
    outcome: numberOrNull(wire.outcome),
    full: numberOrNull(wire.full),
    scopeRecall: numberOrNull(wire.scope_recall),
    kept: isRecord(wire.kept) ? { right: count(wire.kept.right), all: count(wire.kept.all) } : null,
    crossValidation: cross && { outcome: numberOrNull(cross.outcome), full: numberOrNull(cross.full), intent: numberOrNull(cross.intent) },
  };
}

export const readVersion = record<Version>((value) =>
  numberOrNull(value.number) === null
    ? null
    : {
        number: value.number as number,
        state: string(value.state),
        trainedAt: stringOrNull(value.trained_at),
        seconds: numberOrNull(value.seconds),
        by: string(value.by),
        note: stringOrNull(value.note),
        publishedAt: stringOrNull(value.published_at),
        publishedBy: stringOrNull(value.published_by),
        override: stringOrNull(value.override),
        sentences: count(value.sentences),
        scores: readScores(value.scores),
        gates: readList(value.gates, readGate),
        canPublish: value.can_publish === true,
      },
);
