import { describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ActiveAlarms } from '../../../../../main/engine/alarms/ActiveAlarms.ts';
import { AlarmFile } from '../../../../../main/engine/alarms/AlarmFile.ts';
import { MOST_OF_A_KIND } from '../../../../../main/engine/alarms/KindCounts.ts';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { AlarmRoom, at, burst, late } from './AlarmRoom.ts';

const bus = (index: number): Condition => ({
  ...late,
  onDelayMs: 0,
  subject: { kind: 'vehicle', id: `V${index}` },
  title: `V${index} is late`,
});
const buses = (count: number, from = 0): Condition[] => Array.from({ length: count }, (_, index) => bus(from + index));
const HOUR_S = 3600;

describe('the number of alarms', () => {
  it('is bounded per rule and priority, and one alarm says how many more there are', () => {
    const room = new AlarmRoom();
    room.run(buses(MOST_OF_A_KIND + 200), 0, 0);
    expect(room.book.all()).toHaveLength(MOST_OF_A_KIND + 1);
    expect(room.book.all().find(({ subject }) => subject.kind === 'system')).toMatchObject({
      rule: 'transit.veryLate',
      priority: 4,
      title: '200 more alarms like “V1000 is late”',
    });
    // Another rule has room of its own.
    room.run([...buses(MOST_OF_A_KIND + 200), { ...burst, onDelayMs: 0 }], 1, 1);
    expect(room.book.all().filter(({ rule }) => rule === 'water.burst')).toHaveLength(1);
  });

  it('is never kept by ending what stands, and takes up what waited as soon as there is room', () => {
    const room = new AlarmRoom();
    room.run(buses(MOST_OF_A_KIND), 0, 0);
    const before = new Set(room.book.all().map(({ id }) => id));
    const newer = buses(300, MOST_OF_A_KIND);
    room.run([...newer, ...buses(MOST_OF_A_KIND)], 1, 20);
    expect(room.book.all().filter(({ id }) => before.has(id))).toHaveLength(MOST_OF_A_KIND);
    room.run([...newer, ...buses(MOST_OF_A_KIND - 300)], 21, 200);
    expect(room.book.all().filter(({ title }) => /^V1[0-2]\d\d is late$/.test(title))).toHaveLength(300);
    expect(room.book.all().some(({ subject }) => subject.kind === 'system')).toBe(false);
  });

  it('stays bounded where other subjects come every second', () => {
    const room = new AlarmRoom();
    for (let s = 0; s < 60; s++) room.run(buses(400, s * 400), s, s);
    expect(room.book.all().length).toBeLessThanOrEqual(MOST_OF_A_KIND + 1);
  });
});

describe('an alarm that returned to normal and that nobody acknowledged', () => {
  it('goes to the history after two hours, or after eight where it was urgent', () => {
    const room = new AlarmRoom();
    const slow: Condition = { ...burst, priority: 3, onDelayMs: 0, subject: { kind: 'zone', id: 'D9' } };
    room.run([slow, burst], 0, 10);
    room.run([], 11, 30);
    expect(room.book.all().map(({ state }) => state)).toEqual(['returned', 'returned']);
    room.run([], 2 * HOUR_S - 10, 2 * HOUR_S - 10);
    expect(room.book.all()).toHaveLength(2);
    room.run([], 2 * HOUR_S + 60, 2 * HOUR_S + 60);
    expect(room.only()).toMatchObject({ priority: 2 });
    expect(room.book.takeLapsed()).toMatchObject([{ priority: 3, subject: { id: 'D9' }, state: 'returned' }]);
    room.run([], 8 * HOUR_S + 60, 8 * HOUR_S + 60);
    expect(room.book.all()).toEqual([]);
    expect(room.book.takeLapsed()).toMatchObject([{ priority: 2 }]);
  });

  it('does not go to the history as lapsed when somebody acknowledges it, nor while its condition holds', () => {
    const room = new AlarmRoom();
    room.run([burst], 0, 5);
    room.run([], 6, 30);
    room.acknowledge(31);
    room.run([burst], 100, 105);
    for (let s = 106; s < 10 * HOUR_S; s += 600) room.run([burst], s, s);
    expect(room.only()).toMatchObject({ state: 'active' });
    expect(room.book.takeLapsed()).toEqual([]);
  });
});

describe('a file of alarms without a bound, of an older version', () => {
  it('is read in pieces: every kind to its bound, the oldest first, and a damaged alarm loses only itself', () => {
    const room = new AlarmRoom();
    room.run([bus(0), { ...burst, onDelayMs: 0 }], 0, 0);
    const [one, honest] = room.book.all() as [Alarm, Alarm];
    const text = '“\\" }{ Straße 🚌'.repeat(200);
    const copies = Array.from({ length: 3000 }, (_, index) =>
      JSON.stringify({ ...one, subject: { kind: 'vehicle', id: `V${index}` }, id: `x${index}`, cause: text }),
    );
    const path = join(temporaryFolder(), 'alarms.json');
    writeFileSync(path, `[${copies.join(',')},{"id":7},{"id" "x"},${JSON.stringify(honest)}]`);
    const faults: string[] = [];
    const loaded = new AlarmFile(path, (error) => faults.push(String(error))).load();
    expect(loaded).toHaveLength(MOST_OF_A_KIND + 1);
    expect(loaded[0]).toMatchObject({ subject: { id: 'V0' }, cause: text });
    expect(loaded.at(-1)).toEqual(honest);
    expect(faults.join()).toContain('2000 alarms');
    expect(new ActiveAlarms(loaded, at(1)).all()).toHaveLength(MOST_OF_A_KIND + 1);
  });
});
