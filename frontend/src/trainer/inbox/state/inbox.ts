import type { ApiClient } from "../../../console/state/api";
import { readList } from "../../../console/state/readers";
import type { Toasts } from "../../../console/state/toasts";
import { Emitter } from "../../../shared/emitter";
import { Decisions } from "./decisions";
import { DetailsStore } from "./details-store";
import { chosen, draftOf, edited, type DraftSentence } from "./draft";
import { InboxStore } from "./inbox-store";
import { readColleague } from "./readers";
import type { Colleague, Decision, GroupDetail, ListName } from "./types";

/** What is open below the decision: a choice of topics, and so on. */
export type Panel = "topic" | "outside" | "edit" | "send" | null;

/** Where a message that is no business of the bot belongs. */
export const OUTSIDE = [
  { intent: "di_luar_topik", key: "o", title: "Di luar topik", text: "Bukan tentang layanan kami sama sekali." },
  { intent: "di_luar_teknis", key: "t", title: "Teknis di luar layanan", text: "Permintaan teknis atas hal yang tidak kami jual." },
] as const;

interface Address {
  open(id: string | null): void;
  opened(): string | null;
}

/** The inbox without a screen: which group is open, what is being decided, and what comes next. */
export class Inbox extends Emitter {
  readonly list: InboxStore;
  readonly details: DetailsStore;
  readonly decisions: Decisions;
  colleagues: readonly Colleague[] | null = null;
  panel: Panel = null;
  draft: readonly DraftSentence[] = [];
  private draftFor: string | null = null;
  private original: readonly DraftSentence[] = [];

  constructor(
    private readonly api: ApiClient,
    private readonly toasts: Toasts,
    private readonly address: Address,
    changed: () => void,
  ) {
    super();
    this.list = new InboxStore(api);
    this.details = new DetailsStore(api);
    this.decisions = new Decisions(api, this.list, this.details, toasts, changed);
    for (const store of [this.list, this.details, this.decisions]) store.subscribe(() => this.follow());
  }

  get openId(): string | null {
    return this.address.opened();
  }

  get group(): GroupDetail | null {
    return this.details.get(this.openId);
  }

  /** The list that is asked for, with its first group open. */
  async show(list: ListName, reason: string | null = null): Promise<void> {
    this.open(null);
    await this.list.show(list, reason);
  }

  open(id: string | null): void {
    if (id !== this.openId) this.address.open(id);
    this.panel = null;
    this.opened();
  }

  /** The address names another group. */
  opened(): void {
    const id = this.openId;
    this.follow();
    if (id === null) return;
    void this.details.load(id);
    const following = this.list.beside(id, 1);
    if (following && this.list.find(id)) void this.details.load(following.id);
  }

  step(by: 1 | -1): void {
    const next = this.list.beside(this.openId, by);
    if (next) this.open(next.id);
  }

  toggle(panel: Panel): void {
    this.panel = this.panel === panel ? null : panel;
    if (this.panel === "send" && this.colleagues === null) void this.loadColleagues();
    this.emit();
  }

  edit(index: number, text: string): void {
    this.draft = edited(this.draft, index, text, this.original);
    this.emit();
  }

  choose(index: number, wanted: boolean): void {
    this.draft = this.draft.map((one, at) => (at === index ? { ...one, chosen: wanted } : one));
    this.emit();
  }

  /** One more version in other words. */
  rephrase(): void {
    this.draft = [...this.draft, { message: null, text: "", chosen: true }];
    this.emit();
  }

  /** Decides on the open group and goes to the next one; says in words where that cannot be. */
  decide(decision: Pick<Decision, "action" | "intent" | "to" | "note">): void {
    const { group } = this;
    if (!group) return;
    if (group.decided) return this.toasts.info("Kelompok ini sudah diputuskan. Buka lagi dulu bila ingin mengubahnya.");
    const adds = decision.action === "confirm" || decision.action === "relabel" || decision.action === "out_of_scope";
    const sentences = adds ? chosen(this.draft) : [];
    if (adds && sentences.length === 0) {
      this.panel = "edit";
      this.toasts.info("Belum ada kalimat yang bisa ditambahkan. Tulis ulang kalimatnya tanpa data pribadi, atau abaikan kelompok ini.");
      return this.emit();
    }
    const next = this.following(group.id);
    void this.decisions.decide(group, { ...decision, ...(adds ? { sentences } : {}) });
    this.open(next);
  }

  /** The topic is another one, or the very one that the bot has taken. */
  relabelTo(intent: string | undefined): void {
    if (intent === undefined) return;
    this.decide(intent === this.group?.intent ? { action: "confirm" } : { action: "relabel", intent });
  }

  /** Opens a decided or ignored group again. */
  async reopen(): Promise<void> {
    const { group } = this;
    if (group && (await this.decisions.reopen(group))) await this.show("open");
  }

  async undo(): Promise<void> {
    const group = await this.decisions.undo();
    if (!group) return;
    if (this.list.list !== "open" && this.list.list !== "mine") await this.list.show("open");
    else void this.list.refresh();
    this.open(group.id);
  }

  /** What is to be looked at after `id`: the next one of the list, or the one before the last. */
  private following(id: string): string | null {
    return (this.list.beside(id, 1) ?? this.list.beside(id, -1))?.id ?? null;
  }

  private async loadColleagues(): Promise<void> {
    const answer = await this.api.get("/colleagues").catch(() => null);
    this.colleagues = answer ? readList(answer.colleagues, readColleague) : null;
    this.emit();
  }

  /** A draft belongs to one group as it was read. */
  private follow(): void {
    const { group } = this;
    const key = group && `${group.id} ${group.revision}`;
    if (key !== this.draftFor) {
      this.draftFor = key;
      this.panel = null;
      this.original = this.draft = group ? draftOf(group) : [];
    }
    this.emit();
  }
}
