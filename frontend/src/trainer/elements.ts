import { CONSOLE_ELEMENTS, define, type Elements } from "../console/elements";
import { TrainerAnswerPreview } from "./answers/views/answer-preview";
import { TrainerAnswers } from "./answers/views/trainer-answers";
import { TrainerAddSentence } from "./data/views/trainer-add-sentence";
import { TrainerChanges } from "./data/views/trainer-changes";
import { TrainerData } from "./data/views/trainer-data";
import { TrainerSentenceList } from "./data/views/trainer-sentence-list";
import { TrainerTopics } from "./data/views/trainer-topics";
import { TrainerDecision } from "./inbox/views/trainer-decision";
import { TrainerGroup } from "./inbox/views/trainer-group";
import { TrainerInbox } from "./inbox/views/trainer-inbox";
import { TrainerInboxList } from "./inbox/views/trainer-inbox-list";
import { TrainerSentences } from "./inbox/views/trainer-sentences";
import { TrainerTopicSearch } from "./inbox/views/trainer-topic-search";
import { TrainerKeptDialog } from "./kept/views/trainer-kept-dialog";
import { TrainerTests } from "./kept/views/trainer-tests";
import { TrainerPolicy } from "./policy/views/trainer-policy";
import { TrainerPublish } from "./training/views/trainer-publish";
import { TrainerShadow } from "./training/views/trainer-shadow";
import { TrainerTraining } from "./training/views/trainer-training";
import { TrainerApp } from "./views/trainer-app";
import { TrainerBar } from "./views/trainer-bar";
import { TrainerHelp } from "./views/trainer-help";
import { TrainerRail } from "./views/trainer-rail";
import { TrainerShell } from "./views/trainer-shell";

const ELEMENTS: Elements = {
  "trainer-answer-preview": TrainerAnswerPreview,
  "trainer-answers": TrainerAnswers,
  "trainer-add-sentence": TrainerAddSentence,
  "trainer-app": TrainerApp,
  "trainer-bar": TrainerBar,
  "trainer-changes": TrainerChanges,
  "trainer-data": TrainerData,
  "trainer-decision": TrainerDecision,
  "trainer-group": TrainerGroup,
  "trainer-help": TrainerHelp,
  "trainer-inbox": TrainerInbox,
  "trainer-inbox-list": TrainerInboxList,
  "trainer-kept-dialog": TrainerKeptDialog,
  "trainer-policy": TrainerPolicy,
  "trainer-publish": TrainerPublish,
  "trainer-rail": TrainerRail,
  "trainer-sentence-list": TrainerSentenceList,
  "trainer-sentences": TrainerSentences,
  "trainer-shadow": TrainerShadow,
  "trainer-shell": TrainerShell,
  "trainer-tests": TrainerTests,
  "trainer-topic-search": TrainerTopicSearch,
  "trainer-topics": TrainerTopics,
  "trainer-training": TrainerTraining,
};

export function defineElements(): void {
  define(CONSOLE_ELEMENTS);
  define(ELEMENTS);
}
