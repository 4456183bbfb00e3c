import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorkstation } from '../../../../../../main/engine/log/workstation.ts';
import { RecordFile } from '../../../../../../main/engine/store/record/RecordFile.ts';
import { hashOfOldEntry } from '../../../../../../main/engine/store/record/recordHash.ts';
import { hasSeen, orderEntries } from '../../../../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../../../../shared/record/logEntry.ts';
import { person } from '../../../../../support/people.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const NOW = Date.UTC(2026, 10, 23);
const stations = ['ws-a', 'ws-b', 'ws-c'].map((id) => makeWorkstation(id, id));
const keys = Object.fromEntries(stations.map(({ id, publicKey }) => [id, publicKey]));
const note = (text: string, atMs = NOW) => ({
  atMs,
  author: person('Ann'),
  event: { kind: 'system.noted' as const, text },
});

function open(place: number, folder = temporaryFolder()): RecordFile {
  const record = new RecordFile(join(folder, 'record.db'), stations[place] as (typeof stations)[number]);
  record.open(NOW);
  onTestFinished(() => record.close());
  return record;
}

const all = (record: RecordFile): LogEntry[] => record.entries(0, 1000).entries;

describe('the logs of several workstations', () => {
  it('become the same log, in whatever order their entries are exchanged', () => {
    const step = fc.oneof(
      fc.record({ write: fc.nat(2), atMs: fc.integer({ min: -90_000, max: 90_000 }) }),
      fc.record({ from: fc.nat(2), to: fc.nat(2), skip: fc.nat(2) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const records = stations.map((_, place) => open(place));
        const exchange = (from: number, to: number, skip = 0) =>
          records[to]?.merge(all(records[from] as RecordFile).slice(skip), keys, NOW);
        for (const each of steps) {
          if ('write' in each) records[each.write]?.append([note('n', NOW + each.atMs)], NOW + each.atMs);
          else exchange(each.from, each.to, each.skip);
        }
        for (let round = 0; round < 2; round++)
          for (const from of [0, 1, 2]) for (const to of [0, 1, 2]) exchange(from, to);
        const [a, b, c] = records.map((record) => orderEntries(all(record)));
        expect(b).toEqual(a);
        expect(c).toEqual(a);
        // What an author had seen comes before what was then written, whatever the clocks say.
        a?.forEach((entry, at) => a.slice(at + 1).forEach((later) => expect(hasSeen(entry, later)).toBe(false)));
        for (const record of records) expect(record.firstBreak()).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('take nothing from a stranger, nothing altered, and tell what is missing in between', () => {
    const [a, b] = [open(0), open(1)];
    const { entries } = b.append([note('one'), note('two'), note('three')], NOW);
    const [one, two, three] = entries as [LogEntry, LogEntry, LogEntry];
    expect(a.merge(entries, {}, NOW)).toMatchObject({
      accepted: [],
      refused: [{ reason: 'stranger' }, { reason: 'stranger' }, { reason: 'stranger' }],
    });
    expect(a.merge([three], keys, NOW)).toMatchObject({
      accepted: [],
      missing: [{ sequence: 'ws-b.1', fromSeq: 1, toSeq: 2 }],
    });
    expect(a.merge([one, { ...two, author: person('Eve') }], keys, NOW)).toMatchObject({
      accepted: [one],
      refused: [{ id: 'ws-b.1:2', reason: 'broken' }],
    });
    expect(a.merge([two, { ...three, signature: one.signature }], keys, NOW)).toMatchObject({
      accepted: [two],
      refused: [{ id: 'ws-b.1:3', reason: 'unsigned' }],
    });
    expect(a.merge([one, two, three, three], keys, NOW)).toEqual({ accepted: [three], refused: [], missing: [] });
    expect(all(a)).toEqual(entries);
  });

  it('refuse an entry in the middle of a run whose signature is wrong, though the last one is signed', () => {
    const [a, b] = [open(0), open(1)];
    const { entries } = b.append([note('one'), note('two'), note('three')], NOW);
    const [one, two, three] = entries as [LogEntry, LogEntry, LogEntry];
    expect(a.merge([one, { ...two, signature: one.signature }, three], keys, NOW)).toEqual({
      accepted: [one],
      refused: [{ id: 'ws-b.1:2', reason: 'unsigned' }],
      missing: [],
    });
    expect(a.merge([two, three], keys, NOW).accepted).toEqual([two, three]);
  });

  it('keep what comes from a clock that is far ahead without following it', () => {
    const [a, b] = [open(0), open(1)];
    const { entries } = b.append([note('from tomorrow', NOW + 86_400_000)], NOW + 86_400_000);
    expect(a.merge(entries, keys, NOW).accepted).toEqual(entries);
    expect(a.append([note('now')], NOW).entries[0]).toMatchObject({ atMs: NOW, seen: { 'ws-b.1': 1 } });
  });

  it('never go back in time with their own clock', () => {
    const folder = temporaryFolder();
    const record = open(0, folder);
    const { entries } = record.append([note('a'), note('b', NOW - 3_600_000)], NOW);
    record.close();
    const [later] = open(0, folder).append([note('c', NOW - 7_200_000)], NOW - 7_200_000).entries as [LogEntry];
    expect([...entries, later].map(({ atMs, clockMs = atMs, tick }) => [clockMs, tick])).toEqual([
      [NOW, 0],
      [NOW, 1],
      [NOW, 2],
    ]);
  });

  it('say when something was done by the clock of the workstation, and order it after what was seen all the same', () => {
    const record = open(0);
    record.append([note('before the clock of the county is known')], NOW);
    const countyMs = NOW - 180 * 86_400_000;
    const { entries } = record.append([note('a', countyMs), note('b', countyMs + 1)], countyMs);
    expect(entries).toMatchObject([
      { atMs: countyMs, clockMs: NOW },
      { atMs: countyMs + 1, clockMs: NOW },
    ]);
    expect(orderEntries(all(record).toReversed()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('begin a new epoch that follows from everything before', () => {
    const record = open(0);
    record.append([note('a')], NOW);
    const begun = record.beginEpoch('Restored from a backup.', NOW);
    expect(begun).toMatchObject({
      sequence: 'ws-a.2',
      seq: 1,
      event: { kind: 'log.begun', follows: [{ sequence: 'ws-a.1', seq: 1 }] },
    });
    expect(record.append([note('b')], NOW).entries[0]).toMatchObject({ sequence: 'ws-a.2', seq: 2 });
    expect(record.firstBreak()).toBeUndefined();
  });
});

it('a record from before there were sequences becomes the beginning of the own one', () => {
  const folder = temporaryFolder();
  const db = new Database(join(folder, 'record.db'));
  db.exec(readFileSync('main/engine/store/migrations/record/0001_record.sql', 'utf8'));
  db.pragma('user_version = 1');
  const event = { kind: 'incident.noted', incidentId: 'I-1', text: 'Old' };
  db.prepare('INSERT INTO entries (seq, at, actor, event, hash) VALUES (1, ?, ?, ?, ?)').run(
    NOW - 1000,
    'Operator 1',
    JSON.stringify(event),
    hashOfOldEntry({ seq: 1, atMs: NOW - 1000, actor: 'Operator 1', event }, '0'.repeat(64)),
  );
  db.close();
  const record = open(0, folder);
  expect(all(record)).toMatchObject([
    { seq: 1, atMs: NOW - 1000, author: { name: 'Operator 1' }, event },
    { seq: 2, event: { kind: 'system.noted' } },
  ]);
  record.close();
  expect(all(open(0, folder))).toHaveLength(2);
});
