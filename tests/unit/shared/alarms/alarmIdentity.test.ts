import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmId, APART_MS, parseAlarmId, sameAlarm } from '../../../../shared/alarms/alarmIdentity.ts';
import type { Span } from '../../../../shared/alarms/alarmIdentity.ts';
import { subjectSchema } from '../../../../shared/alarms/alarm.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const MINUTE = 60_000;
const span = (from: number, to: number): Span => ({ fromMs: from, toMs: to });

describe('the id of an alarm', () => {
  it('gives back what it names, whatever the id of the subject', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom(...subjectSchema.shape.kind.options),
        fc.integer({ min: 0, max: 8e15 }),
        (id, kind, raisedAtMs) => {
          const ref = { rule: 'water.burst', subject: { kind, id }, raisedAtMs };
          expect(parseAlarmId(alarmId(ref))).toEqual(ref);
        },
      ),
    );
  });

  it('is told from other words', () => {
    for (const text of ['', 'x', 'a:b', 'rule:planet:X:abc', '::::']) expect(parseAlarmId(text)).toBeUndefined();
  });
});

describe('what is the same alarm', () => {
  it('is named by the earliest time that any workstation knows', () => {
    expect(sameAlarm([span(10, Infinity)], [span(7, 12)]).onsetMs).toBe(7);
    expect(sameAlarm([span(10, Infinity)], [span(12, 15)]).onsetMs).toBe(10);
  });

  it('does not take what was over for what is there now', () => {
    const own = [span(10, 20), span(500_000, Infinity)];
    expect(sameAlarm(own, [span(8, 19)])).toEqual({ onsetMs: 500_000, learnt: [] });
  });

  it('was one alarm all the time where another workstation had it as one', () => {
    const own = [span(10, 20), span(25, Infinity)];
    expect(sameAlarm(own, [span(9, 40), span(11, 12)])).toEqual({ onsetMs: 9, learnt: [span(9, 40), span(11, 12)] });
  });

  it('may have been heard of some seconds before it is found here', () => {
    expect(sameAlarm([span(T0 + 5000, Infinity)], [span(T0, T0 + 2000)])).toEqual({
      onsetMs: T0,
      learnt: [span(T0, T0 + 2000)],
    });
    expect(sameAlarm([span(T0 + APART_MS + 3000, Infinity)], [span(T0, T0 + 2000)]).learnt).toEqual([]);
    // One that has ended here is what was spoken of, however near the next one is.
    expect(sameAlarm([span(T0, T0 + 2000), span(T0 + 5000, Infinity)], [span(T0, T0 + 1500)]).learnt).toEqual([]);
  });

  it('does not depend on the order in which things become known', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 }))
        .map(([from, length]) => span(from * 1000, (from + length) * 1000)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(spans, fc.infiniteStream(fc.nat()), fc.integer({ min: 0, max: 300 }), (learnt, random, from) => {
        const own = [span(from * 1000, Infinity)];
        const shuffled = learnt
          .map((each) => ({ each, key: random.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const [first, second] = [sameAlarm(own, learnt), sameAlarm(own, [...shuffled, ...shuffled])];
        expect(second.onsetMs).toBe(first.onsetMs);
        expect(new Set(second.learnt)).toEqual(new Set(first.learnt));
      }),
    );
  });

  it('has the same name on all workstations once they have heard of each other', () => {
    // Occurrences minutes apart, each found by three workstations within seconds; each says something about it at any
    // time while it stands there.
    const occurrence = fc.record({
      starts: fc.tuple(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 5000 }),
      ),
      says: fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      lengthMs: fc.integer({ min: 10_000, max: 2 * MINUTE }),
    });
    fc.assert(
      fc.property(fc.array(occurrence, { minLength: 1, maxLength: 6 }), (occurrences) => {
        const found = [0, 1, 2].map((station) =>
          occurrences.map(({ starts, lengthMs }, at) =>
            span(T0 + at * 5 * MINUTE + starts[station]!, T0 + at * 5 * MINUTE + starts[station]! + lengthMs),
          ),
        );
        const said = occurrences.flatMap(({ says }, at) =>
          [0, 1, 2].map((station) => {
            const { fromMs, toMs } = found[station]![at]!;
            return span(fromMs, Math.round(fromMs + says[station]! * (toMs - fromMs)));
          }),
        );
        const names = found.map((own) => own.map((_, at) => sameAlarm(own.slice(0, at + 1), said).onsetMs));
        expect(names[1]).toEqual(names[0]);
        expect(names[2]).toEqual(names[0]);
        // And never one name for two.
        expect(new Set(names[0]).size).toBe(occurrences.length);
      }),
    );
  });
});
