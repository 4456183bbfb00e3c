import { readIntegrity } from './damage.ts';
import { openReader } from './openDatabase.ts';
import { countTelemetry, readSeries } from './readTelemetry.ts';
import { toStoreError } from './StoreError.ts';

/** What a check has to say: `findings` is what is not whole, `told` what there is, each in a sentence. */
export type CheckReport = { findings: string[]; told: string[] };

const count = (number: number): string => number.toLocaleString('en');

/** Reads all of the telemetry cache, for reading only, beside a running engine or without one. */
export function checkTelemetry(file: string): CheckReport {
  try {
    const db = openReader(file);
    try {
      const findings = readIntegrity(db).map((problem) => `The telemetry cache ${file} is damaged: ${problem}.`);
      if (findings.length > 0) return { findings, told: [] };
      const { samples, positions, deadLetters } = countTelemetry(db);
      return { findings, told: [`The telemetry cache ${file} is whole: ${count(readSeries(db).length)} series, ${count(samples)} samples, ${count(positions)} positions, ${count(deadLetters)} dead letters.`] };
    } finally {
      db.close();
    }
  } catch (error) {
    return { findings: [`The telemetry cache ${file} cannot be read: ${toStoreError(error).message}.`], told: [] };
  }
}
