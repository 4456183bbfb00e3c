import type { Commodity, Meter } from '../../shared/county/county.ts';

export type LoadProfile = {
  /**
   * kWh or m³ per day of the typical customer, and how widely customers differ (standard deviation of the logarithm).
   */
  daily: number;
  spread: number;
  /** Share of a usual day by weekday, Monday first; the mean of the week is 1. */
  week: readonly number[];
  /** Weights of the hours, on workdays and at weekends. */
  workday: readonly number[];
  weekend: readonly number[];
  /** How much one hour varies: `smooth` by up to half, `events` is all or nothing. */
  grain: 'smooth' | 'events';
};

const homePower = [
  4, 3.4, 3.1, 3, 3.1, 3.6, 5, 6.4, 6, 5, 4.6, 4.6, 4.8, 4.6, 4.5, 4.9, 5.9, 7.6, 8.6, 8.7, 8.2, 7.3, 6.1, 4.9,
];
const homePowerWeekend = [
  4.3, 3.7, 3.3, 3.1, 3.1, 3.3, 4, 5.1, 6.1, 6.7, 6.7, 6.5, 6.5, 6.2, 6, 6.1, 6.6, 7.7, 8.3, 8.3, 7.8, 7, 6, 5,
];
const homeWater = [
  0.6, 0.3, 0.2, 0.2, 0.4, 1.8, 5.4, 7.4, 6.2, 4.6, 3.8, 3.6, 3.8, 3.4, 3.2, 3.6, 4.6, 6, 6.6, 6, 5.2, 4, 2.8, 1.4,
];
const homeWaterWeekend = [
  0.8, 0.5, 0.3, 0.2, 0.3, 0.8, 2.2, 4.4, 6.6, 7.4, 6.8, 5.8, 5.2, 4.8, 4.4, 4.4, 4.8, 5.6, 6, 5.6, 4.8, 3.8, 2.8, 1.6,
];
const openHours = [
  1.6, 1.5, 1.5, 1.5, 1.6, 2, 3, 4.6, 6.6, 7.6, 8, 8.2, 8.2, 8, 8, 7.8, 7.2, 6.2, 5, 4, 3.2, 2.6, 2.1, 1.8,
];
const openWater = [0.05, 0.05, 0.05, 0.05, 0.1, 0.6, 2, 4, 7, 8, 8, 9, 10, 8, 7, 7, 7, 6, 4, 3, 2, 1, 0.4, 0.1];
const shifts = [6, 6, 6, 6, 6, 7, 8.5, 9, 9, 9, 9, 9, 9, 9, 9, 8.5, 8, 7.5, 7.5, 7.5, 7.5, 7, 6.5, 6];

const evenWeek = [0.98, 0.98, 0.98, 0.98, 0.98, 1.04, 1.06];
const workWeek = [1.14, 1.15, 1.15, 1.15, 1.14, 0.72, 0.55];

const home = (daily: number): LoadProfile => ({
  daily,
  spread: 0.38,
  week: evenWeek,
  workday: homePower,
  weekend: homePowerWeekend,
  grain: 'smooth',
});
const homeTap = (daily: number): LoadProfile => ({
  daily,
  spread: 0.42,
  week: evenWeek,
  workday: homeWater,
  weekend: homeWaterWeekend,
  grain: 'events',
});
const works = (daily: number, hours: readonly number[], spread: number, grain: LoadProfile['grain']): LoadProfile => ({
  daily,
  spread,
  week: workWeek,
  workday: hours,
  weekend: hours,
  grain,
});

/**
 * Rhythms of the customers. Shapes follow the residential and commercial profiles that utilities publish: evening peak
 * of electricity, morning peak of water, hardly any water at night (which is what makes minimum night flow and
 * household leaks visible).
 */
export const loadProfiles: Record<Commodity, Record<Meter['customerClass'], LoadProfile>> = {
  electricity: {
    singleFamily: home(25),
    multiFamily: home(14),
    commercial: works(110, openHours, 0.8, 'smooth'),
    industrial: works(900, shifts, 0.7, 'smooth'),
    institutional: works(380, openHours, 0.6, 'smooth'),
  },
  water: {
    singleFamily: homeTap(0.72),
    multiFamily: homeTap(0.42),
    commercial: works(1.5, openWater, 0.8, 'events'),
    industrial: works(16, openWater, 0.7, 'events'),
    institutional: works(7, openWater, 0.6, 'events'),
  },
};
