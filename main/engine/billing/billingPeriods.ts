import type { Account, Tariffs } from '../../../shared/county/accounts.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';

/** Accounts whose period has the same days; local days since 1970-01-01, `toDay` is the first one after it. */
export type Period = { fromDay: number; toDay: number; accounts: Account[] };

const FIRST_OF_MONTH = 1;

/** The newest period that is over on a day, where periods begin on this day of the month. */
function lastPeriod(today: number, dayOfMonth: number): { fromDay: number; toDay: number } {
  const date = new Date(today * DAY_MS);
  const isThisMonth = date.getUTCDate() >= dayOfMonth;
  const month = date.getUTCMonth() - (isThisMonth ? 0 : 1);
  const dayAt = (monthAt: number): number => Date.UTC(date.getUTCFullYear(), monthAt, dayOfMonth) / DAY_MS;
  return { fromDay: dayAt(month - 1), toDay: dayAt(month) };
}

/** The newest periods that are over, by the day on which the routes of the accounts begin theirs. */
export function billingPeriods(accounts: readonly Account[], { routes = [] }: Tariffs, today: number): Period[] {
  const dayOf = new Map(routes.map(({ id, day }) => [id, day]));
  const groups = Map.groupBy(accounts, ({ route }) => dayOf.get(route ?? '') ?? FIRST_OF_MONTH);
  return [...groups].map(([day, members]) => ({ ...lastPeriod(today, day), accounts: members }));
}
