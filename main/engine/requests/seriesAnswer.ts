import type { CountyMs } from '../../../shared/base/clock.ts';
import type { RequestInput, RequestOutput } from '../../../shared/contract/contract.ts';
import type { County } from '../../../shared/county/county.ts';
import { qualityCode } from '../../../shared/base/quality.ts';
import { quantities } from '../../../shared/base/quantities.ts';
import { ledgerKey } from '../ledger/ledgerKey.ts';
import type { Kept } from '../ledger/ledgerKey.ts';
import type { Registry } from '../registry/Registry.ts';
import type { Ledger, LedgerPoints } from '../store/ledger/ledger.ts';
import { routeScope } from '../store/samples/routeSeries.ts';
import { thinSeries } from '../store/samples/thinSeries.ts';
import type { History, SeriesPoints } from '../store/store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Over a longer span an hour is less than a pixel, and reading all samples takes long. */
const LONGEST_OF_SAMPLES_MS = 8 * DAY_MS;

export type SeriesSources = {
  county: County;
  registry: Registry;
  store: Pick<History, 'query' | 'rollups' | 'track'>;
  ledger: Pick<Ledger, 'query' | 'fault'>;
  /** How long samples are kept. */
  retentionMs: number;
  nowMs: () => CountyMs;
};

type Query = RequestInput<'series.query'>;
type Answer = RequestOutput<'series.query'>;

/**
 * Answers with the history of a series at the resolution that its span allows: samples, or, where they are gone or the
 * span is long, the ledger's hours or days, as far as these are kept.
 */
export async function answerSeries(sources: SeriesSources, query: Query): Promise<Answer> {
  const { deviceId, quantity } = query;
  const kept = findKept(sources, query);
  if (kept !== undefined) {
    const step = query.toMs - query.fromMs > query.maxPoints * HOUR_MS ? 'day' : 'hour';
    const points = await sources.ledger
      .query({ ...kept, fromMs: query.fromMs, toMs: query.toMs, step })
      .catch(() => undefined);
    if (points !== undefined && points.startMs.length > 0)
      return { deviceId, quantity, resolution: step, of: kept.of, ...pointsOf(points) };
  }
  if (quantity === 'delayS') return { deviceId, quantity, of: 'itself', ...(await delays(sources, query)) };
  return { deviceId, quantity, resolution: 'samples', of: 'itself', ...(await sources.store.query(query)) };
}

function findKept({ registry, ledger, retentionMs, nowMs }: SeriesSources, query: Query): Kept | undefined {
  const { deviceId, quantity, fromMs, toMs, asRate } = query;
  const isNear = toMs - fromMs <= LONGEST_OF_SAMPLES_MS && fromMs >= nowMs() - retentionMs;
  // Only samples keep the readings of a register.
  const isReading = quantities[quantity].kind === 'counter' && !asRate;
  return isNear || isReading || ledger.fault() !== undefined ? undefined : ledgerKey(registry, deviceId, quantity);
}

/** Places each value in the middle of its time, and draws nothing across times without values. */
function pointsOf({ startMs, endMs, mean, low, high, quality }: LedgerPoints): SeriesPoints {
  const points = { atMs: [] as number[], value: [] as (number | null)[], quality: [] as number[] };
  const [min, max]: [(number | null)[], (number | null)[]] = [[], []];
  const add = (
    atMs: number,
    value: number | null,
    lowest: number | null,
    highest: number | null,
    code: number,
  ): void => {
    points.atMs.push(atMs);
    points.value.push(value);
    min.push(lowest);
    max.push(highest);
    points.quality.push(code);
  };
  startMs.forEach((start, at) => {
    const [before, end] = [endMs[at - 1] ?? start, endMs[at] ?? start];
    if (start > before) add((start + before) / 2, null, null, null, qualityCode.missing);
    add((start + end) / 2, mean[at] ?? null, low[at] ?? null, high[at] ?? null, quality[at] ?? qualityCode.missing);
  });
  return { ...points, min, max };
}

/**
 * Answers with delays. A vehicle's delay is kept with its positions; a route's delay is the mean of all vehicles that
 * ran on it in a quarter of an hour.
 */
async function delays(
  { store, county }: SeriesSources,
  { deviceId, fromMs, toMs, maxPoints }: Query,
): Promise<SeriesPoints & Pick<Answer, 'resolution'>> {
  const isRoute = county.timetable?.routes.has(deviceId) === true;
  const known = isRoute
    ? await routeDelays(store, deviceId, fromMs, toMs)
    : (await store.track(deviceId, fromMs, toMs)).flatMap(({ atMs, delayS }) =>
        delayS === null ? [] : [{ atMs, value: delayS }],
      );
  const run = {
    atMs: Float64Array.from(known, ({ atMs }) => atMs),
    value: Float64Array.from(known, ({ value }) => value),
    quality: new Uint8Array(known.length).fill(qualityCode.good),
  };
  return { resolution: isRoute ? 'quarterHour' : 'samples', ...thinSeries(run, fromMs, toMs, maxPoints) };
}

async function routeDelays(
  store: SeriesSources['store'],
  routeId: string,
  fromMs: number,
  toMs: number,
): Promise<{ atMs: number; value: number }[]> {
  const { atMs, sum, series } = await store.rollups({ scope: routeScope(routeId), quantity: 'delayS', fromMs, toMs });
  return Array.from(atMs, (at, row) => ({ atMs: at, value: (sum[row] ?? 0) / (series[row] ?? 1) }));
}
