import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import type { SequenceHead } from '../../../../shared/people/sequenceHead.ts';
import { foldShifts } from '../../../../shared/folds/foldShifts.ts';
import { shiftState } from '../../../../shared/shifts/shift.ts';
import { entriesOf } from '../../../support/logEntries.ts';
import { person } from '../../../support/people.ts';

const HASH = 'a'.repeat(64);
const ann = entriesOf([
  { kind: 'shift.opened', shiftId: '2026-06-01/1', fromMs: 0 },
  { kind: 'shift.commented', shiftId: '2026-06-01/1', text: 'Quiet.' },
  { kind: 'shift.closed', shiftId: '2026-06-01/1', toMs: 2000 },
  {
    kind: 'shift.signed',
    shiftId: '2026-06-01/1',
    reportHash: HASH,
    heads: [{ sequence: 'ws-a.1', seq: 3, hash: HASH }],
  },
]);
const entry = (event: RecordEvent, rest: Partial<LogEntry>): LogEntry => ({
  ...entriesOf([event])[0]!,
  sequence: 'ws-b.1',
  author: person('Bob'),
  ...rest,
});
const takenOver = entry(
  { kind: 'shift.takenOver', shiftId: '2026-06-01/1', nextShiftId: '2026-06-01/2' },
  { atMs: 9000, seen: { 'ws-a.1': 4 } },
);

describe('foldShifts', () => {
  it('tells who opened, closed, signed and took over, and begins the next shift where this one ended', () => {
    const [first, second] = foldShifts([...ann, takenOver]);
    expect(first).toMatchObject({
      id: '2026-06-01/1',
      opened: { by: person('Ann'), fromMs: 0 },
      closed: { toMs: 2000 },
      signed: { reportHash: HASH },
      takenOver: { by: person('Bob') },
      conflicts: [],
    });
    expect(first?.comments).toMatchObject([{ text: 'Quiet.', isLate: false }]);
    expect(second).toMatchObject({ id: '2026-06-01/2', opened: { by: person('Bob'), fromMs: 2000, atMs: 9000 } });
    expect([first!, second!].map(shiftState)).toEqual(['takenOver', 'open']);
  });

  it('marks a comment that the signature does not cover', () => {
    const late = entry(
      { kind: 'shift.commented', shiftId: '2026-06-01/1', text: 'One more thing.' },
      { atMs: 1500, seen: {} },
    );
    expect(foldShifts([...ann, late])[0]?.comments).toMatchObject([
      { text: 'Quiet.', isLate: false },
      { text: 'One more thing.', isLate: true },
    ]);
  });

  it('keeps two takeovers that did not know of each other as a conflict, until one is given that knew of both', () => {
    const rival = entry(
      { kind: 'shift.takenOver', shiftId: '2026-06-01/1', nextShiftId: '2026-06-01/2' },
      { sequence: 'ws-c.1', author: person('Cy'), atMs: 9500, seen: { 'ws-a.1': 4 } },
    );
    const both = foldShifts([...ann, takenOver, rival]);
    expect(both[0]).toMatchObject({
      takenOver: { by: person('Cy') },
      conflicts: [{ field: 'takenOver', rivals: [{ by: person('Bob') }] }],
    });
    expect(both[1]?.conflicts).toMatchObject([{ field: 'opened' }]);
    const decided = entry(
      { kind: 'shift.takenOver', shiftId: '2026-06-01/1', nextShiftId: '2026-06-01/2' },
      { seq: 2, atMs: 9900, seen: { 'ws-a.1': 4, 'ws-c.1': 1 } },
    );
    expect(foldShifts([...ann, takenOver, rival, decided]).flatMap(({ conflicts }) => conflicts)).toEqual([]);
  });

  it('gives the same whatever the order in which entries come and however often', () => {
    const ids = ['A', 'B'];
    const event = fc.oneof(
      fc.record({ kind: fc.constant('shift.opened' as const), shiftId: fc.constantFrom(...ids), fromMs: fc.nat(99) }),
      fc.record({ kind: fc.constant('shift.closed' as const), shiftId: fc.constantFrom(...ids), toMs: fc.nat(99) }),
      fc.record({ kind: fc.constant('shift.commented' as const), shiftId: fc.constantFrom(...ids), text: fc.string() }),
      fc.record({
        kind: fc.constant('shift.signed' as const),
        shiftId: fc.constantFrom(...ids),
        reportHash: fc.constant(HASH),
        heads: fc.constant<SequenceHead[]>([]),
      }),
      fc.record({
        kind: fc.constant('shift.takenOver' as const),
        shiftId: fc.constantFrom(...ids),
        nextShiftId: fc.constantFrom(...ids, 'C'),
      }),
    );
    const history = fc
      .array(fc.tuple(event, fc.constantFrom('ws-a.1', 'ws-b.1', 'ws-c.1'), fc.nat(20), fc.nat(3)), { maxLength: 14 })
      .map((actions) => {
        const written = new Map<string, number>();
        return actions.map(([what, sequence, atMs, behind], index): LogEntry => {
          const seen = Object.fromEntries(
            [...written]
              .filter(([other]) => other !== sequence)
              .map(([other, seq]) => [other, Math.max(0, seq - behind)]),
          );
          written.set(sequence, (written.get(sequence) ?? 0) + 1);
          return entry(what, { sequence, seq: written.get(sequence)!, atMs: atMs + index, seen });
        });
      });
    const shuffled = history.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries, ...entries], { minLength: 2 * entries.length })),
    );
    fc.assert(
      fc.property(shuffled, ([entries, mixed]) => {
        expect(foldShifts(mixed)).toEqual(foldShifts(entries));
      }),
      { numRuns: 1000 },
    );
  });
});
