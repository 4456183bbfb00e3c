import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, foldTrust, lastCounted } from '../../../../../main/engine/sync/foldTrust.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { entryOf } from '../../../../support/logEntries.ts';

const administrator = { id: 'root', name: 'Root', role: 'administrator' as const };
const station = (id: string) => ({ id, name: id.toUpperCase(), publicKey: `key of ${id}` });
const deskId = fingerprintOf(station('a').publicKey);
const by = (sequence: string, seq: number, event: RecordEvent, seen: Record<string, number> = {}) =>
  entryOf(sequence, seq, seq * 1000, { author: administrator, event, seen });

const founded = by('a.1', 1, { kind: 'desk.founded', deskId, workstation: station('a') });
const joined = by('a.1', 2, { kind: 'workstation.joined', workstation: station('b') });
const joinedBy = by('b.1', 1, { kind: 'workstation.joined', workstation: station('c') }, { 'a.1': 2 });
const revoked = by(
  'a.1',
  3,
  { kind: 'workstation.revoked', workstationId: 'b', reason: 'lost', upTo: { 'b.1': 1 } },
  { 'b.1': 1 },
);
const late = by('b.1', 2, { kind: 'workstation.joined', workstation: station('d') }, { 'a.1': 2 });

describe('foldTrust', () => {
  it('trusts the founder by its key, and whom members let in', () => {
    expect([...foldTrust(deskId, [], [founded, joined, joinedBy]).keys()]).toEqual(['a', 'b', 'c']);
    const impostor = by('x.1', 1, { kind: 'desk.founded', deskId, workstation: station('x') });
    expect([...foldTrust(deskId, [], [impostor]).keys()]).toEqual([]);
  });

  it('gives an id to one key only, and lets nobody in on the word of somebody who may not', () => {
    const again = by('a.1', 4, { kind: 'workstation.joined', workstation: { ...station('b'), publicKey: 'another' } });
    expect(foldTrust(deskId, [], [founded, joined, again]).get('b')?.publicKey).toBe('key of b');
    const operator = entryOf('a.1', 4, 4000, { event: { kind: 'workstation.joined', workstation: station('e') } });
    expect(foldTrust(deskId, [], [founded, operator]).has('e')).toBe(false);
  });

  it('counts of a revoked workstation what was known of it then, and nothing later', () => {
    const trust = foldTrust(deskId, [], [founded, joined, joinedBy, revoked, late]);
    expect(lastCounted(trust, 'b.1')).toBe(1);
    expect(lastCounted(trust, 'b.2')).toBe(0);
    expect(lastCounted(trust, 'a.1')).toBe(Number.POSITIVE_INFINITY);
    expect(lastCounted(trust, 'stranger.1')).toBe(0);
    expect(trust.has('c')).toBe(true);
    expect(trust.has('d')).toBe(false);
  });

  it('names a workstation as an administrator of the desk did last, and not as anybody else says', () => {
    const renamed = (seq: number, name: string, by_ = administrator): LogEntry =>
      entryOf('a.1', seq, seq * 1000, {
        author: by_,
        event: { kind: 'workstation.renamed', workstationId: 'b', name },
        seen: {},
      });
    const nameOf = (...entries: LogEntry[]) => foldTrust(deskId, [], [founded, joined, ...entries]).get('b')?.name;
    expect(nameOf()).toBe('B');
    expect(nameOf(renamed(4, 'Second desk'), renamed(3, 'Wall'))).toBe('Second desk');
    expect(nameOf(renamed(3, 'Wall', { ...administrator, role: 'operator' as never }))).toBe('B');
  });

  it('comes to the same whatever the order of arrival', () => {
    const named = by('a.1', 5, { kind: 'workstation.renamed', workstationId: 'c', name: 'Third desk' });
    const all = [founded, joined, joinedBy, revoked, late, named];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (entries) => {
        expect(foldTrust(deskId, [], entries)).toEqual(foldTrust(deskId, [], all));
      }),
    );
  });
});
