import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmRef } from '../../../../shared/alarms/alarm.ts';
import { AlarmActions, isShelvedNow } from '../../../../shared/folds/AlarmActions.ts';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import { logEntrySchema } from '../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import { EntryWriter } from '../../../support/logEntries.ts';
import { person } from '../../../support/people.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;
const alarm: AlarmRef = { rule: 'water.burst', subject: { kind: 'zone', id: 'D03' }, raisedAtMs: T0 };
const about = { alarm, title: 'Burst in D03', place: 'Mill quarter', domain: 'water', priority: 2 } as const;
const shelved = (untilMs: number, mode: 'oneShot' | 'timed' = 'timed'): RecordEvent => ({
  kind: 'alarm.shelved',
  ...about,
  mode,
  untilMs,
  reason: 'Flushing',
});
const [ann, ben] = [person('Ann'), person('Ben')];

const actionsOf = (...entries: LogEntry[]): AlarmActions => {
  const actions = new AlarmActions();
  actions.apply(entries);
  return actions;
};

describe('what people did to alarms', () => {
  it('is shelved until its time, or until somebody unshelves it', () => {
    const log = new EntryWriter();
    const first = log.write(T0 + 1000, ann, shelved(T0 + HOUR));
    const actions = actionsOf(first);
    expect(actions.of(alarm).shelved).toMatchObject({ by: 'Ann', reason: 'Flushing', untilMs: T0 + HOUR });
    expect(isShelvedNow(actions.of(alarm).shelved, undefined, T0 + HOUR - 1)).toBe(true);
    expect(isShelvedNow(actions.of(alarm).shelved, undefined, T0 + HOUR)).toBe(false);
    expect(actions.kept(T0 + 2000)).toEqual([about]);
    expect(actions.kept(T0 + HOUR)).toEqual([]);
    actions.apply([log.write(T0 + 2000, ben, { kind: 'alarm.unshelved', alarm, title: about.title })]);
    expect(actions.of(alarm)).not.toHaveProperty('shelved');
  });

  it('is never shelved for longer than a shift, whatever an entry says', () => {
    expect(actionsOf(new EntryWriter().write(T0, ann, shelved(T0 + 100 * HOUR))).of(alarm).shelved?.untilMs).toBe(
      T0 + 8 * HOUR,
    );
  });

  it('counts a one-shot shelving only for the alarm that it was about', () => {
    const { shelved: held, references } = actionsOf(
      new EntryWriter().write(T0 + 1000, ann, shelved(T0 + HOUR, 'oneShot')),
    ).of(alarm);
    expect(isShelvedNow(held, references, T0 + 2000)).toBe(true);
    expect(isShelvedNow(held, [], T0 + 2000)).toBe(false);
    expect(isShelvedNow(held, undefined, T0 + 2000)).toBe(false);
  });

  it('stays out of service until it is returned, however long', () => {
    const log = new EntryWriter();
    const actions = actionsOf(log.write(T0, ann, { kind: 'alarm.takenOutOfService', ...about, reason: 'Works' }));
    expect(actions.of(alarm).outOfService).toMatchObject({ by: 'Ann', reason: 'Works' });
    expect(actions.kept(T0 + 1000 * HOUR)).toEqual([about]);
    actions.apply([log.write(T0 + HOUR, ann, { kind: 'alarm.returnedToService', alarm, title: about.title })]);
    expect(actions.of(alarm)).not.toHaveProperty('outOfService');
  });

  it('reads the acknowledgements of records of before the shared log', () => {
    const event = logEntrySchema.shape.event.parse({
      kind: 'alarm.acknowledged',
      alarmId: `water.burst:D03:${T0.toString(36)}`,
      title: 'Burst in D03',
    });
    const actions = actionsOf(new EntryWriter().write(T0 + 5000, ann, event));
    expect(actions.of(alarm).references).toEqual([
      { fromMs: T0, toMs: T0 + 5000, acknowledged: { by: 'Ann', atMs: T0 + 5000, priority: 1 } },
    ]);
    expect(actions.of({ ...alarm, subject: { kind: 'zone', id: 'D04' } }).references).toEqual([]);
  });

  it('tells which alarms are concerned, each once', () => {
    const log = new EntryWriter();
    const actions = new AlarmActions();
    const entries = [
      log.write(T0, ann, shelved(T0 + HOUR)),
      log.write(T0 + 1, ann, { kind: 'alarm.acknowledged', alarm, title: '' }),
      log.write(T0 + 2, ann, { kind: 'position.taken', positionId: 'utilities' }),
    ];
    expect(actions.apply(entries)).toEqual([{ rule: alarm.rule, subject: alarm.subject }]);
  });
});

describe('operating positions', () => {
  const take: RecordEvent = { kind: 'position.taken', positionId: 'utilities' };

  it('are held by who took them last, until they are released', () => {
    const log = new EntryWriter('desk-2');
    const actions = actionsOf(log.write(T0, ann, take), log.write(T0 + 1000, ben, take));
    expect(actions.holding('utilities')).toEqual({ person: ben, workstation: 'desk-2', sinceMs: T0 + 1000 });
    actions.apply([log.write(T0 + 2000, ben, { kind: 'position.released', positionId: 'utilities' })]);
    expect(actions.holding('utilities')).toBeUndefined();
  });

  it('say so when two took one without knowing of each other, until one of them says it again', () => {
    const [here, there] = [new EntryWriter('desk-1'), new EntryWriter('desk-2')];
    const [mine, theirs] = [here.write(T0, ann, take), there.write(T0 + 500, ben, take)];
    const actions = actionsOf(theirs, mine);
    expect(actions.holding('utilities')).toMatchObject({ person: ben, contestedBy: 'Ann' });
    there.see(mine);
    actions.apply([there.write(T0 + 9000, ben, take)]);
    expect(actions.holding('utilities')).toMatchObject({ person: ben, sinceMs: T0 + 9000 });
    expect(actions.holding('utilities')).not.toHaveProperty('contestedBy');
  });
});

/** Histories of up to three workstations that hear of each other now and then. */
const step = fc.record({
  station: fc.nat(2),
  person: fc.constantFrom(ann, ben),
  hears: fc.boolean(),
  laterMs: fc.integer({ min: -HOUR, max: HOUR }),
  event: fc.oneof(
    fc.record({
      kind: fc.constant('alarm.acknowledged' as const),
      title: fc.constant(''),
      alarm: fc.constant(alarm),
      priority: fc.constantFrom(1 as const, 2 as const, 3 as const),
    }),
    fc
      .record({
        untilMs: fc.integer({ min: T0, max: T0 + 20 * HOUR }),
        mode: fc.constantFrom('oneShot' as const, 'timed' as const),
      })
      .map(({ untilMs, mode }) => shelved(untilMs, mode)),
    fc.constant<RecordEvent>({ kind: 'alarm.unshelved', alarm, title: '' }),
    fc.constant<RecordEvent>({ kind: 'alarm.takenOutOfService', ...about, reason: 'Works' }),
    fc.constant<RecordEvent>({ kind: 'alarm.returnedToService', alarm, title: '' }),
    fc.constantFrom<RecordEvent>(
      { kind: 'position.taken', positionId: 'utilities' },
      { kind: 'position.released', positionId: 'utilities' },
      { kind: 'session.closed', sessionId: 's', reason: 'signedOut' },
    ),
  ),
});

function play(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): LogEntry[] {
  const stations = [new EntryWriter('ws-a'), new EntryWriter('ws-b'), new EntryWriter('ws-c')];
  const entries: LogEntry[] = [];
  let atMs = T0;
  for (const { station, person, hears, laterMs, event } of steps) {
    if (hears) stations[station]!.see(...entries);
    entries.push(stations[station]!.write((atMs += laterMs), person, event));
  }
  return entries;
}

it('comes to the same from any order of the log, in any portions, with entries that come twice', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 25 }),
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 1, max: 7 }),
      (steps, random, portion) => {
        const entries = play(steps);
        const mixed = [...entries, ...entries.slice(0, 5)]
          .map((entry) => ({ entry, key: random.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const [straight, other] = [actionsOf(...entries), new AlarmActions()];
        for (let at = 0; at < mixed.length; at += portion) other.apply(mixed.slice(at, at + portion));
        expect(other.of(alarm)).toEqual(straight.of(alarm));
        expect(other.kept(T0 + HOUR)).toEqual(straight.kept(T0 + HOUR));
        expect(other.holding('utilities')).toEqual(straight.holding('utilities'));
      },
    ),
    { numRuns: 2000 },
  );
});
