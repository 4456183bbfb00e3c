import { quantities } from '../../shared/quantities.ts';
import { qualityOfCode } from '../../shared/quality.ts';
import type { Domain } from './domain.ts';
import type { Registry } from './ingest/feed.ts';
import type { SeriesRow, TelemetryStore } from './store/store.ts';

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

/**
 * After a restart the domains know nothing of the past: this gives them the store's history, thinned, as late values. It runs beside the
 * live stream and gives way to it between two questions.
 */
export async function learn(store: TelemetryStore, series: readonly SeriesRow[], registry: Registry, domains: readonly Domain[], nowMs: () => number): Promise<void> {
  const untilMs = nowMs();
  for (const { series: rows, days, stepMs } of plans(series, registry)) {
    for (let at = 0; at < rows.length; at += SERIES_AT_ONCE) {
      const part = new Map(rows.slice(at, at + SERIES_AT_ONCE).map((row) => [row.id, row]));
      const past = await store.steps([...part.keys()], untilMs - days * DAY_MS, untilMs, stepMs);
      for (let row = 0; row < past.count; row++) {
        const of = part.get(past.seriesId[row] ?? 0);
        if (of === undefined) continue;
        const value = { kind: 'sample', deviceId: of.deviceId, quantity: of.quantity, value: past.value[row] ?? Number.NaN, atMs: past.atMs[row] ?? 0, quality: qualityOfCode(past.quality[row] ?? 0) } as const;
        for (const domain of domains) domain.apply(value, untilMs);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
