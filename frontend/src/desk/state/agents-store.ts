import { Emitter } from "../../shared/emitter";
import { isRecord } from "../../shared/protocol";
import type { ApiClient } from "../../console/state/api";
import { readList } from "../../console/state/readers";
import { readAgent } from "./readers";
import type { Agent } from "./types";

const ORDER = { online: 0, away: 1, offline: 2 };

/** The support agents, those who can take a chat first. */
export class AgentsStore extends Emitter {
  agents: readonly Agent[] = [];

  constructor(private readonly api: ApiClient) {
    super();
  }

  async load(): Promise<void> {
    const answer = await this.api.get("/agents").catch(() => null);
    if (answer) this.take(answer);
  }

  take(payload: unknown): void {
    if (!isRecord(payload)) return;
    this.agents = readList(payload.agents, readAgent).sort(
      (a, b) => ORDER[a.presence] - ORDER[b.presence] || a.displayName.localeCompare(b.displayName, "id"),
    );
    this.emit();
  }
}
