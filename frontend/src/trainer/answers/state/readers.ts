import { readList, record, string, stringOrNull, strings } from "../../../console/state/readers";
import type { Answer, AnswerButton, Variant } from "./types";

const readButton = record<AnswerButton>((value) =>
  stringOrNull(value.title) === null ? null : { title: string(value.title), payload: string(value.payload) },
);

const readVariant = record<Variant>((value) => ({
  text: string(value.text),
  buttons: readList(value.buttons, readButton),
  outcome: string(value.outcome),
  clauses: strings(value.clauses),
}));

export const readAnswer = record<Answer>((value) =>
  stringOrNull(value.name) === null
    ? null
    : {
        name: string(value.name),
        intent: string(value.intent),
        title: string(value.title) || string(value.name),
        clause: stringOrNull(value.clause),
        wording: stringOrNull(value.wording),
        revision: string(value.revision),
        variants: readList(value.variants, readVariant),
        review: value.review === true,
      },
);
