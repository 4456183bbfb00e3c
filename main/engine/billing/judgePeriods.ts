import type { County } from '../../../shared/county/county.ts';
import type { WrongBills } from '../../../shared/utilities/bills.ts';
import type { MeterDay } from '../store/ledger/meterDays.ts';
import { billingPeriods } from './billingPeriods.ts';
import { judgeBills } from './wrongBills.ts';

/** Days of use before a period that its bills are compared with. */
const DAYS_BEFORE = 60;
const MOST_LISTED = 500;
const NONE: readonly MeterDay[] = [];

/** The bills of all routes' newest closed periods; undefined where the county bills nobody. */
export function judgePeriods(
  { accounts, tariffs, meters }: Pick<County, 'accounts' | 'tariffs' | 'meters'>,
  today: number,
  read: (fromDay: number, toDay: number) => ReadonlyMap<string, readonly MeterDay[]>,
): WrongBills | undefined {
  if (accounts === undefined || tariffs === undefined) return undefined;
  const named = new Set(accounts.flatMap((account) => account.meters));
  const periods = billingPeriods(accounts, tariffs, today);
  const days = read(
    Math.min(today, ...periods.map(({ fromDay }) => fromDay)) - DAYS_BEFORE,
    Math.max(0, ...periods.map(({ toDay }) => toDay)),
  );
  const judged = periods.map(({ fromDay, toDay, accounts: members }, at) => {
    const own = new Set(members.flatMap((account) => account.meters));
    // Meters without an account are listed once, with the first period.
    const looked = meters.filter(({ id }) => own.has(id) || (at === 0 && !named.has(id)));
    return judgeBills({
      ...{ accounts: members, everyone: accounts, tariffs, fromDay, toDay },
      meters: new Map(looked.map((meter) => [meter.id, meter])),
      daysOf: (id) => (days.get(id) ?? NONE).filter(({ day }) => day >= fromDay - DAYS_BEFORE && day < toDay),
    });
  });
  const wrong = judged.flatMap((each) => each.wrong).sort((a, b) => b.stakeCents - a.stakeCents);
  return {
    currency: tariffs.currency,
    bills: judged.reduce((sum, { bills }) => sum + bills, 0),
    totalCents: judged.reduce((sum, { totalCents }) => sum + totalCents, 0),
    wrong: wrong.slice(0, MOST_LISTED),
    wrongCount: wrong.length,
    stakeCents: wrong.reduce((sum, { stakeCents }) => sum + stakeCents, 0),
  };
}
