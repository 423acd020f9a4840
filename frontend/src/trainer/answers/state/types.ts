export interface AnswerButton {
  title: string;
  payload: string;
}

/** One way to say an answer; the bot picks one of them. */
export interface Variant {
  text: string;
  buttons: AnswerButton[];
  outcome: string;
  clauses: string[];
}

export interface Answer {
  name: string;
  intent: string;
  title: string;
  clause: string | null;
  /** The policy's own words. */
  wording: string | null;
  revision: string;
  variants: Variant[];
  /** The policy has changed since somebody looked at it. */
  review: boolean;
}
