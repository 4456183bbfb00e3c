import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import { AlarmRoom, at, burst, late } from './AlarmRoom.ts';

describe('shelving', () => {
  it('hides until its time, with what the alarm would be, and then asks again', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.shelve(6, 'timed', 60);
    expect(room.only()).toMatchObject({
      state: 'shelved',
      wasState: 'active',
      shelved: { by: 'Ann', atMs: at(6), untilMs: at(66), reason: 'Known', mode: 'timed' },
    });
    room.book.takeRaised();
    room.run([burst], 7, 65);
    expect(room.only().state).toBe('shelved');
    room.run([burst], 66, 66);
    expect(room.only()).toMatchObject({ state: 'active' });
    expect(room.only()).not.toHaveProperty('shelved');
    expect(room.only()).not.toHaveProperty('wasState');
    expect(room.book.takeRaised()).toMatchObject([{ atMs: at(66) }]);
  });

  it('for a time holds over what comes and goes meanwhile, and shows what is shelved without being active', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.shelve(6, 'timed', 100);
    room.run([], 7, 20);
    expect(room.only()).toMatchObject({ state: 'shelved' });
    expect(room.only()).not.toHaveProperty('wasState');
    room.run([burst], 21, 30);
    expect(room.only()).toMatchObject({ state: 'shelved', wasState: 'active' });
    room.run([], 31, 106);
    expect(room.book.all()).toEqual([]);
    expect(room.book.takeRaised()).toHaveLength(1);
  });

  it('one shot ends when the alarm goes back to normal', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.shelve(6, 'oneShot', 3600);
    room.run([burst], 7, 9);
    expect(room.only().state).toBe('shelved');
    room.run([], 10, 16);
    expect(room.book.all()).toEqual([]);
    room.run([burst], 17, 20);
    expect(room.only().state).toBe('active');
  });

  it('ends when somebody says so, and an acknowledgement meanwhile counts', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.shelve(6, 'timed', 3600);
    room.acknowledge(7);
    expect(room.only()).toMatchObject({ state: 'shelved', wasState: 'acknowledged' });
    room.unshelve(8);
    expect(room.only().state).toBe('acknowledged');
  });

  it('survives a restart, with and without the saved alarms', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    before.shelve(6, 'timed', 100);
    for (const saved of [before.book.all(), []]) {
      const after = new AlarmRoom('ws-a', saved, 20, before.written);
      expect(after.only()).toMatchObject({
        state: 'shelved',
        title: 'Burst in D03',
        priority: 2,
        position: 'utilities',
        shelved: { untilMs: at(106) },
      });
      after.run([burst], 21, 105);
      expect(after.only()).toMatchObject({ state: 'shelved', wasState: 'active' });
      expect(after.book.takeRaised()).toEqual([]);
      after.run([burst], 106, 106);
      expect(after.only().state).toBe('active');
    }
  });

  it('that ended while the engine was down has ended', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    before.shelve(6, 'timed', 10);
    const after = new AlarmRoom('ws-a', before.book.all(), 60, before.written);
    expect(after.only().state).toBe('active');
  });
});

describe('out of service', () => {
  it('hides without an end, before and after a restart, until it is returned', () => {
    const before = new AlarmRoom();
    before.run([burst], 0, 5);
    before.takeOutOfService(6);
    expect(before.only()).toMatchObject({
      state: 'outOfService',
      wasState: 'active',
      outOfService: { by: 'Ann', reason: 'Works' },
    });
    before.run([], 7, 20);
    expect(before.only()).not.toHaveProperty('wasState');
    const after = new AlarmRoom('ws-a', before.book.all(), 30, before.written);
    after.run([burst], 31, 40);
    expect(after.only()).toMatchObject({ state: 'outOfService', wasState: 'active' });
    after.returnToService(41);
    expect(after.only().state).toBe('active');
    after.run([], 42, 60);
    after.acknowledge(61);
    expect(after.book.all()).toEqual([]);
  });
});

describe('suppression by design', () => {
  const outage: Condition = {
    ...burst,
    rule: 'electricity.outage',
    domain: 'electricity',
    subject: { kind: 'feeder', id: 'F3' },
    title: 'Feeder F3 out',
    onDelayMs: 0,
  };
  const voltage: Condition = { ...outage, rule: 'electricity.voltage', priority: 3, title: 'Voltage of F3 too low' };
  const states = (room: AlarmRoom): Record<string, string> =>
    Object.fromEntries(room.book.all().map(({ rule, state }) => [rule, state]));

  it('hides what another active alarm tells already, and says why', () => {
    const room = new AlarmRoom();
    room.run([outage, voltage], 0, 5);
    expect(states(room)).toEqual({ 'electricity.outage': 'active', 'electricity.voltage': 'suppressed' });
    expect(room.book.all().find(({ rule }) => rule === 'electricity.voltage')).toMatchObject({
      suppressedBy: 'Follows from “Feeder F3 out”.',
      wasState: 'active',
      causeGroup: 'feeder:F3',
    });
    expect(room.book.takeRaised().map(({ rule }) => rule)).toEqual(['electricity.outage']);
    // On another feeder it has nothing to do with it.
    room.run([outage, { ...voltage, subject: { kind: 'feeder', id: 'F4' } }], 6, 12);
    expect(states(room)['electricity.voltage']).toBe('active');
  });

  it('ends with its cause, and does not bring up what is about to end too', () => {
    const room = new AlarmRoom();
    room.run([outage, voltage], 0, 5);
    room.run([voltage], 6, 11);
    expect(states(room)['electricity.voltage']).toBe('active');
    const other = new AlarmRoom();
    other.run([outage, { ...voltage, offDelayMs: 60_000 }], 0, 5);
    other.book.takeRaised();
    other.run([], 6, 80);
    expect(states(other)).toEqual({ 'electricity.outage': 'returned' });
    expect(other.book.takeRaised()).toEqual([]);
  });

  it('never hides by what is less urgent, nor by what is out of service', () => {
    const room = new AlarmRoom();
    room.run(
      [
        { ...outage, priority: 3 },
        { ...voltage, priority: 2 },
      ],
      0,
      5,
    );
    expect(states(room)['electricity.voltage']).toBe('active');
    const other = new AlarmRoom();
    other.run([outage], 0, 5);
    other.takeOutOfService(6);
    other.run([outage, voltage], 7, 12);
    expect(states(other)).toEqual({ 'electricity.outage': 'outOfService', 'electricity.voltage': 'active' });
    // A shelved outage is one all the same.
    const shelved = new AlarmRoom();
    shelved.run([outage], 0, 5);
    shelved.shelve(6, 'timed', 600);
    shelved.run([outage, voltage], 7, 12);
    expect(states(shelved)).toEqual({ 'electricity.outage': 'shelved', 'electricity.voltage': 'suppressed' });
  });

  it('hides the late vehicles of a late route, and none by another', () => {
    const vehicle = (id: string): Condition => ({ ...late, subject: { kind: 'vehicle', id }, causeGroup: 'route:R1' });
    const room = new AlarmRoom();
    room.run([vehicle('1'), vehicle('2')], 0, 5);
    expect(room.book.all().map(({ state }) => state)).toEqual(['active', 'active']);
    room.run([vehicle('1'), vehicle('2'), { ...late, priority: 3, subject: { kind: 'route', id: 'R1' } }], 6, 10);
    expect(
      room.book
        .all()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['active', 'suppressed', 'suppressed']);
  });
});
