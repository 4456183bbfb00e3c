import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import { alarmSchema } from '../../../../../shared/alarms/alarm.ts';
import { AlarmRoom, at, burst, late } from './AlarmRoom.ts';

const ofD04: Condition = { ...burst, subject: { kind: 'zone', id: 'D04' } };

describe('the alarm book', () => {
  it('waits for the on delay, and keeps one identity while the condition lasts', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 1);
    expect(room.book.all()).toEqual([]);
    room.run([burst], 2, 2);
    const { id } = room.only();
    room.run([{ ...burst, evidence: [{ label: 'Inflow', text: '95 m³/h' }] }], 3, 9);
    expect(room.only()).toMatchObject({
      id,
      state: 'active',
      evidence: [{ text: '95 m³/h' }],
      position: 'utilities',
      respondWithinMs: 900_000,
      causeGroup: 'zone:D03',
    });
    expect(alarmSchema.parse(room.only())).toEqual(room.only());
  });

  it('forgets a condition that passes before its delay', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 1);
    room.run([], 2, 20);
    room.run([burst], 21, 22);
    expect(room.book.all()).toEqual([]);
  });

  it('keeps an alarm that returned before anybody saw it, until it is acknowledged', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.run([], 6, 30);
    const alarm = room.only();
    expect(alarm).toMatchObject({ state: 'returned', returnedAtMs: at(10) });
    room.acknowledge(31);
    expect(room.book.all()).toEqual([]);
    expect(room.book.takeChanges()?.removed).toEqual([alarm.id]);
  });

  it('lets an alarm that does not latch go with its condition', () => {
    const room = new AlarmRoom();
    room.run([late], 0, 5);
    expect(room.only()).toMatchObject({ state: 'active', isLatching: false });
    room.run([], 6, 12);
    expect(room.book.all()).toEqual([]);
  });

  it('clears an acknowledged alarm by itself, after the off delay', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.acknowledge(5);
    room.run([], 6, 8);
    expect(room.only()).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ann', acknowledgedAtMs: at(5) });
    room.run([], 9, 11);
    expect(room.book.all()).toEqual([]);
  });

  it('asks again when an alarm becomes more urgent than it was when it was acknowledged, and only then', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.acknowledge(5);
    room.run([{ ...burst, priority: 3 }], 6, 7);
    expect(room.only()).toMatchObject({ state: 'acknowledged', priority: 3 });
    // A priority that sits at its limit and swings is no news.
    room.run([burst], 8, 9);
    expect(room.only()).toMatchObject({ state: 'acknowledged', priority: 2 });
    room.run([{ ...burst, priority: 1 }], 10, 11);
    expect(room.only()).toMatchObject({ state: 'active', priority: 1 });
    // It stays so until somebody has seen it.
    room.run([burst], 12, 13);
    expect(room.only()).toMatchObject({ state: 'active', priority: 2 });
  });

  it('makes a returned alarm active again under the same name', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    const { id } = room.only();
    room.run([], 6, 20);
    room.run([burst], 21, 21);
    const again = room.only();
    expect(again).toMatchObject({ id, state: 'active', activations: 2 });
    expect(again).not.toHaveProperty('returnedAtMs');
  });

  it('tells apart the same rule on two subjects', () => {
    const room = new AlarmRoom();
    room.run([burst, ofD04], 0, 5);
    expect(new Set(room.book.all().map(({ id }) => id)).size).toBe(2);
  });

  it('tells each change once', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    expect(room.book.takeChanges()?.changed).toHaveLength(1);
    room.run([burst], 6, 8);
    expect(room.book.takeChanges()).toBeUndefined();
  });

  it('does not hold an alarm for hours when the clock steps back', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.acknowledge(5);
    room.run([], -3600, -3590);
    expect(room.book.all()).toEqual([]);
  });

  it('calls once for each time that an alarm becomes active, and never for maintenance', () => {
    const room = new AlarmRoom();
    room.run([burst, { ...burst, domain: 'maintenance', subject: { kind: 'zone', id: 'M' }, priority: 4 }], 0, 5);
    room.run([], 6, 20);
    room.run([burst], 21, 30);
    expect(room.book.takeRaised()).toMatchObject([
      { atMs: at(2), priority: 2, position: 'utilities', rule: 'water.burst' },
      { atMs: at(21) },
    ]);
    expect(room.book.takeRaised()).toEqual([]);
  });
});

describe('the dead-band', () => {
  const within: Condition = { ...burst, isInDeadband: true, title: 'not to be shown' };

  it('keeps an alarm that stands as it is, and raises none', () => {
    const room = new AlarmRoom();
    room.run([within], 0, 10);
    expect(room.book.all()).toEqual([]);
    room.run([burst], 11, 15);
    room.run([within], 16, 60);
    expect(room.only()).toMatchObject({ state: 'active', title: 'Burst in D03' });
    room.run([], 61, 66);
    expect(room.only().state).toBe('returned');
    room.run([within], 67, 90);
    expect(room.only().state).toBe('returned');
  });

  it('makes one alarm of a value that swings about its limit', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (swings) => {
        const room = new AlarmRoom();
        room.run([burst], 0, 2);
        for (const [index, isBack] of swings.entries()) room.run([isBack ? within : burst], 3 + index, 3 + index);
        expect(room.only().state).toBe('active');
        expect(room.book.takeRaised()).toHaveLength(1);
      }),
    );
  });
});

describe('chatter', () => {
  it('is three activations within a minute; fleeting is what nobody could have answered', () => {
    const room = new AlarmRoom();
    const restless = { ...burst, onDelayMs: 0, offDelayMs: 0 };
    room.run([restless], 0, 4);
    expect(room.only()).not.toHaveProperty('chatter');
    room.run([], 5, 9);
    expect(room.only()).toMatchObject({ state: 'returned', chatter: 'fleeting' });
    room.run([restless], 10, 14);
    room.run([], 15, 19);
    room.run([restless], 20, 24);
    expect(room.only()).toMatchObject({ chatter: 'chattering', activations: 3 });
    // It is called so for an hour, while it stands.
    room.run([restless], 25, 3500);
    expect(room.only().chatter).toBe('chattering');
    room.run([restless], 3501, 3760);
    expect(room.only()).not.toHaveProperty('chatter');
    expect(room.only()).not.toHaveProperty('activations');
  });

  it('is seen of an alarm that is acknowledged and ends each time', () => {
    const room = new AlarmRoom();
    for (let s = 0; s < 30; s += 10) {
      room.run([{ ...late, onDelayMs: 0, offDelayMs: 0 }], s, s + 4);
      if (s < 20) room.run([], s + 5, s + 9);
    }
    expect(room.only()).toMatchObject({ chatter: 'chattering', activations: 3 });
  });
});

describe('a restart', () => {
  it('goes on with the alarms of the last run and their acknowledgements', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    before.acknowledge(5);
    // The log tells it, or where that is from before alarms were in it, the saved alarms do.
    for (const log of [before.written, []]) {
      const after = new AlarmRoom('ws-a', before.book.all(), 60, log);
      after.run([burst], 61, 70);
      expect(after.only()).toMatchObject({ id: before.only().id, state: 'acknowledged', acknowledgedBy: 'Ann' });
      expect(after.book.takeRaised()).toEqual([]);
    }
  });

  it('lets alarms go whose rule this version no longer has', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    const saved = before.book.all().map((alarm) => ({ ...alarm, rule: 'water.old' }));
    expect(new AlarmRoom('ws-a', saved, 60).book.all()).toEqual([]);
  });

  it('takes an acknowledgement that was written after the alarms were saved', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    const saved = before.book.all();
    before.acknowledge(5);
    expect(new AlarmRoom('ws-a', saved, 60, before.written).only().state).toBe('acknowledged');
  });

  it('gives up an alarm that is not found again within five minutes', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    before.acknowledge(5);
    const after = new AlarmRoom('ws-a', before.book.all(), 60, before.written);
    after.run([], 61, 359);
    expect(after.book.all()).toHaveLength(1);
    after.run([], 360, 361);
    expect(after.book.all()).toEqual([]);
  });
});

describe('several workstations', () => {
  it('take each other’s acknowledgements for their own alarm, some seconds apart, and then name it alike', () => {
    const [here, there] = [new AlarmRoom('ws-a'), new AlarmRoom('ws-b')];
    here.run([burst], 0, 10);
    there.run([burst], 3, 10);
    const idThere = there.only().id;
    here.acknowledge(11);
    there.take(here.written, 11);
    expect(there.only()).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'Ann',
      id: here.only().id,
      raisedAtMs: at(2),
    });
    expect(there.book.takeChanges()?.removed).toContain(idThere);
    // Screens and incidents that still use the other name mean this one.
    expect(there.book.get(idThere)?.id).toBe(here.only().id);
    expect(here.book.get(idThere)?.id).toBe(here.only().id);
  });

  it('know of an acknowledgement before they find the alarm themselves', () => {
    const [here, there] = [new AlarmRoom('ws-a'), new AlarmRoom('ws-b')];
    here.run([burst], 0, 3);
    here.acknowledge(4);
    there.take(here.written, 5);
    expect(there.book.all()).toEqual([]);
    there.run([burst], 6, 10);
    expect(there.only()).toMatchObject({ state: 'acknowledged', id: here.only().id });
  });

  it('do not take what was said of the last alarm for the next', () => {
    const [here, there] = [new AlarmRoom('ws-a'), new AlarmRoom('ws-b')];
    for (const room of [here, there]) room.run([burst], 0, 10);
    here.acknowledge(11);
    there.take(here.written, 11);
    for (const room of [here, there]) room.run([], 12, 30);
    for (const room of [here, there]) room.run([burst], 31, 40);
    expect(here.only().state).toBe('active');
    expect(there.only().state).toBe('active');
  });

  it('show what another shelved or took out of service, though they never found it', () => {
    const [here, there] = [new AlarmRoom('ws-a'), new AlarmRoom('ws-b')];
    here.run([burst], 0, 10);
    here.takeOutOfService(11);
    there.take(here.written, 12);
    expect(there.only()).toMatchObject({
      state: 'outOfService',
      title: 'Burst in D03',
      place: 'Mill quarter',
      domain: 'water',
      priority: 2,
    });
    expect(there.book.takeRaised()).toEqual([]);
  });

  it('link an alarm to the incident that another opened from it, before or after it is found here', () => {
    const [here, there] = [new AlarmRoom('ws-a'), new AlarmRoom('ws-b')];
    here.run([burst], 0, 10);
    there.book.assign(new Map([[here.only().id, 'I-1']]), () => false, at(1));
    there.run([burst], 4, 10);
    expect(there.only().incidentId).toBe('I-1');
    here.book.assign(new Map([[there.only().id, 'I-1']]), () => false, at(11));
    expect(here.only().incidentId).toBe('I-1');
  });

  it('let go of what no longer belongs to the incident, whether it is found here or awaited', () => {
    const [here, there] = [new AlarmRoom('ws-a'), new AlarmRoom('ws-b')];
    here.run([burst], 0, 10);
    const { id } = here.only();
    const ofFirst = new Map([[id, 'I-1']]);
    for (const { book } of [here, there]) book.assign(ofFirst, () => false, at(11));
    here.book.assign(new Map(), (incidentId) => incidentId === 'I-2', at(12));
    here.book.assign(ofFirst, (incidentId) => incidentId === 'I-1', at(12));
    expect(here.only().incidentId).toBe('I-1');
    for (const { book } of [here, there]) book.assign(new Map(), (incidentId) => incidentId === 'I-1', at(13));
    there.run([burst], 4, 14);
    expect([here.only().incidentId, there.only().incidentId]).toEqual([undefined, undefined]);
  });
});

it('among ten thousand alarms changes only the one that is acknowledged', () => {
  const room = new AlarmRoom();
  room.book.update(
    Array.from({ length: 10_000 }, (_, index): Condition => ({
      ...burst,
      subject: { kind: 'meter', id: `M${index}` },
      onDelayMs: 0,
    })),
    at(0),
  );
  room.book.takeChanges();
  const last = room.book.all().at(-1);
  room.acknowledge(1, last);
  expect(room.book.takeChanges()).toEqual({
    changed: [expect.objectContaining({ id: last?.id, state: 'acknowledged' })],
    removed: [],
  });
});
