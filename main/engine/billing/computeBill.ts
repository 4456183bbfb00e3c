import Decimal from 'decimal.js';
import type { Tariff } from '../../../shared/county/accounts.ts';

/**
 * What a bill is computed from: the use of a period in kWh or m³, in thousandths. `windows`: the use within each window
 * of the tariff, in its order, which is part of `use`. `leakUse`: what a mended leak wasted, part of `use` as well.
 */
export type Determinants = { days: number; use: number; windows: readonly number[]; peakKw: number; leakUse: number };

/** A line of a bill. `amountCents` is negative for a credit. */
export type BillLine = { what: string; quantity: string; price: string; amountCents: number };
export type Bill = { lines: BillLine[]; totalCents: number };

const DIGITS = 3;
const MONEY_DIGITS = 2;
const CENTS = 100;

const exact = (value: number): Decimal => new Decimal(value.toFixed(DIGITS));
/** Half a cent is rounded away from zero, line by line, as a customer who checks the bill would do it. */
const toCents = (amount: Decimal): number =>
  amount.toDecimalPlaces(MONEY_DIGITS, Decimal.ROUND_HALF_UP).times(CENTS).toNumber();

function line(what: string, quantity: Decimal, price: string): BillLine {
  return { what, quantity: quantity.toString(), price, amountCents: toCents(quantity.times(price)) };
}

/** The parts of a quantity that fall into each block of the tariff. */
function inBlocks({ blocks }: Tariff, quantity: Decimal): { part: Decimal; price: string }[] {
  let from = new Decimal(0);
  return blocks.flatMap(({ upTo, price }) => {
    const end = upTo === undefined ? quantity : Decimal.min(quantity, upTo);
    const part = end.minus(from);
    from = Decimal.max(from, end);
    return part.greaterThan(0) ? [{ part, price }] : [];
  });
}

/** The credit for what a leak wasted: a share of what its last units cost. */
function leakCredit(tariff: Tariff, outside: Decimal, leakUse: number): BillLine[] {
  const { leakCreditPercent = 0 } = tariff;
  const wasted = Decimal.min(exact(leakUse), outside);
  if (leakCreditPercent === 0 || !wasted.greaterThan(0)) return [];
  const cost = (quantity: Decimal): Decimal =>
    inBlocks(tariff, quantity).reduce((sum, { part, price }) => sum.plus(part.times(price)), new Decimal(0));
  const amount = cost(outside)
    .minus(cost(outside.minus(wasted)))
    .times(leakCreditPercent)
    .dividedBy(100);
  const what = `Credit for a leak, ${leakCreditPercent} %`;
  return [{ what, quantity: wasted.toString(), price: '', amountCents: -toCents(amount) }];
}

/** A bill for one meter and period, to the cent. */
export function computeBill(tariff: Tariff, { days, use, windows, peakKw, leakUse }: Determinants): Bill {
  const times = (tariff.windows ?? []).map((window, at) => ({ ...window, quantity: exact(windows[at] ?? 0) }));
  const outside = times.reduce((rest, { quantity }) => rest.minus(quantity), exact(use));
  const energy = [
    ...times.map(({ name, price, quantity }) => line(name, quantity, price)),
    ...inBlocks(tariff, outside).map(({ part, price }) => line('Use', part, price)),
  ];
  const demand = tariff.demandPrice === undefined ? [] : [line('Demand', exact(peakKw), tariff.demandPrice)];
  const charges = [
    line('Fixed charge', new Decimal(days), tariff.fixedPerDay),
    ...energy,
    ...demand,
    ...leakCredit(tariff, outside, leakUse),
  ];
  const subtotal = new Decimal(charges.reduce((sum, { amountCents }) => sum + amountCents, 0)).dividedBy(CENTS);
  const taxes = (tariff.taxes ?? []).map(({ name, percent }): BillLine => {
    const amountCents = toCents(subtotal.times(percent).dividedBy(100));
    return { what: name, quantity: subtotal.toFixed(MONEY_DIGITS), price: `${percent} %`, amountCents };
  });
  const lines = [...charges, ...taxes];
  return { lines, totalCents: lines.reduce((sum, { amountCents }) => sum + amountCents, 0) };
}
