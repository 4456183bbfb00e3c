import { expect, it } from 'vitest';
import { mergeStream } from '../../../../renderer/client/mergeStream.ts';
import type { Alarm } from '../../../../shared/alarms/alarm.ts';

const alarm = (id: string, title = id): Alarm => ({ id, title }) as Alarm;
const message = (
  isFull: boolean,
  changed: Alarm[],
  removed: string[] = [],
): { isFull: boolean; changed: Alarm[]; removed: string[] } => ({ isFull, changed, removed });

it('adds, changes and removes by id', () => {
  const first = mergeStream('alarms', undefined, message(true, [alarm('a'), alarm('b')]));
  const second = mergeStream('alarms', first, message(false, [alarm('b', 'new'), alarm('c')], ['a']));
  expect([...second.values()].map(({ id, title }) => `${id} ${title}`)).toEqual(['b new', 'c c']);
  expect(first.size).toBe(2);
});

it('forgets what a full message does not name', () => {
  const first = mergeStream('alarms', undefined, message(true, [alarm('a'), alarm('b')]));
  expect([...mergeStream('alarms', first, message(true, [alarm('b')])).keys()]).toEqual(['b']);
});

it('keeps rosters by the row of their frames', () => {
  const rows = [{ index: 7, id: 'v', label: '7', mode: 'bus' }];
  expect(mergeStream('vehicles', undefined, { isFull: true, rows }).get(7)?.id).toBe('v');
});
