import { readIntegrity } from '../store/damage.ts';
import { isIntact, openRow } from '../store/samples/chunks/chunkTable.ts';
import type { ChunkRow } from '../store/samples/chunks/chunkTable.ts';
import { decodeSummaries } from '../store/samples/chunks/summary.ts';
import { groupOfChunk, startOfChunk } from '../store/samples/chunks/window.ts';
import type { Db } from '../store/openDatabase.ts';
import { countTelemetry, readSeries } from '../store/samples/readTelemetry.ts';
import { toStoreError } from '../store/StoreError.ts';
import { checkDatabase } from './checkDatabase.ts';
import type { CheckReport } from './checkDatabase.ts';

const count = (number: number): string => number.toLocaleString('en');

/** Checks for every sealed chunk whether it matches its checksum, can be opened and holds what its row says. */
function checkChunks(db: Db): { chunks: number; sealed: number; problems: string[] } {
  const problems: string[] = [];
  let [chunks, sealed] = [0, 0];
  for (const row of db
    .prepare<[], ChunkRow & { samples: number }>('SELECT id, checksum, samples, summary, data FROM chunks')
    .iterate()) {
    chunks++;
    sealed += row.samples;
    const problem = isIntact(row) ? contentProblem(row) : 'does not match its checksum';
    if (problem !== undefined)
      problems.push(
        `the chunk of group ${String(groupOfChunk(row.id))} from ${new Date(startOfChunk(row.id)).toISOString()} ${problem}`,
      );
  }
  return { chunks, sealed, problems };
}

function contentProblem(row: ChunkRow & { samples: number }): string | undefined {
  try {
    const chunk = openRow(row);
    const summaries = decodeSummaries(row.summary);
    const counted = summaries.reduce((sum, { count: ofSlot }) => sum + ofSlot, 0);
    if (counted !== row.samples || summaries.some(({ count: ofSlot }, slot) => ofSlot !== chunk.run(slot).atMs.length))
      return 'holds another number of samples than it says';
    return undefined;
  } catch (error) {
    return `cannot be opened: ${toStoreError(error).message}`;
  }
}

function checkOpened(db: Db, file: string): CheckReport {
  const integrity = readIntegrity(db);
  const { chunks, sealed, problems } = integrity.length > 0 ? { chunks: 0, sealed: 0, problems: [] } : checkChunks(db);
  const findings = [...integrity, ...problems].map((problem) => `The telemetry cache ${file} is damaged: ${problem}.`);
  if (findings.length > 0) return { findings, told: [] };
  const { samples, positions, deadLetters } = countTelemetry(db);
  const told = `The telemetry cache ${file} is whole: ${count(readSeries(db).length)} series, ${count(samples)} samples, ${count(sealed)} of them in ${count(chunks)} sealed chunks that match their checksums, ${count(positions)} positions, ${count(deadLetters)} dead letters.`;
  return { findings, told: [told] };
}

/** Checks the whole telemetry cache, opened read-only, beside a running engine or without one. */
export function checkTelemetry(file: string): CheckReport {
  return checkDatabase(file, 'telemetry cache', checkOpened);
}
