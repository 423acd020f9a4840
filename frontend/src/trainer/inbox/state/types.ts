import type { Ranked } from "../../state/types";

export const LISTS = ["open", "mine", "done", "ignored"] as const;
export type ListName = (typeof LISTS)[number];
export type Counts = Record<ListName, number>;

export const REASONS = ["asked_back", "refused", "unsure", "handed_off", "thumbs_down", "corrected", "searched", "shadow"] as const;

export interface Group {
  id: string;
  revision: number;
  gain: number;
  size: number;
  reasons: string[];
  newestAt: string;
  text: string;
  intent: string;
  title: string;
  outcome: string;
  clauses: string[];
  confidence: number | null;
  ranking: Ranked[];
  state: string;
  sentTo: string | null;
  sentBy: string | null;
  note: string | null;
  suggestsNewTopic: boolean;
}

export interface GroupMessage {
  id: string;
  conversationId: string;
  seq: number;
  text: string;
  createdAt: string;
  reasons: string[];
}

export interface Near {
  text: string;
  intent: string;
  title: string;
  similarity: number;
}

export interface GroupDetail extends Group {
  messages: GroupMessage[];
  nearest: Near[];
  decided: { action: string; intent: string | null; by: string; at: string } | null;
  words: string[];
}

export interface Said {
  seq: number;
  sender: string;
  text: string;
  outcome: string | null;
  clauses: string[];
  createdAt: string;
  isIt: boolean;
}

export interface Colleague {
  id: string;
  name: string;
}

export type Action = "confirm" | "relabel" | "out_of_scope" | "skip" | "ignore" | "send";

export interface AddedSentence {
  message: string | null;
  text: string;
}

export interface Decision {
  action: Action;
  intent?: string;
  sentences?: AddedSentence[];
  to?: string;
  note?: string;
}
