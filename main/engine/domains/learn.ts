import { quantities } from '../../../shared/base/quantities.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import { qualityOfCode } from '../../../shared/base/quality.ts';
import type { Domain } from './kit/Domain.ts';
import type { Registry } from '../registry/Registry.ts';
import type { History, SeriesRow } from '../store/store.ts';

const DAY_MS = 86_400_000;
/** Series of one question, so that neither the store's answer nor the time in the domains holds up the live stream. */
const SERIES_AT_ONCE = 200;

type Plan = { series: SeriesRow[]; days: number; stepMs: number };

/** Zones and detectors teach the usual week; meters only what a day of registers tells. */
function plans(series: readonly SeriesRow[], registry: Registry): Plan[] {
  const isMeter = ({ deviceId }: SeriesRow): boolean => registry.device(deviceId)?.kind === 'meter';
  const isCounter = ({ quantity }: SeriesRow): boolean => quantities[quantity].kind === 'counter';
  return [
    { series: series.filter((row) => !isMeter(row) && !isCounter(row)), days: 7, stepMs: 900_000 },
    { series: series.filter((row) => isMeter(row) && isCounter(row)), days: 1.1, stepMs: 3_600_000 },
  ];
}

/** Called between small pieces of work; what it returns is waited for. */
type Rest = () => Promise<void> | undefined;
const ROWS_A_PIECE = 64;

async function teach(
  store: Pick<History, 'steps'>,
  { series: rows, days, stepMs }: Plan,
  domains: readonly Domain[],
  untilMs: number,
  rest: Rest,
  isOver: () => boolean,
): Promise<void> {
  for (let at = 0; at < rows.length && !isOver(); at += SERIES_AT_ONCE) {
    const part = new Map(rows.slice(at, at + SERIES_AT_ONCE).map((row) => [row.id, row]));
    const past = await store.steps([...part.keys()], untilMs - days * DAY_MS, untilMs, stepMs);
    for (let row = 0; row < past.count && !isOver(); row++) {
      const of = part.get(past.seriesId[row] ?? 0);
      if (of === undefined) continue;
      const value = {
        kind: 'sample',
        deviceId: of.deviceId,
        quantity: of.quantity,
        value: past.value[row] ?? Number.NaN,
        atMs: past.atMs[row] ?? 0,
        quality: qualityOfCode(past.quality[row] ?? 0),
      } as const;
      for (const domain of domains) domain.apply(value, untilMs);
      if (row % ROWS_A_PIECE === 0) await rest();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * After a restart the domains know nothing of the past: this gives them the store's history, thinned, as late values.
 * It runs beside the live stream and gives way to it between two questions.
 */
export async function learn(
  store: Pick<History, 'steps'>,
  series: readonly SeriesRow[],
  registry: Registry,
  domains: readonly Domain[],
  nowMs: () => number,
): Promise<void> {
  const untilMs = nowMs();
  for (const plan of plans(series, registry))
    await teach(
      store,
      plan,
      domains,
      untilMs,
      () => undefined,
      () => false,
    );
}

/** Of these alone the domains keep what is usual. */
const usualQuantities = new Set<Quantity>(['speedMps', 'flowM3h', 'pressureKpa', 'powerKw']);

/** The usual week before `untilMs`, for a county of the past: what it is compared with, and nothing more. */
export async function learnUsual(
  store: Pick<History, 'steps'>,
  series: readonly SeriesRow[],
  registry: Registry,
  domains: readonly Domain[],
  untilMs: number,
  rest: Rest,
  isOver: () => boolean,
): Promise<void> {
  const [usual] = plans(
    series.filter(({ quantity }) => usualQuantities.has(quantity)),
    registry,
  );
  if (usual !== undefined) await teach(store, usual, domains, untilMs, rest, isOver);
}
