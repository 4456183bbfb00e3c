import type { Measure } from '../measure.ts';

/** Leakage as it can be compared between zones of a town. */
export const realLossPerConnection: Measure = {
  id: 'realLossPerConnection',
  version: 1,
  name: 'Real losses per connection',
  formula: 'real losses ÷ service connections ÷ days under pressure',
  unit: 'L/connection/day',
  window: 'month, by zone',
  exclusions: ['zones with fewer than 20 connections per km of main (use losses per km)'],
  leastShare: 0.9,
  better: 'lower',
  source: 'AWWA Manual M36, performance indicators',
};

/** Litres per connection and day. */
export const lossPerConnection = (realLossM3: number, connections: number, days: number): number =>
  (realLossM3 * 1000) / connections / days;
