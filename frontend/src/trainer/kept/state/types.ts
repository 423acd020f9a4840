export interface KeptMessage {
  id: string;
  text: string;
  outcomes: string[];
  clauses: string[];
}

export interface KeptTurn {
  text: string;
  intent: string;
  outcome: string;
  clauses: string[];
}

export interface KeptConversation {
  id: string;
  name: string;
  turns: KeptTurn[];
}

export interface Actual {
  outcome: string;
  clauses: string[];
  intent: string;
}

export interface Result {
  right: boolean;
  actual: Actual;
}

export interface Results {
  version: number | null;
  at: string;
  messages: Map<string, Result>;
  conversations: Map<string, Result[]>;
}

export const OUTCOMES = ["answer", "refuse", "paid_support", "handoff", "smalltalk", "clarify"] as const;
