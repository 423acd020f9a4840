import { isRecord, isSeq, readOwner, type Owner } from "./protocol";

/** A place in the queue; what the server does not say is null. */
export interface QueuePlace {
  place: number | null;
  waitMinutes: readonly [number, number] | null;
  staffOnline: boolean;
  open: boolean;
  /** `message`: nobody waits; staff answer what was left, later. */
  mode: "live" | "message";
}

/** Who answers the customer; a server that tells only the owner leaves the rest empty. */
export interface Handover {
  owner: Owner;
  agentName: string | null;
  closed: boolean;
  queue: QueuePlace | null;
}

export const BOT_ANSWERS: Handover = { owner: "bot", agentName: null, closed: false, queue: null };

export function readQueue(value: unknown): QueuePlace | null {
  if (!isRecord(value)) return null;
  return {
    place: isSeq(value.place) ? value.place : null,
    waitMinutes: readWait(value.wait_minutes),
    staffOnline: value.staff_online !== false,
    open: value.open !== false,
    mode: value.mode === "message" ? "message" : "live",
  };
}

/** The handover that a join or `owner_changed` tells of, or null where it names no owner. */
export function readHandover(value: unknown, before: Handover): Handover | null {
  if (!isRecord(value)) return null;
  const owner = readOwner(value.owner);
  if (!owner) return null;
  const name = typeof value.agent_name === "string" ? value.agent_name.trim() : "";
  // queue_changed may have come first.
  const queue = "queue" in value ? readQueue(value.queue) : before.queue;
  return {
    owner,
    agentName: owner === "agent" && name ? name : null,
    closed: value.closed === true,
    queue: owner === "queue" ? queue : null,
  };
}

export function readAgentReadSeq(value: unknown): number | null {
  return isRecord(value) && isSeq(value.agent_read_seq) ? value.agent_read_seq : null;
}

function readWait(value: unknown): readonly [number, number] | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [from, to] = value.map((minutes: unknown) => (typeof minutes === "number" && minutes >= 0 ? Math.round(minutes) : NaN));
  return Number.isFinite(from) && Number.isFinite(to) && from! <= to! ? [from!, to!] : null;
}
