import { beaconPerson } from '../../../../shared/people/person.ts';
import type { Person } from '../../../../shared/people/person.ts';
import { recordEventSchema } from '../../../../shared/record/recordEvent.ts';
import type { NewEntry } from './RecordFile.ts';
import type { Db } from '../openDatabase.ts';
import { GENESIS_HASH, hashOfOldEntry } from './recordHash.ts';

type OldRow = { seq: number; at: number; actor: string; event: string; hash: string };

/**
 * Makes a person of an actor, of whom the old record knew only the name. Beacon's name means Beacon; everything else
 * was done at the only desk of that time.
 */
const personOf = (actor: string): Person =>
  actor === beaconPerson.name
    ? beaconPerson
    : { id: actor.toLowerCase().replaceAll(/\W+/g, '-'), name: actor, role: 'operator' };

/**
 * The record as it was before it had sequences: entries in order, as far as their chain holds, and the hash that they
 * end with.
 */
export function readOldRecord(db: Db): { entries: NewEntry[]; hash: string } {
  const entries: NewEntry[] = [];
  let hash = GENESIS_HASH;
  for (const row of db.prepare<[], OldRow>('SELECT seq, at, actor, event, hash FROM entries ORDER BY seq').iterate()) {
    const event: unknown = JSON.parse(row.event);
    if (row.hash !== hashOfOldEntry({ seq: row.seq, atMs: row.at, actor: row.actor, event }, hash)) break;
    hash = row.hash;
    entries.push({ atMs: row.at, author: personOf(row.actor), event: recordEventSchema.parse(event) });
  }
  return { entries, hash };
}
