import type { Marks } from "./types";

/** Marks never go back: of each the further one. */
export function laterMarks(one: Marks, other: Marks): Marks {
  return {
    agentReadSeq: Math.max(one.agentReadSeq, other.agentReadSeq),
    customerReadSeq: Math.max(one.customerReadSeq, other.customerReadSeq),
    customerDeliveredSeq: Math.max(one.customerDeliveredSeq, other.customerDeliveredSeq),
  };
}
