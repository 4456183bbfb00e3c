import { crc32 } from 'node:zlib';
import type { Db } from '../../openDatabase.ts';
import { prepared } from '../../prepared.ts';
import { StoreError } from '../../StoreError.ts';
import { OpenChunk, encodeChunk } from './chunkCodec.ts';
import type { Run } from './run.ts';
import { decodeSummaries, encodeSummaries, summarise } from './summary.ts';
import type { Summary } from './summary.ts';

export type ChunkRow = { id: number; checksum: number; summary: Uint8Array; data: Uint8Array };

const checksumOf = (summary: Uint8Array, data: Uint8Array): number => crc32(data, crc32(summary));

export const isIntact = ({ checksum, summary, data }: ChunkRow): boolean => checksumOf(summary, data) === checksum;

export function writeChunk(db: Db, id: number, endMs: number, runs: readonly Run[]): Summary[] {
  const summaries = runs.map(summarise);
  const [summary, data] = [encodeSummaries(summaries), encodeChunk(runs)];
  const samples = summaries.reduce((sum, { count }) => sum + count, 0);
  db.prepare('REPLACE INTO chunks (id, end_ms, samples, checksum, summary, data) VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    endMs,
    samples,
    checksumOf(summary, data),
    summary,
    data,
  );
  return summaries;
}

export const readRow = (db: Db, id: number): ChunkRow | undefined =>
  prepared<[number], ChunkRow>(db, 'SELECT id, checksum, summary, data FROM chunks WHERE id = ?').get(id);

/**
 * Reads a chunk; undefined where there is none. Throws a StoreError where its bytes are not those that were written.
 */
export function readChunk(db: Db, id: number): OpenChunk | undefined {
  const row = readRow(db, id);
  return row && openRow(row);
}

export function openRow(row: ChunkRow): OpenChunk {
  if (!isIntact(row)) throw new StoreError('damaged', `the sealed chunk ${String(row.id)} does not match its checksum`);
  return new OpenChunk(row.data);
}

export function readSummaries(db: Db, id: number): Summary[] | undefined {
  const data = db.prepare<[number], Uint8Array>('SELECT summary FROM chunks WHERE id = ?').pluck().get(id);
  return data && decodeSummaries(data);
}
