import { median } from '../../../shared/base/statistics/robust.ts';
import type { MeterDay } from '../store/ledger/meterDays.ts';

/** The days of a meter, those before the period first. `group`: meters of other groups are not compared. */
export type MeterHistory = { id: string; group: string; days: readonly MeterDay[] };
/** The logarithm of what the meters of a group used on each day: weather, season and weekends, which all have alike. */
type Weather = ReadonlyMap<number, number>;
/** From a day on a meter uses another amount per day; logarithms of the means, without the weather. */
type Step = { id: string; group: string; day: number; from: number; to: number };

const SIDE_DAYS = 4;
const LEAST_STEP = Math.log(1.6);
/** Two levels are the same within two fifths. */
const ALIKE = Math.log(1.4);
const DAYS_APART = 2;

/**
 * The day from which on a meter's use is another one for good: the split of its days whose sides differ most, measured
 * by their spread (a t statistic without its constant). Undefined where the sides are alike.
 */
function stepOf({ id, group, days }: MeterHistory, weather: Weather, fromDay: number): Step | undefined {
  // A day on which half of the group uses nothing, as in an outage, says nothing about the others.
  const used = days.filter(({ day, use }) => use > 0 && weather.has(day));
  const sums = [0];
  for (const { day, use } of used) sums.push((sums.at(-1) ?? 0) + Math.log(use) - (weather.get(day) ?? 0));
  const whole = sums.at(-1) ?? 0;
  let [found, best]: [Step | undefined, number] = [undefined, 0];
  for (let at = SIDE_DAYS; at <= used.length - SIDE_DAYS; at++) {
    const day = used[at]?.day ?? 0;
    if (day < fromDay) continue;
    const left = sums[at] ?? 0;
    const [from, to] = [left / at, (whole - left) / (used.length - at)];
    const strength = Math.abs(to - from) * Math.sqrt((at * (used.length - at)) / used.length);
    if (Math.abs(to - from) < LEAST_STEP || strength <= best) continue;
    best = strength;
    found = { id, group, day, from, to };
  }
  return found;
}

function weatherOf(histories: readonly MeterHistory[]): Weather {
  const days = Map.groupBy(
    histories.flatMap((history) => history.days),
    ({ day }) => day,
  );
  return new Map(
    [...days].flatMap(([day, all]): [number, number][] => {
      const middle = median(all.map(({ use }) => use));
      return middle > 0 ? [[day, Math.log(middle)]] : [];
    }),
  );
}

/** How far two steps are from an exchange of levels; infinite where they are none. */
function distance(a: Step, b: Step): number {
  if (Math.abs(a.day - b.day) > DAYS_APART || a.to > a.from === b.to > b.from) return Number.POSITIVE_INFINITY;
  const [there, back] = [Math.abs(a.to - b.from), Math.abs(b.to - a.from)];
  return Math.max(there, back) > ALIKE ? Number.POSITIVE_INFINITY : there + back;
}

/**
 * Pairs of meters of a group that go on as the other one did from the same day on: their ids were exchanged when they
 * were put in. Of several that fit, the nearest two are a pair.
 */
export function findSwaps(histories: readonly MeterHistory[], fromDay: number): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const members of Map.groupBy(histories, ({ group }) => group).values()) {
    const weather = weatherOf(members);
    const steps = members.flatMap((history) => stepOf(history, weather, fromDay) ?? []);
    const near = steps
      .flatMap((a, at) => steps.slice(at + 1).map((b) => ({ a, b, apart: distance(a, b) })))
      .filter(({ apart }) => Number.isFinite(apart))
      .sort((one, other) => one.apart - other.apart);
    for (const { a, b } of near) {
      if (pairs.has(a.id) || pairs.has(b.id)) continue;
      pairs.set(a.id, b.id);
      pairs.set(b.id, a.id);
    }
  }
  return pairs;
}
