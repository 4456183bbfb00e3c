import type { LocalDays } from '../../../../shared/base/localDays.ts';
import type { County } from '../../../../shared/county/county.ts';
import { nightFlow } from '../../../../shared/impact/measures/nightFlow.ts';
import { delayRate } from '../../../../shared/traffic/delayRate.ts';
import { ownScope } from '../../store/samples/rollups.ts';
import { routeScope } from '../../store/samples/routeSeries.ts';
import type { LedgerKey, LedgerPoints } from '../../store/ledger/ledger.ts';
import type { AskLedger } from '../readSamples.ts';
import type { WeeklyLoss } from './rankStakes.ts';

type Source = Pick<WeeklyLoss, 'kind' | 'place' | 'name'> & {
  keys: readonly LedgerKey[];
  /** Whether an hour of the local day counts. */
  isHour: (hour: number) => boolean;
  /** How many of a week's hours that count are enough. */
  leastHours: number;
  /** The loss of an hour from the means of its keys, or from the sums where there is one key with many vehicles. */
  lossOf: (means: readonly number[], sums: readonly number[]) => number;
  /** The lowest hour of each day counts in place of the mean. */
  isLowest?: true;
};

const WEEK_DAYS = 7;
const WEEKS = 52;
const LEAST_SHARE = 0.75;
const HALF_A_WEEK_H = 84;
/** Where legitimate night use is unknown, 10 to 30 % of the night flow are usual. */
const LEAKAGE_OF_NIGHT_FLOW = 0.8;
const always = (): boolean => true;

/** The links, water zones and routes of a county with what the ledger keeps of them. */
function sourcesOf({ links, zones, detectors, timetable }: County): Source[] {
  const measured = new Set(detectors.map(({ linkId }) => linkId));
  const delay = links
    .filter(({ id }) => measured.has(id))
    .map(({ id, name, lengthM, freeFlowMps }): Source => ({
      ...{ kind: 'delay', place: id, name, isHour: always, leastHours: HALF_A_WEEK_H },
      keys: [
        { scope: `link:${id}`, measure: 'flowVph' },
        { scope: `link:${id}`, measure: 'speedMps' },
      ],
      lossOf: ([flowVph = 0, speedMps = 0]) => delayRate(flowVph, lengthM, speedMps, freeFlowMps),
    }));
  const night = nightFlow.ledger?.lowestOf;
  const leakage = zones
    .filter(({ kind }) => kind === 'dma')
    .map(({ id, name }): Source => ({
      ...{ kind: 'leakage', place: id, name, isLowest: true, leastHours: WEEK_DAYS },
      keys: [{ scope: ownScope(id), measure: 'flowM3h' }],
      isHour: (hour) => night !== undefined && hour >= night.fromHour && hour < night.toHour,
      lossOf: ([flowM3h = 0]) => Math.max(0, flowM3h) * LEAKAGE_OF_NIGHT_FLOW,
    }));
  const routes = [...(timetable?.routes.values() ?? [])].map(({ id, shortName, longName }): Source => ({
    ...{ kind: 'lateRoute', place: id, name: `${shortName} ${longName}`.trim(), isHour: always },
    leastHours: WEEK_DAYS * 8,
    keys: [{ scope: routeScope(id), measure: 'delayS' }],
    lossOf: (_, [vehicleSeconds = 0]) => Math.max(0, vehicleSeconds) / 3600,
  }));
  return [...delay, ...leakage, ...routes];
}

/** The hours that all keys have, by their beginning. */
function hoursOf(points: readonly LedgerPoints[]): Map<number, { means: number[]; sums: number[] }> {
  const hours = new Map<number, { means: number[]; sums: number[] }>();
  points.forEach(({ startMs, mean, sum, present }, key) => {
    startMs.forEach((atMs, at) => {
      const held = hours.get(atMs) ?? { means: [], sums: [] };
      if ((present[at] ?? 0) < LEAST_SHARE || held.means.length !== key) return;
      held.means.push(mean[at] ?? 0);
      held.sums.push(sum[at] ?? 0);
      hours.set(atMs, held);
    });
  });
  return hours;
}

type LocalPlace = { day: number; hour: number; week: number };

/** Where an hour lies. Looking a time up in a zone is slow, and all sources have the same hours. */
function rememberedPlaces(days: LocalDays, firstDay: number): (atMs: number) => LocalPlace {
  const places = new Map<number, LocalPlace>();
  return (atMs) => {
    let place = places.get(atMs);
    if (place === undefined) {
      const day = days.dayOf(atMs);
      place = { day, hour: days.hourOf(atMs), week: Math.floor((day - firstDay) / WEEK_DAYS) };
      places.set(atMs, place);
    }
    return place;
  };
}

function weeksOf(
  source: Source,
  points: readonly LedgerPoints[],
  placeOf: (atMs: number) => LocalPlace,
): WeeklyLoss['weeks'] {
  const weeks = new Map<number, Map<number, number[]>>();
  for (const [atMs, { means, sums }] of hoursOf(points)) {
    const { day, hour, week } = placeOf(atMs);
    if (means.length < source.keys.length || !source.isHour(hour) || week < 0 || week >= WEEKS) continue;
    const held = weeks.get(week) ?? new Map<number, number[]>();
    held.set(day, [...(held.get(day) ?? []), source.lossOf(means, sums)]);
    weeks.set(week, held);
  }
  return [...weeks].flatMap(([week, byDay]) => {
    const hours = [...byDay.values()].reduce((sum, { length }) => sum + length, 0);
    const values =
      source.isLowest === true ? [...byDay.values()].map((all) => Math.min(...all)) : [...byDay.values()].flat();
    return hours < source.leastHours
      ? []
      : [{ week, value: values.reduce((sum, value) => sum + value, 0) / values.length }];
  });
}

/**
 * What the county's links, water zones and routes lost in the 52 weeks up to a day, from the hourly values of the
 * ledger. Places that the ledger knows nothing of have no weeks.
 */
export async function readLosses(
  county: County,
  ask: AskLedger,
  days: LocalDays,
  toDay: number,
): Promise<WeeklyLoss[]> {
  const firstDay = toDay - WEEKS * WEEK_DAYS + 1;
  const span = { fromMs: days.startMs(firstDay), toMs: days.startMs(toDay + 1), step: 'hour' } as const;
  const placeOf = rememberedPlaces(days, firstDay);
  const losses: WeeklyLoss[] = [];
  // One place after the other, so that other questions to the ledger have their turn.
  for (const source of sourcesOf(county)) {
    const points: LedgerPoints[] = [];
    for (const key of source.keys) points.push(await ask({ ...key, ...span }));
    const { kind, place, name } = source;
    losses.push({ kind, place, name, weeks: weeksOf(source, points, placeOf) });
  }
  return losses;
}
