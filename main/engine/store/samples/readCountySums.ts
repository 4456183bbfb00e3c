import type { Quantity } from '../../../../shared/base/quantities.ts';
import { openReader } from '../openDatabase.ts';
import { querySums } from './readSamples.ts';
import { COUNTY_SCOPE } from './rollups.ts';
import { SampleStore } from './SampleStore.ts';
import type { RollupColumns } from '../store.ts';

/** Sums of the whole county by quarter hour, and how many series could take part in each. */
export type CountySums = RollupColumns & { seriesKnown: number };

/**
 * Sums of counters and gauges in [fromMs, toMs) from the file alone, beside a running engine or without one: what is
 * sealed and what waits in the journal.
 */
export function readCountySums(
  file: string,
  quantities: readonly Quantity[],
  fromMs: number,
  toMs: number,
): CountySums[] {
  const db = openReader(file);
  try {
    // One transaction sees one state of the file, however much an engine writes meanwhile.
    return db.transaction(() => {
      const store = new SampleStore(db);
      const count = db
        .prepare<[string], number>(
          "SELECT count(*) FROM series WHERE quantity = ? AND scope <> '' AND scope NOT LIKE 'own:%'",
        )
        .pluck();
      return quantities.map((quantity) => ({
        ...querySums(db, COUNTY_SCOPE, quantity, fromMs, toMs, store.rollups(COUNTY_SCOPE, quantity, fromMs, toMs)),
        seriesKnown: count.get(quantity) ?? 0,
      }));
    })();
  } finally {
    db.close();
  }
}
