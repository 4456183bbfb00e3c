import { computeBill } from '../../main/engine/billing/computeBill.ts';
import { determinantsOf } from '../../main/engine/billing/determinants.ts';
import { hoursOfUse, meterDay } from '../../main/engine/billing/meterDay.ts';
import type { BilledRead } from '../../main/engine/billing/meterDay.ts';
import type { MeterDay } from '../../main/engine/store/ledger/meterDays.ts';
import { judgeBills } from '../../main/engine/billing/wrongBills.ts';
import type { BillsJudged, Charged } from '../../main/engine/billing/wrongBills.ts';
import type { Account } from '../../shared/county/accounts.ts';
import { tariffOf } from '../../shared/county/accounts.ts';
import { DAY_MS, HOUR_MS } from '../../shared/base/durations.ts';
import { Random } from '../../simulators/random/Random.ts';
import type { Bench, Figures } from './bench.ts';
import { independentBill } from './bills/independentBill.ts';
import { readsOf, usesOf } from './bills/makeDays.ts';
import { makeCustomers, tariffs } from './bills/makeUtility.ts';
import type { Customer } from './bills/makeUtility.ts';
import { errorKinds, spoilReads, spoilUses } from './bills/plantErrors.ts';
import type { ErrorKind } from './bills/plantErrors.ts';

const DAYS = 30;
/** 2026-01-01 as a day number; the bench's county keeps UTC. */
const FIRST_DAY = 20_454;
const ERROR_SHARE = 0.03;
const LEAST_RATIO = 2.2;
const MOST_BEFORE = 2;

type Planted = Map<string, ErrorKind>;
type Period = { accounts: Account[]; given: Map<string, MeterDay[]>; charged: Map<string, Charged>; planted: Planted };
type Tally = Record<string, { planted: number; caught: number }>;

const windowsOf = ({ meter }: Customer): Parameters<typeof meterDay>[2] =>
  tariffOf(tariffs, meter.commodity, meter.customerClass)?.windows ?? [];

/** The days of a period by the reads of a meter, as the product makes them. */
function daysOf(customer: Customer, reads: readonly BilledRead[], firstDay: number): MeterDay[] {
  let from = 0;
  return Array.from({ length: DAYS }, (_, at) => {
    const startMs = (firstDay + at) * DAY_MS;
    const starts = Array.from({ length: 25 }, (__, hour) => startMs + hour * HOUR_MS);
    while ((reads[from + 1]?.atMs ?? Number.POSITIVE_INFINITY) <= startMs) from++;
    let to = from;
    while (to < reads.length && (reads[to]?.atMs ?? 0) < startMs + DAY_MS) to++;
    // A read on either side more shows the rhythm.
    const near = reads.slice(Math.max(0, from - 2), to + 2);
    return meterDay(firstDay + at, hoursOfUse(near, starts), windowsOf(customer), (atMs) => (atMs % DAY_MS) / 60_000);
  });
}

const isHourly = (customer: Customer): boolean => windowsOf(customer).length > 0;

/** A partner whose use differs enough to be seen, from the same street. */
function partnerOf(customers: readonly Customer[], at: number): number | undefined {
  const own = customers[at];
  for (let other = at + 40; other < Math.min(customers.length, at + 4000); other += 40) {
    const candidate = customers[other];
    const ratio = (candidate?.perDay ?? 0) / (own?.perDay ?? 0);
    if (candidate?.meter.commodity !== own?.meter.commodity || isHourly(candidate as Customer)) continue;
    if (ratio >= LEAST_RATIO || ratio <= 1 / LEAST_RATIO) return other;
  }
  return undefined;
}

/** Gives a customer's bill of this period an error. Returns the ids of the accounts whose bills are wrong by it. */
function plant(kind: ErrorKind, at: number, all: World, period: Period, firstDay: number, random: Random): string[] {
  const { customers, uses } = all;
  const customer = customers[at] as Customer;
  const { account, meter } = customer;
  const own = (uses[at] ?? []).slice(firstDay - FIRST_DAY, firstDay - FIRST_DAY + DAYS);
  const give = (of: Customer, days: readonly number[]): void => {
    const reads = spoilReads(kind, readsOf(days, firstDay, isHourly(of)), firstDay * DAY_MS, random);
    period.given.set(of.meter.id, daysOf(of, reads, firstDay));
  };
  switch (kind) {
    case 'swapped': {
      const other = isHourly(customer) ? undefined : partnerOf(customers, at);
      const partner = customers[other ?? -1];
      if (other === undefined || partner === undefined || period.planted.has(partner.account.id)) return [];
      const theirs = (uses[other] ?? []).slice(firstDay - FIRST_DAY, firstDay - FIRST_DAY + DAYS);
      const from = random.integer(6, 22);
      give(customer, [...own.slice(0, from), ...theirs.slice(from)]);
      give(partner, [...theirs.slice(0, from), ...own.slice(from)]);
      period.charged.delete(`${partner.account.id} ${partner.meter.id}`);
      return [account.id, partner.account.id];
    }
    case 'sharedMeter':
      period.accounts.push({ ...account, id: `${account.id}-2` });
      return [account.id, `${account.id}-2`];
    case 'wrongClass':
      period.accounts[at] = {
        ...account,
        customerClass: meter.customerClass === 'singleFamily' ? 'commercial' : 'singleFamily',
      };
      return [account.id];
    case 'differs': {
      const key = `${account.id} ${meter.id}`;
      const charged = period.charged.get(key);
      if (charged !== undefined)
        period.charged.set(key, { ...charged, totalCents: charged.totalCents + random.integer(1, 5000) });
      return [account.id];
    }
    default:
      give(customer, spoilUses(kind, own, meter.commodity === 'electricity', random));
      return [account.id];
  }
}

type World = { customers: Customer[]; uses: number[][]; truth: Map<string, MeterDay[]> };

function makeWorld(count: number, periods: number, random: Random): World {
  const customers = makeCustomers(count, random);
  const uses = customers.map((customer) => usesOf(customer, periods, DAYS, random));
  return { customers, uses, truth: new Map() };
}

/** The right days and the right bills of a period, and its errors. Returns the deviation of the right bills in cents. */
function makePeriod(world: World, period: number, random: Random): { made: Period; cents: number } {
  const firstDay = FIRST_DAY + period * DAYS;
  const made: Period = { accounts: [], given: new Map(), charged: new Map(), planted: new Map() };
  let cents = 0;
  for (const [at, customer] of world.customers.entries()) {
    const { account, meter } = customer;
    const uses = (world.uses[at] ?? []).slice(period * DAYS, (period + 1) * DAYS);
    const days = daysOf(customer, readsOf(uses, firstDay, isHourly(customer)), firstDay);
    made.given.set(meter.id, days);
    made.accounts.push(account);
    const tariff = tariffOf(tariffs, meter.commodity, account.customerClass);
    if (tariff === undefined) continue;
    const use = determinantsOf(days, DAYS);
    const { totalCents } = computeBill(tariff, use);
    cents += Math.abs(totalCents - independentBill(tariff, DAYS, use.use, use.windows, use.peakKw));
    made.charged.set(`${account.id} ${meter.id}`, { accountId: account.id, meterId: meter.id, totalCents });
  }
  for (const [meterId, days] of made.given) world.truth.set(meterId, [...(world.truth.get(meterId) ?? []), ...days]);
  for (const [at, { account, meter }] of world.customers.entries()) {
    if (!random.chance(ERROR_SHARE) || made.planted.has(account.id)) continue;
    const kind = random.pick(errorKinds);
    for (const id of plant(kind, at, world, made, firstDay, random)) {
      made.planted.set(id, kind);
      // The billing system computes with the same reads: only its own errors show in its file.
      if (kind !== 'differs') made.charged.delete(`${id} ${meter.id}`);
    }
  }
  return { made, cents };
}

function judge(world: World, period: number, { accounts, given, charged }: Period): BillsJudged {
  const fromDay = FIRST_DAY + period * DAYS;
  const before = (id: string): MeterDay[] =>
    (world.truth.get(id) ?? []).filter(({ day }) => day < fromDay && day >= fromDay - MOST_BEFORE * DAYS);
  return judgeBills({
    accounts,
    meters: new Map(world.customers.map(({ meter }) => [meter.id, meter])),
    tariffs,
    fromDay,
    toDay: fromDay + DAYS,
    daysOf: (id) => [...before(id), ...(given.get(id) ?? [])],
    charged,
  });
}

export const bills: Bench = {
  what: 'bills of a utility with planted errors: which wrong ones are listed, and whether the right ones are to the cent',
  options: {
    accounts: 'accounts (20000)',
    seed: 'another seed has other customers and errors (1)',
    missed: 'names so many missed errors and false alarms (0)',
  },
  run(options, say): Promise<Figures> {
    const startMs = performance.now();
    const random = new Random(options.number('seed', 1));
    const named = options.number('missed', 0);
    const world = makeWorld(options.number('accounts', 20_000), 3, random);
    const tally: Tally = {};
    const sums = { bills: 0, planted: 0, caught: 0, right: 0, falseAlarms: 0, cents: 0 };
    for (const period of [0, 1, 2]) {
      const { made, cents } = makePeriod(world, period, random);
      const { bills: count, wrong } = judge(world, period, made);
      const listed = new Set(wrong.map(({ accountId }) => accountId));
      for (const [id, kind] of made.planted) {
        const of = (tally[kind] ??= { planted: 0, caught: 0 });
        of.planted++;
        if (listed.has(id)) of.caught++;
        else if (sums.planted - sums.caught < named) say(`missed: ${kind} of ${id} in period ${period + 1}`);
        sums.planted++;
        sums.caught += listed.has(id) ? 1 : 0;
      }
      const wrongly = wrong.filter(({ accountId }) => !made.planted.has(accountId));
      for (const { accountId, faults, evidence } of wrongly.slice(0, named))
        say(`false: ${accountId} ${faults.join(', ')}: ${evidence}`);
      sums.bills += count;
      sums.right += count - made.planted.size;
      sums.falseAlarms += wrongly.length;
      sums.cents += cents;
      say(`period ${period + 1}: ${count} bills, ${made.planted.size} wrong, ${wrong.length} listed`);
    }
    return Promise.resolve({
      caught: sums.caught / sums.planted,
      falseAlarms: sums.falseAlarms / sums.right,
      seconds: (performance.now() - startMs) / 1000,
      cents: sums.cents,
      bills: sums.bills,
      planted: sums.planted,
      kinds: Object.fromEntries(Object.entries(tally).map(([kind, of]) => [kind, of.caught / of.planted])),
    });
  },
};
