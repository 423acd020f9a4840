/** A PaidRow and a PaidDetail as the server writes them. */

export const wirePaid = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id, reference: `PB-${id}`, state: "requested", kind: "extra", need: "Pasang plugin", target: "tokobatik.id", urgency: "this_week", capacity_gb: null, conversation_id: "c1",
  created_at: "2026-11-26T03:00:00Z", updated_at: "2026-11-26T04:00:00Z", expires_at: null, staff: null, total: null, invoice: null, out_of_field: false, waits_for_approval: false, surplus: 0, ...more,
});

export const QUOTE = {
  number: 1, lines: [{ what: "Kerja", quantity: "1.5", unit: "jam", unit_price: 150_000, total: 225_000 }], subtotal: 225_000, tax_rate: "11", tax: 24_750, total: 249_750,
  valid_until: "2030-01-01T00:00:00Z", note: null, created_at: "2026-11-26T04:00:00Z", created_by: "Rina", issued_at: "2026-11-26T04:00:00Z", approved_by: null,
};

export const wireDetail = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...wirePaid(id), email: null, phone: null, score: null, quotes: [QUOTE], payments: [], work: [], changes: [], ...more,
});
