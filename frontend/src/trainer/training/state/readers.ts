import { count, id, numberOrNull, readList, record, string, strings } from "../../../console/state/readers";
import { isRecord } from "../../../shared/protocol";
import { readChange, readVersion } from "../../state/readers";
import type { Difference, TopicScore, Understood, Verdict, VersionDetail } from "./types";

const readVerdict = record<Verdict>((value) => ({
  text: string(value.text),
  wanted: string(value.wanted),
  before: string(value.before),
  after: string(value.after),
  confidence: numberOrNull(value.confidence),
  source: string(value.source),
}));

const readTopicScore = record<TopicScore>((value) => ({
  intent: string(value.intent),
  title: string(value.title) || string(value.intent),
  count: count(value.count),
  before: numberOrNull(value.before),
  after: numberOrNull(value.after),
}));

export const readVersionDetail = record<VersionDetail>((value) => {
  const version = readVersion(value);
  return (
    version && {
      ...version,
      against: numberOrNull(value.against),
      gains: readList(value.gains, readVerdict),
      losses: readList(value.losses, readVerdict),
      topics: readList(value.topics, readTopicScore),
      conversations: readList(value.conversations, record((one) => ({ name: string(one.name), before: one.before === true, after: one.after === true }))),
      changes: readList(value.changes, readChange),
      pictures: strings(value.pictures),
    }
  );
});

function readUnderstood(value: unknown): Understood {
  const wire = isRecord(value) ? value : {};
  return { intent: string(wire.intent), title: string(wire.title) || string(wire.intent), outcome: string(wire.outcome), clauses: strings(wire.clauses), confidence: numberOrNull(wire.confidence) };
}

export const readDifference = record<Difference>((value) =>
  id(value.id) === "" ? null : { id: id(value.id), text: string(value.text), at: string(value.at), live: readUnderstood(value.live), candidate: readUnderstood(value.candidate) },
);
