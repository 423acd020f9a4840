export const WARNINGS = ["duplicate", "near_duplicate", "suspect", "leak"] as const;

/** What is listed: of one topic or of all, with words or warnings that are looked for. */
export interface Wanted {
  intent: string | null;
  q: string;
  warning: string | null;
}

export interface Broken {
  file: string;
  problem: string;
}
