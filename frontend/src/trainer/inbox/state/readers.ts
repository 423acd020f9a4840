import { count, id, numberOrNull, readList, record, string, stringOrNull, strings } from "../../../console/state/readers";
import { isRecord } from "../../../shared/protocol";
import { readRanked } from "../../state/readers";
import type { Colleague, Counts, Group, GroupDetail, GroupMessage, Near, Said } from "./types";

export const readGroup = record<Group>((value) =>
  id(value.id) === ""
    ? null
    : {
        id: id(value.id),
        revision: count(value.revision),
        gain: numberOrNull(value.gain) ?? 0,
        size: Math.max(1, count(value.size)),
        reasons: strings(value.reasons),
        newestAt: string(value.newest_at),
        text: string(value.text),
        intent: string(value.intent),
        title: string(value.title) || string(value.intent),
        outcome: string(value.outcome),
        clauses: strings(value.clauses),
        confidence: numberOrNull(value.confidence),
        ranking: readList(value.ranking, readRanked),
        state: string(value.state),
        sentTo: stringOrNull(value.sent_to),
        sentBy: stringOrNull(value.sent_by),
        note: stringOrNull(value.note),
        suggestsNewTopic: value.suggests_new_topic === true,
      },
);

const readGroupMessage = record<GroupMessage>((value) =>
  id(value.id) === ""
    ? null
    : {
        id: id(value.id),
        conversationId: id(value.conversation_id),
        seq: count(value.seq),
        text: string(value.text),
        createdAt: string(value.created_at),
        reasons: strings(value.reasons),
      },
);

const readNear = record<Near>((value) => ({
  text: string(value.text),
  intent: string(value.intent),
  title: string(value.title) || string(value.intent),
  similarity: numberOrNull(value.similarity) ?? 0,
}));

export const readGroupDetail = record<GroupDetail>((value) => {
  const group = readGroup(value);
  const decided = isRecord(value.decided) ? value.decided : null;
  return (
    group && {
      ...group,
      messages: readList(value.messages, readGroupMessage),
      nearest: readList(value.nearest, readNear),
      decided: decided && { action: string(decided.action), intent: stringOrNull(decided.intent), by: string(decided.by), at: string(decided.at) },
      words: strings(value.words),
    }
  );
});

export const readSaid = record<Said>((value) => ({
  seq: count(value.seq),
  sender: string(value.sender),
  text: string(value.text),
  outcome: stringOrNull(value.outcome),
  clauses: strings(value.clauses),
  createdAt: string(value.created_at),
  isIt: value.is_it === true,
}));

export const readColleague = record<Colleague>((value) => (id(value.id) === "" ? null : { id: id(value.id), name: string(value.name) }));

export function readCounts(value: unknown): Counts {
  const wire = isRecord(value) ? value : {};
  return { open: count(wire.open), mine: count(wire.mine), done: count(wire.done), ignored: count(wire.ignored) };
}
