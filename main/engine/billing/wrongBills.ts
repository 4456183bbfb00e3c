import type { Account, Tariffs } from '../../../shared/county/accounts.ts';
import { tariffOf } from '../../../shared/county/accounts.ts';
import type { Meter } from '../../../shared/county/county.ts';
import { median } from '../../../shared/base/statistics/robust.ts';
import type { BillFault, WrongBill } from '../../../shared/utilities/bills.ts';
import { computeBill } from './computeBill.ts';
import type { Determinants } from './computeBill.ts';
import { determinantsOf } from './determinants.ts';
import { findSwaps } from './findSwaps.ts';
import { judgeUse, usedPerDay } from './judgeUse.ts';
import type { Found, KnownUse } from './judgeUse.ts';
import type { MeterDay } from '../store/ledger/meterDays.ts';

/** What the billing system would charge for a meter, from its own file. */
export type Charged = { accountId: string; meterId: string; totalCents: number };

/** Everything that a run over the bills of a period looks at. `toDay` is the first day after the period. */
export type BillRun = {
  accounts: readonly Account[];
  /** The accounts of other runs as well: no meter is to be billed twice. Only those of this run where it is absent. */
  everyone?: readonly Account[];
  meters: ReadonlyMap<string, Meter>;
  tariffs: Tariffs;
  fromDay: number;
  toDay: number;
  /** Known days of a meter in order, of the period and of those before it. */
  daysOf: (meterId: string) => readonly MeterDay[];
  charged?: ReadonlyMap<string, Charged>;
};

/** Bills of one run: how many were looked at, and the wrong ones, the largest stake first. */
export type BillsJudged = { bills: number; totalCents: number; wrong: WrongBill[] };

type Bill = { account: Account; meter: Meter; known: KnownUse };

const FEWEST_ALIKE = 12;

const sum = (days: readonly MeterDay[]): number => days.reduce((total, { use }) => total + use, 0);
const groupOf = ({ commodity, customerClass }: Meter): string => `${commodity} ${customerClass}`;

/** The use that each group of customers has, and how it changed since the period before: weather and season. */
function judgeGroups(bills: readonly Bill[]): Map<string, { perDay: number; change: number }> {
  const groups = new Map<string, { perDay: number; change: number }>();
  for (const [group, members] of Map.groupBy(bills, ({ meter }) => groupOf(meter))) {
    const perDay = median(members.map(({ known }) => usedPerDay(known.days)).filter(Number.isFinite));
    const changes = members.map(({ known }) => usedPerDay(known.days) / usedPerDay(known.before));
    const known = changes.filter((change) => Number.isFinite(change) && change > 0);
    const isEnough = members.length >= FEWEST_ALIKE;
    groups.set(group, {
      perDay: isEnough ? perDay : Number.NaN,
      change: known.length >= FEWEST_ALIKE ? median(known) : 1,
    });
  }
  return groups;
}

/** Own history times the season where there is one, else what like customers use. */
function withExpectation(bill: Bill, { perDay, change }: { perDay: number; change: number }): KnownUse {
  const { before } = bill.known;
  const own = before.length === 0 ? Number.NaN : (sum(before) / before.length) * change;
  return { ...bill.known, usualPerDay: Number.isNaN(own) ? perDay : own, classPerDay: perDay };
}

function billsOf({ accounts, meters, daysOf, fromDay, toDay }: BillRun): Bill[] {
  return accounts.flatMap((account) =>
    account.meters.flatMap((id): Bill[] => {
      const meter = meters.get(id);
      if (meter === undefined) return [];
      const all = daysOf(id);
      const days = all.filter(({ day }) => day >= fromDay && day < toDay);
      const before = all.filter(({ day }) => day < fromDay);
      const period = determinantsOf(days, toDay - fromDay);
      return [
        { account, meter, known: { meter, days, before, period, usualPerDay: Number.NaN, classPerDay: Number.NaN } },
      ];
    }),
  );
}

const totalOf = (tariffs: Tariffs, { meter }: Bill, of: Account['customerClass'], use: Determinants): number => {
  const tariff = tariffOf(tariffs, meter.commodity, of);
  return tariff === undefined ? 0 : computeBill(tariff, use).totalCents;
};

/** The determinants as they would be with the expected use, in the same proportions. */
function expectedUse({ period, usualPerDay }: KnownUse): Determinants {
  const use = Number.isFinite(usualPerDay) ? Math.max(0, usualPerDay) * period.days : period.use;
  const scale = period.use > 0 ? use / period.use : 0;
  return {
    ...period,
    use,
    windows: period.windows.map((part) => part * scale),
    peakKw: scale === 0 ? period.peakKw : period.peakKw * scale,
  };
}

type Look = { run: BillRun; usersOf: ReadonlyMap<string, string[]>; swaps: ReadonlyMap<string, string> };

/** What speaks against a bill besides the days of its meter. */
function judgeAccount({ run, usersOf, swaps }: Look, { account, meter }: Bill, totalCents: number): Found[] {
  const users = usersOf.get(meter.id) ?? [];
  const other = swaps.get(meter.id);
  const charged = run.charged?.get(`${account.id} ${meter.id}`);
  const found: [boolean, BillFault, string][] = [
    [users.length > 1, 'sharedMeter', `Named by ${users.join(', ')}.`],
    [other !== undefined, 'swapped', `Changed places with ${other ?? ''}.`],
    [
      account.customerClass !== meter.customerClass,
      'wrongClass',
      `Account ${account.customerClass}, meter ${meter.customerClass}.`,
    ],
    [tariffOf(run.tariffs, meter.commodity, account.customerClass) === undefined, 'noTariff', ''],
    [
      charged !== undefined && charged.totalCents !== totalCents,
      'differs',
      `It has ${((charged?.totalCents ?? 0) / 100).toFixed(2)}.`,
    ],
  ];
  return found.flatMap(([isSo, fault, evidence]) => (isSo ? [{ fault, evidence }] : []));
}

/** The amount by which a bill would be wrong, as far as it can be known. */
function stakeOf(look: Look, bill: Bill, faults: readonly BillFault[], totalCents: number): number {
  const { run } = look;
  if (faults.includes('sharedMeter') || faults.includes('noTariff')) return totalCents;
  const charged = run.charged?.get(`${bill.account.id} ${bill.meter.id}`)?.totalCents ?? totalCents;
  if (faults.includes('differs')) return Math.abs(charged - totalCents);
  if (faults.includes('wrongClass'))
    return Math.abs(totalOf(run.tariffs, bill, bill.meter.customerClass, bill.known.period) - totalCents);
  return Math.abs(totalOf(run.tariffs, bill, bill.account.customerClass, expectedUse(bill.known)) - totalCents);
}

function describe({ run }: Look, { account, meter, known }: Bill, found: readonly Found[]): WrongBill {
  const { period, usualPerDay } = known;
  return {
    ...{ accountId: account.id, meterId: meter.id, commodity: meter.commodity, customerClass: account.customerClass },
    ...(meter.address !== undefined && { address: meter.address }),
    ...{ fromDay: run.fromDay, toDay: run.toDay, faults: found.map(({ fault }) => fault) },
    evidence: found
      .map(({ evidence }) => evidence)
      .filter((text) => text !== '')
      .join(' '),
    ...{ use: period.use, expected: Number.isFinite(usualPerDay) ? usualPerDay * period.days : period.use },
    ...{ totalCents: 0, stakeCents: 0 },
  };
}

/** Accounts whose meter does not exist, and meters with use that nobody is billed for. */
function withoutPartner({ accounts, meters, daysOf, fromDay, toDay, tariffs }: BillRun): WrongBill[] {
  const named = new Set(accounts.flatMap((account) => account.meters));
  const none = { fromDay, toDay, use: 0, expected: 0, totalCents: 0, stakeCents: 0 };
  const unknown = accounts.flatMap(({ id, customerClass, meters: ids }) =>
    ids
      .filter((meterId) => !meters.has(meterId))
      .map((meterId): WrongBill => {
        const faults: BillFault[] = ['unknownMeter'];
        return { ...none, accountId: id, meterId, commodity: 'water', customerClass, faults, evidence: '' };
      }),
  );
  const unbilled = [...meters.values()].flatMap((meter): WrongBill[] => {
    if (named.has(meter.id)) return [];
    const period = determinantsOf(
      daysOf(meter.id).filter(({ day }) => day >= fromDay && day < toDay),
      toDay - fromDay,
    );
    if (!(period.use > 0)) return [];
    const tariff = tariffOf(tariffs, meter.commodity, meter.customerClass);
    const stakeCents = tariff === undefined ? 0 : computeBill(tariff, period).totalCents;
    const { id: meterId, commodity, customerClass } = meter;
    const faults: BillFault[] = ['noAccount'];
    return [
      { ...none, accountId: '', meterId, commodity, customerClass, faults, evidence: '', stakeCents, use: period.use },
    ];
  });
  return [...unknown, ...unbilled];
}

/** Computes all bills of a period and lists those that would be wrong, with why and what is at stake. */
export function judgeBills(run: BillRun): BillsJudged {
  const bills = billsOf(run);
  const groups = judgeGroups(bills);
  const usersOf = new Map<string, string[]>();
  for (const { id, meters } of run.everyone ?? run.accounts)
    for (const meterId of meters) usersOf.set(meterId, [...(usersOf.get(meterId) ?? []), id]);
  const histories = bills.map(({ meter, known: { before, days } }) => ({
    ...{ id: meter.id, group: `${meter.commodity} ${meter.zoneId}`, days: [...before, ...days] },
  }));
  const look: Look = { run, usersOf, swaps: findSwaps(histories, run.fromDay) };
  let totalCents = 0;
  const wrong = bills.flatMap((each): WrongBill[] => {
    const known = withExpectation(each, groups.get(groupOf(each.meter)) ?? { perDay: Number.NaN, change: 1 });
    const bill = { ...each, known };
    const cents = totalOf(run.tariffs, bill, bill.account.customerClass, known.period);
    totalCents += cents;
    const found = [...judgeAccount(look, bill, cents), ...judgeUse(known)];
    if (found.length === 0) return [];
    const described = describe(look, bill, found);
    return [{ ...described, totalCents: cents, stakeCents: stakeOf(look, bill, described.faults, cents) }];
  });
  const all = [...wrong, ...withoutPartner(run)].sort((a, b) => b.stakeCents - a.stakeCents);
  return { bills: bills.length, totalCents, wrong: all };
}
