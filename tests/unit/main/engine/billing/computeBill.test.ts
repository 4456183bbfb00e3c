import { describe, expect, it } from 'vitest';
import { computeBill } from '../../../../../main/engine/billing/computeBill.ts';
import { tariffSchema } from '../../../../../shared/county/accounts.ts';

const tariff = tariffSchema.parse({
  ...{ id: 'R1', name: 'Home', commodity: 'electricity', classes: ['singleFamily'], fixedPerDay: '0.3125' },
  blocks: [{ upTo: 500, price: '0.09875' }, { upTo: 1000, price: '0.114325' }, { price: '0.13105' }],
  windows: [{ name: 'Peak', from: '15:00', to: '20:00', days: 'workdays', price: '0.18345' }],
  demandPrice: '11.4375',
  taxes: [{ name: 'City tax', percent: '5.125' }],
});
const water = tariffSchema.parse({
  ...{ id: 'W1', name: 'Water', commodity: 'water', classes: ['singleFamily'], fixedPerDay: '0.41' },
  blocks: [{ upTo: 15, price: '1.0525' }, { price: '1.8775' }],
  leakCreditPercent: 50,
});

describe('a bill', () => {
  it('has blocks, times of use, demand, fixed charge and taxes to the cent', () => {
    const use = { days: 30, use: 1234.567, windows: [200.5], peakKw: 6.321, leakUse: 0 };
    expect(computeBill(tariff, use)).toEqual({
      lines: [
        { what: 'Fixed charge', quantity: '30', price: '0.3125', amountCents: 938 },
        { what: 'Peak', quantity: '200.5', price: '0.18345', amountCents: 3678 },
        { what: 'Use', quantity: '500', price: '0.09875', amountCents: 4938 },
        { what: 'Use', quantity: '500', price: '0.114325', amountCents: 5716 },
        { what: 'Use', quantity: '34.067', price: '0.13105', amountCents: 446 },
        { what: 'Demand', quantity: '6.321', price: '11.4375', amountCents: 7230 },
        { what: 'City tax', quantity: '229.46', price: '5.125 %', amountCents: 1176 },
      ],
      totalCents: 24_122,
    });
  });

  it('rounds half a cent up where a binary fraction would round it down', () => {
    // 1.005 as a binary fraction is a little less than 1.005.
    const one = { ...tariff, fixedPerDay: '1.005', blocks: [{ price: '0' }], windows: [], taxes: [] };
    const none = { days: 1, use: 0, windows: [], peakKw: 0, leakUse: 0 };
    expect(computeBill(one, none).totalCents).toBe(101);
  });

  it('credits a part of what a mended leak wasted, at the price that its last units had', () => {
    const { lines, totalCents } = computeBill(water, { days: 30, use: 25, windows: [], peakKw: 0, leakUse: 12 });
    // 10 m³ above the first block and 2 m³ of it were wasted: half of 18.775 + 2.105.
    expect(lines.at(-1)).toEqual({ what: 'Credit for a leak, 50 %', quantity: '12', price: '', amountCents: -1044 });
    expect(totalCents).toBe(1230 + 1579 + 1878 - 1044);
  });

  it('charges nothing per unit where more was fed back than used', () => {
    const { totalCents } = computeBill(water, { days: 30, use: -3, windows: [], peakKw: 0, leakUse: 0 });
    expect(totalCents).toBe(1230);
  });
});
