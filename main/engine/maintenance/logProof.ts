import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { workstationSchema } from '../../../shared/record/deskEvents.ts';
import { entryId, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { CheckReport } from './checkDatabase.ts';
import { DataFolderError } from '../store/DataFolderError.ts';
import { LogChain } from '../store/record/LogChain.ts';
import { readLog } from '../store/record/logTable.ts';
import { openReader } from '../store/openDatabase.ts';
import { recordFiles, salvage } from '../store/record/RecordFile.ts';
import { isSignedBy } from '../store/record/recordHash.ts';

const FORMAT = 'beacon-log 1';

const keyHolder = z.object({ id: z.string(), publicKey: z.string() });

/** All entries of the record in the order of their arrival, for reading only. */
export function* entriesIn(dataDir: string): Generator<LogEntry> {
  const files = recordFiles(join(dataDir, 'record.db'));
  for (const file of files.slice(0, -1)) yield* salvage(file);
  const newest = files.at(-1);
  if (newest === undefined) return;
  const db = openReader(newest);
  try {
    yield* readLog(db);
  } finally {
    db.close();
  }
}

/** The keys in a JSON file of the data folder; undefined where the file is missing or not readable. */
function keysInFile<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Public keys (PEM) by workstation: this workstation's own, those received on joining the desk, and those of
 * workstations that the log admitted. The first key found for an id counts.
 */
function keysOf(dataDir: string): Record<string, string> {
  const own = keysInFile(join(dataDir, 'workstation.json'), keyHolder);
  const known = keysInFile(join(dataDir, 'desk.json'), z.object({ known: z.array(workstationSchema) }))?.known ?? [];
  const keys = new Map(
    [...known, ...(own === undefined ? [] : [own])].toReversed().map(({ id, publicKey }) => [id, publicKey]),
  );
  for (const { event } of entriesIn(dataDir)) {
    if (event.kind !== 'desk.founded' && event.kind !== 'workstation.joined') continue;
    const { id, publicKey } = event.workstation;
    if (!keys.has(id)) keys.set(id, publicKey);
  }
  return Object.fromEntries(keys);
}

function keyObject(pem: string | undefined): KeyObject | undefined {
  try {
    return pem === undefined ? undefined : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** Entries without their signature beyond this number are counted and no longer named. */
const MOST_NAMED = 20;

const plural = (count: number): string => (count === 1 ? '' : 's');

/**
 * Checks every signature of the record: each entry that does not have the one of its workstation is a finding. Reports
 * the workstations whose signatures cannot be checked because their keys are not known here.
 */
export function checkSignatures(dataDir: string): CheckReport {
  const keys = keysOf(dataDir);
  const objects = new Map(Object.entries(keys).map(([id, pem]) => [id, keyObject(pem)]));
  const unknown = new Set<string>();
  const unsigned: string[] = [];
  let count = 0;
  for (const entry of entriesIn(dataDir)) {
    const key = objects.get(workstationOf(entry.sequence));
    if (key === undefined) unknown.add(workstationOf(entry.sequence));
    else if (isSignedBy(entry, key)) count++;
    else unsigned.push(entryId(entry));
  }
  const unnamed = unsigned.length - MOST_NAMED;
  return {
    findings: [
      ...unsigned
        .slice(0, MOST_NAMED)
        .map((id) => `The entry ${id} of the operators' record is not signed by its workstation.`),
      ...(unnamed > 0 ? [`${unnamed} more entries are not signed by their workstations.`] : []),
    ],
    told: [
      ...(count > 0 ? [`${count} signatures of ${objects.size} workstation${plural(objects.size)} hold.`] : []),
      ...[...unknown].map((id) => `The signatures of ${id} cannot be checked: its key is not known here.`),
    ],
  };
}

/**
 * Writes the whole log with its proof into a new file, as lines of JSON: first `{ format, keys, heads }`, then one
 * entry per line. Each can be checked without Beacon: `hash` is SHA-256 (hexadecimal) of the JSON of `{ atMs, author,
 * clockMs, event, prevHash, seen, seq, sequence, tick }` with sorted keys and no spaces, `prevHash` that of the entry
 * before in its sequence (64 zeros before the first); absent parts are left out. A hash that begins with `2:` is over
 * the JSON of RFC 8785; without it, keys that look like numbers come first and by their value. `signature` (base64) is
 * Ed25519 over the 32 bytes of the hash with the key of the workstation, which is the sequence's name before the last
 * dot. Returns how many entries it wrote; throws a DataFolderError where the file exists already or there is no record.
 */
export function exportLog(dataDir: string, file: string): number {
  if (recordFiles(join(dataDir, 'record.db')).length === 0)
    throw new DataFolderError(`There is no operators' record in ${dataDir}. Choose the data folder with --data DIR.`);
  if (existsSync(file)) throw new DataFolderError(`${file} is there already. Choose another name.`);
  const chain = new LogChain();
  for (const entry of entriesIn(dataDir)) chain.follow(entry, Number.POSITIVE_INFINITY);
  const heads = chain.heads();
  const handle = openSync(file, 'wx');
  let count = 0;
  try {
    writeSync(handle, `${JSON.stringify({ format: FORMAT, keys: keysOf(dataDir), heads })}\n`);
    for (const entry of entriesIn(dataDir)) {
      // Entries that came while the export was being written are left to the next export.
      if (entry.seq > (heads[entry.sequence]?.seq ?? 0)) continue;
      writeSync(handle, `${JSON.stringify(entry)}\n`);
      count++;
    }
  } finally {
    closeSync(handle);
  }
  return count;
}
