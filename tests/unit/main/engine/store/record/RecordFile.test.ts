import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { RecordFile } from '../../../../../../main/engine/store/record/RecordFile.ts';
import { canonicalJson, hashOfEntry, isHashOf } from '../../../../../../main/engine/store/record/recordHash.ts';
import { makeWorkstation } from '../../../../../../main/engine/log/workstation.ts';
import { person } from '../../../../../support/people.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { damages } from '../samples/damage.ts';

const NOW = Date.UTC(2026, 10, 23);
const note = (text: string) => ({
  atMs: NOW,
  author: person('Ann'),
  event: { kind: 'incident.noted' as const, incidentId: 'I-1', text },
});

const workstation = makeWorkstation('Desk', 'ws-a');

function openRecord(folder: string) {
  const record = new RecordFile(join(folder, 'record.db'), workstation);
  return { record, notices: record.open(NOW) };
}

/** A record of 400 entries, large enough to be damaged in parts. */
function filledRecord(): { folder: string; written: ReturnType<RecordFile['newest']> } {
  const folder = temporaryFolder();
  const { record } = openRecord(folder);
  record.append(
    Array.from({ length: 400 }, (_, index) => note(`entry ${index} ${'x'.repeat(200)}`)),
    NOW,
  );
  const written = record.entries(0, 1000).entries;
  record.close();
  return { folder, written };
}

describe('RecordFile', () => {
  it('appends in a chain that holds over restarts', () => {
    const folder = temporaryFolder();
    const first = openRecord(folder);
    const { entries } = first.record.append([note('a'), note('b')], NOW);
    first.record.close();
    const second = openRecord(folder);
    entries.push(...second.record.append([note('c')], NOW).entries);
    expect(second.notices).toEqual([]);
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(second.record.entries(0, 10).entries).toEqual(entries);
    expect(second.record.entries(second.record.entries(0, 1).next, 1).entries).toEqual([entries[1]]);
    expect(second.record.newest(2)).toEqual(entries.slice(1));
    expect(second.record.firstBreak()).toBeUndefined();
  });

  it('cannot be changed or shortened by SQL, and tells at which entry it was altered all the same', () => {
    const folder = temporaryFolder();
    const { record } = openRecord(folder);
    record.append([note('a'), note('b'), note('c')], NOW);
    record.close();
    const db = new Database(join(folder, 'record.db'));
    expect(() => db.exec('DELETE FROM log')).toThrow(/append-only/);
    expect(() => db.exec("UPDATE log SET author = '{}'")).toThrow(/append-only/);
    db.exec('DROP TRIGGER log_stays_as_it_is');
    db.exec("UPDATE log SET author = '{}' WHERE seq = 2");
    db.close();
    const again = openRecord(folder);
    expect(again.record.firstBreak()).toBe('ws-a.1:2');
    expect(again.notices).toMatchObject([{ level: 'error', text: expect.stringContaining('entry ws-a.1:2') }]);
  });

  it.each(Object.entries(damages))(
    '%s is kept as it is; the record goes on in a new file that names it',
    (_, damage) => {
      const { folder, written } = filledRecord();
      damage(join(folder, 'record.db'));
      const broken = readFileSync(join(folder, 'record.db'));
      const { record, notices } = openRecord(folder);
      expect(notices).toMatchObject([{ level: 'error', text: expect.stringContaining('record-2.db') }]);
      const { entries } = record.append([note('after')], NOW);
      const all = record.entries(0, 1000).entries;
      const salvaged = all.slice(0, -2);
      expect(written).toEqual(expect.arrayContaining(salvaged));
      expect(all.at(-2)?.event).toMatchObject({
        kind: 'log.begun',
        reason: expect.stringContaining('record.db is damaged'),
      });
      if (salvaged.length > 0)
        expect(all.at(-2)?.event).toMatchObject({ reason: expect.stringContaining(salvaged.at(-1)?.hash ?? '-') });
      expect(all.at(-1)).toEqual(entries[0]);
      record.close();
      expect(readFileSync(join(folder, 'record.db')).equals(broken)).toBe(true);
      expect(openRecord(folder).record.entries(0, 1000).entries).toEqual(all);
    },
  );

  it('reads from a half destroyed file what can be read', () => {
    const { folder } = filledRecord();
    truncateSync(join(folder, 'record.db'), 60_000);
    expect(openRecord(folder).record.entries(0, 1000).entries.length).toBeGreaterThan(50);
  });

  it('that was emptied, or became a folder, is not taken for a new one', () => {
    const { folder } = filledRecord();
    truncateSync(join(folder, 'record.db'), 0);
    expect(openRecord(folder).notices).toMatchObject([{ level: 'error' }]);
    const other = temporaryFolder();
    mkdirSync(join(other, 'record.db'));
    expect(openRecord(other).notices).toMatchObject([{ level: 'error' }]);
    expect(readdirSync(other)).toContain('record-2.db');
  });
});

describe('canonicalJson', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: 'x' })).toBe(canonicalJson({ a: 'x', b: [{ d: 1 }] }));
    expect(canonicalJson({ b: 1, a: 2 })).toBe('{"a":2,"b":1}');
  });
});

describe('the hash of an entry', () => {
  const entry = (wrapped: Record<string, string>) => ({
    sequence: 'ws-a.1',
    seq: 1,
    atMs: NOW,
    tick: 0,
    author: person('Ann'),
    seen: {},
    event: { kind: 'desk.keyRenewed' as const, keyId: 'k', wrapped },
  });
  const older = (body: object): string =>
    createHash('sha256')
      .update(canonicalJson({ ...body, prevHash: 'p' }))
      .digest('hex');

  it('is the same in both formats for what is usually written, so that earlier versions can check it', () => {
    const usual = entry({ 'ws-b': 'x', 'ws-a': 'y' }) as unknown as Parameters<typeof hashOfEntry>[0];
    expect(hashOfEntry(usual, 'p')).toBe(older(usual));
  });

  it('names RFC 8785 where that orders keys otherwise, and both formats are checked', () => {
    const numbers = entry({ '9': 'x', '10': 'y', a: 'z' }) as unknown as Parameters<typeof hashOfEntry>[0];
    const hash = hashOfEntry(numbers, 'p');
    const text = `{"atMs":${NOW},"author":${canonicalJson(numbers.author)},"event":{"keyId":"k","kind":"desk.keyRenewed","wrapped":{"10":"y","9":"x","a":"z"}},"prevHash":"p","seen":{},"seq":1,"sequence":"ws-a.1","tick":0}`;
    expect(hash).toBe(`2:${createHash('sha256').update(text).digest('hex')}`);
    expect(isHashOf(hash, numbers, 'p')).toBe(true);
    expect(isHashOf(older(numbers), numbers, 'p')).toBe(true);
    expect(isHashOf(hash.slice(2), numbers, 'p')).toBe(false);
    expect(isHashOf(hash, { ...numbers, tick: 1 }, 'p')).toBe(false);
  });

  it('takes text that is not Unicode as it always did, and writes none', () => {
    const broken = entry({ a: '\ud800' }) as unknown as Parameters<typeof hashOfEntry>[0];
    expect(hashOfEntry(broken, 'p')).toBe(older(broken));
    const { record } = openRecord(temporaryFolder());
    const event = { kind: 'system.noted' as const, text: 'a\ud800b' };
    expect(record.append([{ atMs: NOW, author: person('Ann'), event }], NOW).entries[0]?.event).toEqual({
      ...event,
      text: 'a\ufffdb',
    });
    expect(record.firstBreak()).toBeUndefined();
  });
});
