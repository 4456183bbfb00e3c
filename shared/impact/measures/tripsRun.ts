import type { Measure } from '../measure.ts';

/** The share of the timetable's trips that were run. */
export const tripsRun: Measure = {
  id: 'tripsRun',
  version: 1,
  name: 'Trips run',
  formula: 'trips with a vehicle that served at least half of the stops ÷ trips of the timetable',
  unit: '1',
  window: 'service day',
  exclusions: ['trips that the agency cancelled on the day before or earlier', 'trips while the feed was silent'],
  leastShare: 0.75,
  better: 'higher',
  source: 'Beacon',
};

/** The share of trips that were run; NaN of none. Trips of which nothing is known are in neither number. */
export const tripsRunShare = (run: number, scheduled: number): number => run / scheduled;
