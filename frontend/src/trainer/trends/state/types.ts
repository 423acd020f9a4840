export interface Week {
  from: string;
  all: number;
  right: number;
  askedBack: number;
  refused: number;
  handedOff: number;
  other: number;
}

export interface Growing {
  intent: string;
  title: string;
  now: number;
  before: number;
}

export interface Unseen {
  word: string;
  count: number;
  text: string;
}

export interface Trends {
  weeks: Week[];
  growing: Growing[];
  unseen: Unseen[];
}
