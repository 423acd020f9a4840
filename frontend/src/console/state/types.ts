/** Types of docs/desk-protocol.md that every console of staff needs. */

export type Presence = "online" | "away" | "offline";

export interface Me {
  id: string;
  username: string;
  displayName: string;
  roles: string[];
  permissions: string[];
  presence: Presence;
  maxChats: number | null;
  hasTotp: boolean;
}
