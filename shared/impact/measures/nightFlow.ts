import type { Measure } from '../measure.ts';

const NIGHT = { fromHour: 2, toHour: 4 };

/** The flow into a zone while nearly everybody sleeps: leakage and little else. */
export const nightFlow: Measure = {
  id: 'nightFlow',
  version: 1,
  name: 'Minimum night flow',
  formula: 'lowest hourly inflow of a zone from 2 to 4 o’clock; leakage = night flow − legitimate night use',
  unit: 'm³/h',
  window: 'night, by zone',
  exclusions: ['the season of irrigation', 'nights with less than three quarters of the data'],
  leastShare: 0.75,
  better: 'lower',
  source: 'Water Loss Control, 2nd ed., pp. 290–291; SANFLOW',
  ledger: { scope: 'own', measure: 'flowM3h', lowestOf: NIGHT },
};

/** The lowest flow of the night's hours; undefined where there is none. */
export const minimumNightFlow = (hours: readonly { hour: number; flowM3h: number }[]): number | undefined =>
  hours
    .filter(({ hour }) => hour >= NIGHT.fromHour && hour < NIGHT.toHour)
    .map(({ flowM3h }) => flowM3h)
    .sort((a, b) => a - b)[0];
