import type { LocalDays } from '../../../shared/base/localDays.ts';
import type { Sample } from '../../../shared/impact/evaluation.ts';
import type { Measure } from '../../../shared/impact/measure.ts';
import type { LedgerKey, LedgerPoints, LedgerQuery } from '../store/ledger/ledger.ts';

/** Asks the ledger, in this thread or in another. */
export type AskLedger = (query: LedgerQuery) => LedgerPoints | Promise<LedgerPoints>;

/** Where values are kept that came by file, from before Beacon. */
export const importedKey = (measureId: string, place: string): LedgerKey => ({
  scope: `imported:${place}`,
  measure: measureId,
});

/** Where the ledger keeps a measure of a place; undefined where it keeps none of it. */
export function keyOf({ ledger }: Measure, place: string): LedgerKey | undefined {
  if (ledger === undefined) return undefined;
  return { scope: ledger.scope === 'figure' ? 'figure' : `${ledger.scope}:${place}`, measure: ledger.measure };
}

/** The lowest of the wanted hours of each day of which all are there. */
function lowestOfDays(
  { startMs, mean, present }: LedgerPoints,
  days: LocalDays,
  { fromHour, toHour }: { fromHour: number; toHour: number },
  leastShare: number,
): Sample[] {
  const found = new Map<number, number[]>();
  startMs.forEach((atMs, at) => {
    const day = days.dayOf(atMs);
    const hour = days.hourOf(atMs);
    if (hour < fromHour || hour >= toHour || (present[at] ?? 0) < leastShare) return;
    found.set(day, [...(found.get(day) ?? []), mean[at] ?? Number.NaN]);
  });
  return [...found]
    .filter(([, values]) => values.length === toHour - fromHour)
    .map(([day, values]) => ({ day, value: Math.min(...values) }));
}

/**
 * The values of a measure at a place by local day, from a day to another one (included), of days with enough data; days
 * before Beacon come from what was imported.
 */
export async function readSamples(
  ask: AskLedger,
  days: LocalDays,
  measure: Measure,
  place: string,
  { fromDay, toDay }: { fromDay: number; toDay: number },
): Promise<Sample[]> {
  const span = { fromMs: days.startMs(fromDay), toMs: days.startMs(toDay + 1) };
  const key = keyOf(measure, place);
  const lowest = measure.ledger?.lowestOf;
  const dayMeans = ({ startMs, mean, present }: LedgerPoints): Sample[] =>
    startMs.flatMap((atMs, at) =>
      (present[at] ?? 0) < measure.leastShare ? [] : [{ day: days.dayOf(atMs), value: mean[at] ?? Number.NaN }],
    );
  const own =
    key === undefined
      ? []
      : lowest === undefined
        ? dayMeans(await ask({ ...key, ...span, step: 'day' }))
        : lowestOfDays(await ask({ ...key, ...span, step: 'hour' }), days, lowest, measure.leastShare);
  const known = new Set(own.map(({ day }) => day));
  const imported = dayMeans(await ask({ ...importedKey(measure.id, place), ...span, step: 'day' }))
    .filter(({ day }) => !known.has(day))
    .map((sample): Sample => ({ ...sample, isImported: true }));
  return [...imported, ...own].filter(({ day }) => day >= fromDay && day <= toDay).sort((a, b) => a.day - b.day);
}
