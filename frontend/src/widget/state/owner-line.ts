import type { Handover, QueuePlace } from "../../shared/handover";
import { TEXTS } from "../texts";

/** Who answers, in one line. */
export function ownerLine({ owner, agentName, closed, queue }: Handover): string {
  if (closed) return TEXTS.closed;
  if (owner === "agent" && agentName) return TEXTS.withAgent(agentName);
  if (owner === "queue" && queue) return queueLine(queue);
  return TEXTS.owner[owner];
}

function queueLine({ place, waitMinutes, staffOnline, open, mode }: QueuePlace): string {
  if (mode === "message") return TEXTS.messageLeft;
  if (!open) return TEXTS.outsideHours;
  if (place === null) return staffOnline ? TEXTS.owner.queue : TEXTS.nobodyOnline;
  const wait = staffOnline ? waitMinutes && waitText(waitMinutes) : TEXTS.noStaffYet;
  return TEXTS.queued(place, wait);
}

/** "perkiraan 3–8 menit"; from an hour on in hours, as minutes would claim to know more than we do. */
export function waitText([from, to]: readonly [number, number]): string {
  if (to < 1) return TEXTS.wait("kurang dari 1 menit");
  const hours = from >= 60;
  const [low, high] = hours ? [Math.floor(from / 60), Math.ceil(to / 60)] : [from, to];
  const unit = hours ? "jam" : "menit";
  if (low === high) return TEXTS.wait(`${low} ${unit}`);
  return TEXTS.wait(low === 0 ? `paling lama ${high} ${unit}` : `${low}–${high} ${unit}`);
}
