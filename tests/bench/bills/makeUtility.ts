import type { Account, Tariffs } from '../../../shared/county/accounts.ts';
import { tariffsSchema } from '../../../shared/county/accounts.ts';
import type { Meter } from '../../../shared/county/county.ts';
import type { Random } from '../../../simulators/random/Random.ts';

export const tariffs: Tariffs = tariffsSchema.parse({
  currency: 'USD',
  tariffs: [
    {
      ...{ id: 'R1', name: 'Home', commodity: 'electricity', classes: ['singleFamily', 'multiFamily'] },
      fixedPerDay: '0.3125',
      blocks: [{ upTo: 500, price: '0.09875' }, { upTo: 1000, price: '0.114325' }, { price: '0.13105' }],
      taxes: [{ name: 'City tax', percent: '5.125' }],
    },
    {
      ...{
        id: 'C1',
        name: 'Business',
        commodity: 'electricity',
        classes: ['commercial', 'industrial', 'institutional'],
      },
      fixedPerDay: '1.25',
      blocks: [{ price: '0.08115' }],
      windows: [{ name: 'Peak', from: '15:00', to: '20:00', days: 'workdays', price: '0.18345' }],
      demandPrice: '11.4375',
      taxes: [
        { name: 'City tax', percent: '5.125' },
        { name: 'State tax', percent: '6.25' },
      ],
    },
    {
      ...{ id: 'W1', name: 'Water', commodity: 'water', classes: ['singleFamily', 'multiFamily'] },
      fixedPerDay: '0.41',
      blocks: [{ upTo: 15, price: '1.0525' }, { upTo: 40, price: '1.8775' }, { price: '2.905' }],
    },
    {
      ...{
        id: 'W2',
        name: 'Water for business',
        commodity: 'water',
        classes: ['commercial', 'industrial', 'institutional'],
      },
      fixedPerDay: '1.15',
      blocks: [{ price: '1.6625' }],
    },
  ],
});

const usualPerDay = {
  electricity: { singleFamily: 28, multiFamily: 160, commercial: 220, industrial: 2400, institutional: 500 },
  water: { singleFamily: 0.8, multiFamily: 6, commercial: 5, industrial: 60, institutional: 12 },
} as const;
const classes = ['multiFamily', 'commercial', 'commercial', 'institutional', 'industrial'] as const;

/** An account with one meter, and what it uses on a mean day, kWh or m³. */
export type Customer = { account: Account; meter: Meter; perDay: number };

/** So many accounts as a county has them: mostly homes. */
export function makeCustomers(count: number, random: Random): Customer[] {
  return Array.from({ length: count }, (_, index): Customer => {
    const commodity = random.chance(0.6) ? 'electricity' : 'water';
    const customerClass = random.chance(0.88) ? 'singleFamily' : random.pick(classes);
    const spread = random.between(-1, 1) + random.between(-1, 1) + random.between(-1, 1);
    const id = `M${index}`;
    const zoneId = `Z${index % 40}`;
    return {
      account: { id: `A${index}`, meters: [id], customerClass },
      meter: { id, commodity, lon: 0, lat: 0, zoneId, customerClass, transformerId: undefined, premiseId: undefined },
      perDay: usualPerDay[commodity][customerClass] * Math.exp(0.45 * spread),
    };
  });
}
