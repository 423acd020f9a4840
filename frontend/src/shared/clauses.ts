const NAMES: Record<string, string> = { H: "Hak", K: "Kewajiban" };

/** "H13" → "Hak 13", "K5" → "Kewajiban 5", "P" → "Penutup"; null for an id that is not known. */
export function clauseLabel(id: string): string | null {
  if (id === "P") return "Penutup";
  const parts = /^([HK])([1-9]\d?)$/.exec(id);
  return parts ? `${NAMES[parts[1]!]} ${parts[2]}` : null;
}
