import { describe, expect, it } from 'vitest';
import type { MeterDay } from '../../../../../main/engine/store/ledger/meterDays.ts';
import { judgeBills } from '../../../../../main/engine/billing/wrongBills.ts';
import type { BillRun } from '../../../../../main/engine/billing/wrongBills.ts';
import type { Account } from '../../../../../shared/county/accounts.ts';
import { tariffsSchema } from '../../../../../shared/county/accounts.ts';
import { makeMeters } from '../../../../support/makeCounty.ts';

const tariffs = tariffsSchema.parse({
  currency: 'USD',
  tariffs: [
    {
      ...{ id: 'W', name: 'Water', commodity: 'water', classes: ['singleFamily'], fixedPerDay: '0' },
      blocks: [{ price: '1' }],
    },
    {
      ...{ id: 'B', name: 'Business', commodity: 'water', classes: ['commercial'], fixedPerDay: '0' },
      blocks: [{ price: '3' }],
    },
  ],
});
const HOMES = 20;
const DAYS = 30;
const day = (at: number, use: number, missing = 0): MeterDay => ({
  ...{ day: at, use, windows: [], peakKw: use },
  hours: { actual: 24 - missing, linear: 0, likeDays: 0, missing },
});

/** Twenty homes with 1 m³ per day; the first one has what a test says, from day 30 to 59. */
function judge(useOf: (day: number) => number | undefined, more: Partial<BillRun> = {}): unknown[] {
  const meters = makeMeters(HOMES, 'water', 'West');
  const uses = (own: (at: number) => number | undefined): MeterDay[] =>
    Array.from({ length: 2 * DAYS }, (_, at) => [at, own(at)] as const).flatMap(([at, use]) =>
      use === undefined ? [] : [day(at, use)],
    );
  const { wrong } = judgeBills({
    accounts: meters.map(({ id }, at) => ({ id: `A${at}`, meters: [id], customerClass: 'singleFamily' })),
    meters: new Map(meters.map((meter) => [meter.id, meter])),
    ...{ tariffs, fromDay: DAYS, toDay: 2 * DAYS },
    daysOf: (id) => (id === meters[0]?.id ? uses(useOf) : uses((at) => 0.9 + 0.2 * ((at * 7) % 2))),
    ...more,
  });
  return wrong.map(({ accountId, faults, stakeCents }) => [accountId, faults.join(' '), stakeCents]);
}

describe('the list of bills that would be wrong', () => {
  it.each<[string, (at: number) => number | undefined, string, number]>([
    ['a multiplier from a day on', (at) => (at < 40 ? 1 : 10), 'factor', 18_000],
    ['a misread register', (at) => (at === 40 ? 90 : 1), 'spike', 8900],
    ['a register that fell', (at) => (at === 40 ? -50 : 1), 'negative', 3000],
    ['a register that stands still', (at) => (at < 40 ? 1 : 0), 'still', 2000],
    ['reads that are missing', (at) => (at < 50 ? 1 : undefined), 'missing', 1000],
    ['much more use without a reason', (at) => (at < 30 ? 0.2 : 0.85), 'high', 1950],
  ])('has %s, with what is at stake', (_, useOf, faults, stake) => {
    expect(judge(useOf)).toEqual([['A0', faults, stake]]);
  });

  it.each<[string, (at: number) => number]>([
    ['usual use', () => 1],
    ['a holiday', (at) => (at > 35 && at < 47 ? 0 : 1)],
    ['guests', (at) => (at > 40 ? 2.2 : 1)],
    ['a pool that is filled', (at) => (at === 44 ? 6 : 1)],
  ])('has nothing of a home with %s', (_, useOf) => {
    expect(judge(useOf)).toEqual([]);
  });

  it('has what the whole county uses more in summer for nobody', () => {
    const summer = Array.from({ length: 2 * DAYS }, (_, at) => day(at, at < DAYS ? 0.3 : 1.5));
    expect(judge(() => 1, { daysOf: () => summer })).toEqual([]);
  });

  it('has accounts and meters that do not belong together', () => {
    const meters = makeMeters(HOMES, 'water', 'West');
    const [first, second, third] = meters.map(({ id }) => id);
    const accounts = [
      { id: 'A', meters: [first ?? ''], customerClass: 'singleFamily' as const },
      { id: 'B', meters: [first ?? ''], customerClass: 'singleFamily' as const },
      { id: 'C', meters: [second ?? '', 'gone'], customerClass: 'commercial' as const },
      { id: 'D', meters: [third ?? ''], customerClass: 'industrial' as const },
    ];
    const known = new Map(meters.slice(0, 4).map((meter) => [meter.id, meter]));
    expect(judge(() => 1, { accounts, meters: known })).toEqual([
      ['C', 'wrongClass', 6000],
      ['A', 'sharedMeter', 3000],
      ['B', 'sharedMeter', 3000],
      ['', 'noAccount', 3000],
      ['D', 'wrongClass noTariff', 0],
      ['C', 'unknownMeter', 0],
    ]);
  });

  it('has a bill of which the billing system has another amount', () => {
    const meterId = makeMeters(1, 'water', 'West')[0]?.id ?? '';
    const charged = new Map([[`A0 ${meterId}`, { accountId: 'A0', meterId, totalCents: 3001 }]]);
    expect(judge(() => 1, { charged })).toEqual([['A0', 'differs', 1]]);
  });

  it('has two meters that changed places', () => {
    const wrong = judge((at) => (at < 45 ? 1 : 3), {
      daysOf: (id) =>
        Array.from({ length: 2 * DAYS }, (_, at) =>
          day(at, id === 'West-0' ? (at < 45 ? 1 : 3) : id === 'West-1' ? (at < 45 ? 3 : 1) : 1),
        ),
    });
    expect(wrong).toEqual([
      ['A0', 'swapped', 3000],
      ['A1', 'swapped', 3000],
    ]);
  });

  it('has them also where half of the group had no supply on one day', () => {
    const level = (at: number, id: string): number => {
      if (at === 50) return Number(id.slice('West-'.length)) >= 9 ? 0 : 1;
      if (id === 'West-0') return at < 45 ? 1 : 3;
      return id === 'West-1' && at < 45 ? 3 : 1;
    };
    const wrong = judge((at) => level(at, 'West-0'), {
      daysOf: (id) => Array.from({ length: 2 * DAYS }, (_, at) => day(at, level(at, id))),
    });
    expect(wrong.filter((each) => JSON.stringify(each).includes('swapped'))).toHaveLength(2);
  });

  it('has a meter that an account of another run is billed for, too', () => {
    const meters = makeMeters(HOMES, 'water', 'West');
    const account = (id: string, meterId = ''): Account => ({ id, meters: [meterId], customerClass: 'singleFamily' });
    const own = meters.map(({ id }, at) => account(`A${at}`, id));
    expect(judge(() => 1, { everyone: [...own, account('B0', meters[0]?.id)] })).toMatchObject([
      ['A0', 'sharedMeter', expect.any(Number)],
    ]);
  });
});
