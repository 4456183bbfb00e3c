import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concurrentEdits } from '../../../../shared/record/concurrentEdits.ts';
import { compareEntries, entryId, hasSeen, orderEntries } from '../../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import { entryOf } from '../../../support/logEntries.ts';

const sequences = ['a.1', 'b.1', 'c.1'];
/**
 * Histories of three workstations of which each hears of the others now and then, with clocks that are off by up to
 * `offMs`.
 */
const history = (offMs: number): fc.Arbitrary<LogEntry[]> =>
  fc
    .array(
      fc.record({
        who: fc.nat(2),
        hears: fc.array(fc.nat(2), { maxLength: 2 }),
        offMs: fc.integer({ min: 0, max: offMs }),
      }),
      { maxLength: 25 },
    )
    .map((actions) => {
      const seen = sequences.map(() => new Map<string, number>());
      const clocks = sequences.map(() => 0);
      return actions.map(({ who, hears, offMs: off }, index) => {
        for (const other of hears) {
          for (const [sequence, seq] of seen[other]!)
            seen[who]!.set(sequence, Math.max(seq, seen[who]!.get(sequence) ?? 0));
          if (offMs === 0) clocks[who] = Math.max(clocks[who]!, clocks[other]!);
        }
        const own = sequences[who]!;
        const seq = (seen[who]!.get(own) ?? 0) + 1;
        const atMs = offMs === 0 ? clocks[who]! + 1 : index * 1000 + off;
        clocks[who] = atMs;
        const entry = entryOf(own, seq, atMs, {
          seen: Object.fromEntries([...seen[who]!].filter(([sequence]) => sequence !== own)),
        });
        seen[who]!.set(own, seq);
        return entry;
      });
    });
const shuffled = (entries: LogEntry[]) => fc.shuffledSubarray(entries, { minLength: entries.length });

describe('orderEntries', () => {
  it('is one order whatever the order of arrival and however often an entry came', () => {
    fc.assert(
      fc.property(
        history(100_000).chain((entries) => fc.tuple(fc.constant(entries), shuffled(entries), shuffled(entries))),
        ([entries, one, other]) => {
          expect(orderEntries([...one, ...other]).map(entryId)).toEqual(orderEntries(entries).map(entryId));
        },
      ),
    );
  });

  it('puts nothing before what its author had seen, however wrong the clocks', () => {
    fc.assert(
      fc.property(history(100_000), (entries) => {
        const ordered = orderEntries(entries);
        expect(ordered).toHaveLength(entries.length);
        for (const [place, entry] of ordered.entries())
          expect(ordered.slice(0, place).some((earlier) => hasSeen(earlier, entry))).toBe(false);
      }),
    );
  });

  it('is the order of the stamps where clocks follow what was seen', () => {
    fc.assert(
      fc.property(history(0), (entries) => {
        expect(orderEntries(entries)).toEqual([...entries].sort(compareEntries));
      }),
    );
  });
});

describe('concurrentEdits', () => {
  it('shows both edits of authors who did not know of each other, and one after somebody who saw both has decided', () => {
    const first = entryOf('a.1', 1, 1000);
    const second = entryOf('b.1', 1, 1001);
    expect(concurrentEdits([first, second])).toEqual([first, second]);
    const decided = entryOf('a.1', 2, 1002, { seen: { 'b.1': 1 } });
    expect(concurrentEdits([first, second, decided])).toEqual([decided]);
  });

  it('judges by what was seen: an edit from a clock that is a day ahead does not overrule its own correction', () => {
    const ahead = entryOf('a.1', 1, 86_400_000);
    const correction = entryOf('b.1', 1, 1000, { seen: { 'a.1': 1 } });
    expect(concurrentEdits([ahead, correction])).toEqual([correction]);
    expect(orderEntries([ahead, correction])).toEqual([ahead, correction]);
  });

  it('always leaves one in force, and all that it leaves are unknown to each other', () => {
    fc.assert(
      fc.property(
        history(100_000).filter((entries) => entries.length > 0),
        (entries) => {
          const standing = concurrentEdits(entries);
          expect(standing.length).toBeGreaterThan(0);
          for (const one of standing)
            for (const other of standing) if (one !== other) expect(hasSeen(one, other)).toBe(false);
        },
      ),
    );
  });
});
