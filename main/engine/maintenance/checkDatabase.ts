import { openReader } from '../store/openDatabase.ts';
import type { Db } from '../store/openDatabase.ts';
import { toStoreError } from '../store/StoreError.ts';

/** The result of a check, in sentences: `findings` lists what is not whole, `told` everything else worth reporting. */
export type CheckReport = { findings: string[]; told: string[] };

/**
 * Checks one database file, opened read-only, beside a running engine or without one. `name` is what the report calls
 * the file, such as "telemetry cache". A file that cannot be read is a finding.
 */
export function checkDatabase(
  file: string,
  name: string,
  checkOpened: (db: Db, file: string) => CheckReport,
): CheckReport {
  try {
    const db = openReader(file);
    try {
      // One transaction sees one state of the file, however much an engine writes meanwhile.
      return db.transaction(() => checkOpened(db, file))();
    } finally {
      db.close();
    }
  } catch (error) {
    return { findings: [`The ${name} ${file} cannot be read: ${toStoreError(error).message}.`], told: [] };
  }
}
