import { describe, expect, it } from 'vitest';
import { ActiveAlarms } from '../../../../../main/engine/alarms/ActiveAlarms.ts';
import { AlarmCommands } from '../../../../../main/engine/alarms/AlarmCommands.ts';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import { defaultPositions } from '../../../../../shared/alarms/positions.ts';
import type { HeldPosition } from '../../../../../shared/alarms/positions.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { person } from '../../../../support/people.ts';
import { memoryRecord } from '../../../../support/memoryRecord.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;
const [ann, ben, sue] = [person('Ann', 'operator'), person('Ben', 'operator'), person('Sue', 'supervisor')];
const burst = (zone: string): Condition => ({
  rule: 'water.burst',
  domain: 'water',
  priority: 2,
  subject: { kind: 'zone', id: zone },
  title: `Burst in ${zone}`,
  place: zone,
  cause: '',
  consequence: '',
  action: '',
  evidence: [],
  onDelayMs: 0,
  offDelayMs: 0,
});

async function openRoom(entries: LogEntry[] = []) {
  const room = { nowMs: T0, told: [] as HeldPosition[][], entries, away: new Set<string>() };
  const log = new EventLog(memoryRecord(entries), () => room.nowMs);
  const desk = new AlarmCommands({
    log,
    positions: defaultPositions,
    nowMs: () => room.nowMs,
    isPresent: (id) => !room.away.has(id),
  });
  await log.load();
  const book = new ActiveAlarms([], room.nowMs, { actions: desk.actions });
  desk.attach(book);
  desk.onPositions((positions) => room.told.push(positions));
  const found = (...zones: string[]): string[] => {
    book.update(zones.map(burst), room.nowMs);
    return book.all().map(({ id }) => id);
  };
  const states = (): Record<string, Alarm['state']> =>
    Object.fromEntries(book.all().map(({ subject, state }) => [subject.id, state]));
  return Object.assign(room, { log, desk, book, found, states });
}

describe('the desk of alarms', () => {
  it('writes down what a person did before the alarm changes, and passes over what is gone', async () => {
    const room = await openRoom();
    const ids = room.found('A', 'B');
    await room.desk.acknowledge(ann, { alarmIds: [...ids, 'water.burst:zone:C:1'] });
    expect(room.states()).toEqual({ A: 'acknowledged', B: 'acknowledged' });
    expect(room.entries.map(({ event, author }) => [event.kind, author.name])).toEqual([
      ['alarm.acknowledged', 'Ann'],
      ['alarm.acknowledged', 'Ann'],
    ]);
    // A second time there is nothing to do.
    await room.desk.acknowledge(ben, { alarmIds: ids });
    expect(room.entries).toHaveLength(2);
    await expect(room.desk.acknowledge(ann, { alarmIds: ['water.burst:zone:C:1'] })).rejects.toMatchObject({
      code: 'notFound',
    });
  });

  it('does nothing that cannot be written down', async () => {
    const entries: LogEntry[] = [];
    const record = memoryRecord(entries);
    const log = new EventLog(record, () => T0);
    const desk = new AlarmCommands({ log, positions: defaultPositions, nowMs: () => T0, isPresent: () => true });
    const book = new ActiveAlarms([], T0, { actions: desk.actions });
    desk.attach(book);
    book.update([burst('A')], T0);
    record.failWith(new Error('the disk is full'));
    await expect(
      desk.shelve(ann, { alarmIds: book.all().map(({ id }) => id), mode: 'timed', forMs: HOUR, reason: 'Flushing' }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect(book.all()).toMatchObject([{ state: 'active' }]);
  });

  it('shelves and unshelves, and comes back from the log as it was', async () => {
    const room = await openRoom();
    const ids = room.found('A', 'B', 'C');
    await room.desk.shelve(ann, { alarmIds: ids.slice(0, 2), mode: 'timed', forMs: HOUR, reason: 'Flushing' });
    await room.desk.unshelve(ben, { alarmIds: ids.slice(1) });
    expect(room.states()).toEqual({ A: 'shelved', B: 'active', C: 'active' });
    const again = await openRoom([...room.entries]);
    expect(again.states()).toEqual({ A: 'shelved' });
    again.found('A', 'B', 'C');
    expect(again.states()).toEqual({ A: 'shelved', B: 'active', C: 'active' });
  });

  it('refuses one shot for what is not active, and any shelving of what is out of service', async () => {
    const room = await openRoom();
    const [id = ''] = room.found('A');
    await room.desk.shelve(ann, { alarmIds: [id], mode: 'timed', forMs: HOUR, reason: 'Flushing' });
    room.nowMs += 1000;
    room.found();
    await expect(
      room.desk.shelve(ann, { alarmIds: [id], mode: 'oneShot', forMs: HOUR, reason: 'Flushing' }),
    ).rejects.toMatchObject({ code: 'refused' });
    await room.desk.takeOutOfService(sue, { alarmId: id, reason: 'Works' });
    await expect(
      room.desk.shelve(ann, { alarmIds: [id], mode: 'timed', forMs: HOUR, reason: 'Flushing' }),
    ).rejects.toMatchObject({ code: 'refused' });
    await expect(room.desk.takeOutOfService(sue, { alarmId: id, reason: 'Works' })).rejects.toMatchObject({
      code: 'refused',
    });
    await room.desk.returnToService(sue, { alarmId: id });
    expect(room.states()).toEqual({ A: 'shelved' });
    await expect(room.desk.returnToService(sue, { alarmId: id })).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('operating positions at the desk', () => {
  it('fall to the supervisor when nobody holds them, and are told when that changes', async () => {
    const room = await openRoom();
    expect(room.desk.positions().map(({ id, isFallen }) => [id, isFallen])).toEqual([
      ['streets', true],
      ['utilities', true],
      ['systems', true],
    ]);
    await room.desk.takePosition(ann, 'utilities');
    expect(room.told.at(-1)?.[1]).toEqual({
      ...defaultPositions[1],
      isFallen: false,
      sinceMs: T0,
      holder: { ...ann, workstation: 'ws-test' },
    });
    await expect(room.desk.takePosition(ann, 'moon')).rejects.toMatchObject({ code: 'notFound' });
  });

  it('are released by who holds them, or by a supervisor', async () => {
    const room = await openRoom();
    await room.desk.takePosition(ann, 'utilities');
    await expect(room.desk.releasePosition(ben, 'utilities')).rejects.toMatchObject({
      code: 'refused',
      message: 'Ann holds this position; a supervisor may release it.',
    });
    await room.desk.releasePosition(sue, 'utilities');
    await expect(room.desk.releasePosition(ann, 'utilities')).rejects.toMatchObject({ code: 'refused' });
  });

  it('fall while their holder is away, and for good when he signs out', async () => {
    const room = await openRoom();
    for (const id of ['streets', 'systems']) await room.desk.takePosition(ann, id);
    await room.desk.takePosition(ben, 'utilities');
    const fallen = (): boolean[] => room.desk.positions().map(({ isFallen }) => isFallen);
    room.away.add(ann.id);
    room.desk.reviewPositions();
    expect(room.told.at(-1)?.map(({ isFallen }) => isFallen)).toEqual([true, false, true]);
    room.away.delete(ann.id);
    room.desk.reviewPositions();
    expect(fallen()).toEqual([false, false, false]);
    const times = room.told.length;
    room.desk.reviewPositions();
    expect(room.told).toHaveLength(times);
    await room.log.perform(ann, { kind: 'session.closed', sessionId: 's1', reason: 'locked' });
    expect(fallen()).toEqual([false, false, false]);
    await room.log.perform(ann, { kind: 'session.closed', sessionId: 's2', reason: 'signedOut' });
    expect(fallen()).toEqual([true, false, true]);
    await room.desk.takePosition(ann, 'streets');
    expect(fallen()).toEqual([false, false, true]);
  });
});
