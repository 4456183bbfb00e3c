import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { promiseShares } from '../../../../shared/impact/measures/promisesKept.ts';
import { hasRealData, realData } from '../../../support/realData.ts';

const DAY_MS = 86_400_000;
const PROMISE_MS = 14 * DAY_MS;
const timeOf = (text: string): number | undefined => (text === '' ? undefined : Date.parse(`${text}Z`));

test('what is open and overdue is missed, and what is not due yet is in neither number', () => {
  const requests = [
    { createdMs: 0, closedMs: DAY_MS },
    { createdMs: 0, closedMs: 20 * DAY_MS },
    { createdMs: 0 },
    { createdMs: 10 * DAY_MS, closedMs: 11 * DAY_MS },
  ];
  const shares = promiseShares(requests, PROMISE_MS, { fromMs: 0, toMs: 40 * DAY_MS, nowMs: 21 * DAY_MS });
  expect(shares).toEqual({ due: 3, closed: 2, kept: 1, keptOfDue: 1 / 3, keptOfClosed: 0.5 });
});

describe.skipIf(!hasRealData('newhaven-311'))('half a year of New Haven', () => {
  test('keeps 54.0 % of the closed promises of 14 days, but 35.6 % of all that were due', () => {
    const text = readFileSync(realData('newhaven-311/requests-2014-h1.csv'));
    const requests = parse<Record<'created' | 'closed', string>>(text, { columns: true }).map(
      ({ created, closed }) => ({ createdMs: timeOf(created) ?? 0, closedMs: timeOf(closed) }),
    );
    const nowMs = Math.max(...requests.map(({ closedMs }) => closedMs ?? 0));
    const { keptOfClosed, keptOfDue } = promiseShares(requests, PROMISE_MS, { fromMs: 0, toMs: nowMs, nowMs });
    expect(keptOfClosed).toBeCloseTo(0.54, 3);
    expect(keptOfDue).toBeCloseTo(0.356, 3);
  });
});
