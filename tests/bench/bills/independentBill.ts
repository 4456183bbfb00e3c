import type { Tariff } from '../../../shared/county/accounts.ts';

/** Whole numbers alone: use in thousandths, prices and percents in millionths, money in 10^-9. */
const micro = (text: string): bigint => {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
};
const milli = (value: number): bigint => BigInt(value.toFixed(3).replace('.', ''));
const NANO_PER_CENT = 10_000_000n;

/** Nine decimals to cents; half a cent goes up. */
const cents = (nano: bigint): bigint => (nano + NANO_PER_CENT / 2n) / NANO_PER_CENT;

/** A bill's total in cents by integer arithmetic, for tariffs without credits: to check the one of the product. */
export function independentBill(
  tariff: Tariff,
  days: number,
  use: number,
  windows: readonly number[],
  peakKw: number,
): number {
  let rest = milli(use);
  let total = cents(BigInt(days) * 1000n * micro(tariff.fixedPerDay));
  for (const [at, { price }] of (tariff.windows ?? []).entries()) {
    const part = milli(windows[at] ?? 0);
    rest -= part;
    total += cents(part * micro(price));
  }
  let below = 0n;
  for (const { upTo, price } of tariff.blocks) {
    const end = upTo === undefined ? rest : BigInt(Math.round(upTo * 1000));
    const part = (rest < end ? rest : end) - below;
    if (part <= 0n) break;
    total += cents(part * micro(price));
    below += part;
  }
  if (tariff.demandPrice !== undefined) total += cents(milli(peakKw) * micro(tariff.demandPrice));
  const subtotal = total;
  for (const { percent } of tariff.taxes ?? []) total += (subtotal * micro(percent) + 50_000_000n) / 100_000_000n;
  return Number(total);
}
