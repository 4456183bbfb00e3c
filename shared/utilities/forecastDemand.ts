/** The demand that is expected in an hour, and the band in which four of five such hours lie. */
export type HourForecast = { value: number; low: number; high: number };

const DAY_H = 24;
const WEEK_H = 168;
/** How many days before are averaged, how fast they lose weight, and how much more like days count. */
const DAYS = 13;
const FADING_DAYS = 5;
const SAME_WEEKDAY = 3;
const OTHER_KIND_OF_DAY = 0.3;
/** So much history is needed. */
const LEAST_HOURS = 3 * DAY_H;
/** Residuals further out than this many times their mean size count as that far out. */
const MOST_SPREADS = 4;
/** The normal quantile of a band that leaves out one tenth on each side. */
const BAND_SPREADS = 1.28;

/** Hours since the beginning of a Monday, by the hour of the week at which the series begins. */
const isWeekend = (hourOfWeek: number): boolean => ((hourOfWeek % WEEK_H) + WEEK_H) % WEEK_H >= 5 * DAY_H;

/** The mean of the same hour of the days before `known`, in which like days and recent days count more. */
function profileOf(hours: ArrayLike<number>, at: number, known: number, firstHourOfWeek: number): number {
  let [sum, weights] = [0, 0];
  for (let day = 1; day <= DAYS; day++) {
    const value = hours[at - day * DAY_H];
    if (at - day * DAY_H >= known || value === undefined || Number.isNaN(value)) continue;
    const isLike = isWeekend(firstHourOfWeek + at) === isWeekend(firstHourOfWeek + at - day * DAY_H);
    const weight = Math.exp(-day / FADING_DAYS) * (day % 7 === 0 ? SAME_WEEKDAY : isLike ? 1 : OTHER_KIND_OF_DAY);
    sum += weight * value;
    weights += weight;
  }
  return weights === 0 ? Number.NaN : sum / weights;
}

/** By how much each hour differed from the mean of like hours before it; the first days have no such mean. */
function residualsOf(hours: ArrayLike<number>, firstHourOfWeek: number): Float64Array {
  const residuals = Float64Array.from(hours, (value, at) => value - profileOf(hours, at, at, firstHourOfWeek));
  const sizes = residuals.filter((residual) => !Number.isNaN(residual)).map(Math.abs);
  const most = (MOST_SPREADS * sizes.reduce((sum, size) => sum + size, 0)) / Math.max(1, sizes.length);
  return residuals.map((residual) => Math.max(-most, Math.min(most, residual)));
}

/** How much of a residual is left `ahead` hours later, 0 to 1, and the spread of what cannot be foreseen. */
function persistenceOf(residuals: Float64Array, ahead: number): { share: number; spread: number } {
  let [products, squares, later, count] = [0, 0, 0, 0];
  for (let at = 0; at + ahead < residuals.length; at++) {
    const [from, to] = [residuals[at] ?? Number.NaN, residuals[at + ahead] ?? Number.NaN];
    if (Number.isNaN(from * to)) continue;
    products += from * to;
    squares += from * from;
    later += to * to;
    count++;
  }
  const share = squares === 0 ? 0 : Math.max(0, Math.min(1, products / squares));
  const unforeseen = later - 2 * share * products + share * share * squares;
  return { share, spread: Math.sqrt(Math.max(0, unforeseen) / Math.max(1, count)) };
}

/**
 * Forecasts the hours after a series of hourly means (oldest first, NaN where there is none; the demand's own unit):
 * the mean of like hours of the last two weeks, and what of the present deviation from it usually is left so much
 * later. `firstHourOfWeek` counts from Monday, local. Undefined with less than three days of history.
 */
export function forecastDemand(
  hours: ArrayLike<number>,
  ahead: number,
  firstHourOfWeek: number,
): HourForecast[] | undefined {
  const values = Array.from(hours).filter((value) => !Number.isNaN(value));
  if (values.length < LEAST_HOURS) return undefined;
  const floor = Math.min(...values) >= 0 ? 0 : -Infinity;
  const residuals = residualsOf(hours, firstHourOfWeek);
  const last = residuals.findLastIndex((residual) => !Number.isNaN(residual));
  const forecasts: HourForecast[] = [];
  for (let step = 1; step <= ahead; step++) {
    const at = hours.length - 1 + step;
    const profile = profileOf(hours, at, hours.length, firstHourOfWeek);
    const { share, spread } = persistenceOf(residuals, at - last);
    const value = Math.max(floor, profile + share * (residuals[last] ?? 0));
    const reach = BAND_SPREADS * spread;
    forecasts.push({ value, low: Math.max(floor, value - reach), high: value + reach });
  }
  return forecasts;
}
