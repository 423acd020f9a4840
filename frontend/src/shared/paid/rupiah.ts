/** Amounts of money: whole rupiah, read, written and reckoned without ever a fraction of a float. */

/** Above it anything is a slip of the keyboard; the server refuses it as well. */
export const MOST_RUPIAH = 10_000_000_000;

const GROUPED = /^\d{1,3}(\.\d{3})+$/;

/** `Rp1.250.000` */
export function formatRupiah(amount: number | bigint): string {
  const digits = String(amount < 0 ? -amount : amount).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${amount < 0 ? "-" : ""}Rp${digits}`;
}

/** `1250000`, `1.250.000` or `Rp 1.250.000` as somebody types it; null for anything else. */
export function parseRupiah(text: string): number | null {
  const bare = text.trim().replace(/^rp\.?\s*/i, "").replace(/[\s\u00a0]/g, "").replace(/,(00|-)$/, "");
  if (!/^\d{1,11}$/.test(bare) && !(GROUPED.test(bare) && bare.length <= 14)) return null;
  const amount = Number(bare.replace(/\./g, ""));
  return amount <= MOST_RUPIAH ? amount : null;
}

/** Hundredths of `text` ("1,5" gives 150); null for anything but a positive number up to 10,000 with at most two decimals. */
export function parseQuantity(text: string): number | null {
  const parts = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!parts) return null;
  const hundredths = Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0"));
  return hundredths > 0 && hundredths <= 1_000_000 ? hundredths : null;
}

/** Hundredths as the protocol writes them: `1.5` */
export function quantityString(hundredths: number): string {
  const fraction = String(hundredths % 100).padStart(2, "0").replace(/0+$/, "");
  return `${Math.floor(hundredths / 100)}${fraction && `.${fraction}`}`;
}

/** A decimal string of the protocol as it is read here: `1.5` gives `1,5`. */
export const formatDecimal = (value: string): string => value.replace(".", ",");

/** `part * whole / unit`, rounded half up to whole rupiah. */
function share(part: bigint, whole: bigint, unit: bigint): number {
  return Number((2n * part * whole + unit) / (2n * unit));
}

/** Quantity (in hundredths) times price, rounded half up. */
export const lineTotal = (unitPrice: number, hundredths: number): number => share(BigInt(unitPrice), BigInt(hundredths), 100n);

/** `rate` percent ("11", "10.5") of `amount`, rounded half up; no tax where the rate cannot be read. */
export function taxOf(amount: number, rate: string): number {
  const parts = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(rate);
  if (!parts) return 0;
  const millionths = BigInt(parts[1]! + (parts[2] ?? "").padEnd(6, "0"));
  return share(BigInt(amount), millionths, 100_000_000n);
}
