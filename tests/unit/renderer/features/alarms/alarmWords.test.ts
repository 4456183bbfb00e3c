import { expect, test } from 'vitest';
import { hiddenWords, respondWords, stateWords } from '../../../../../renderer/features/alarms/alarmWords.ts';
import { loadFigures, percent } from '../../../../../renderer/features/alarms/loadFigures.ts';
import { loadLevel } from '../../../../../renderer/features/alarms/loadLevel.ts';
import { shelvable, shelveTimes, shelveWarning } from '../../../../../renderer/features/alarms/shelveRules.ts';
import { barGeometry } from '../../../../../renderer/ui/barGeometry.ts';
import { localTime } from '../../../../../renderer/ui/formatTime.ts';
import { SHELVE_LIMIT_MS } from '../../../../../shared/alarms/alarm.ts';
import { fixtureAlarm, fixtureLoads, manyAlarms } from '../../../../support/fixtureAlarms.ts';

const MINUTE_MS = 60_000;

test('the time to respond runs while an alarm is new, and says when it is over', () => {
  const alarm = fixtureAlarm({ id: 'A', priority: 2, raisedAtMs: 0, respondWithinMs: 15 * MINUTE_MS });
  expect(respondWords(alarm, 5 * MINUTE_MS)).toEqual({ text: '10 min left', isOver: false });
  expect(respondWords(alarm, 18 * MINUTE_MS)).toEqual({ text: '3 min over', isOver: true });
  expect(respondWords({ ...alarm, state: 'acknowledged' }, 0)).toBeUndefined();
});

test('what is known of an alarm’s state is told in few words', () => {
  expect(stateWords(fixtureAlarm({ id: 'A' }), false)).toBe('');
  expect(stateWords(fixtureAlarm({ id: 'A' }), true)).toBe('acknowledging …');
  expect(
    stateWords(
      fixtureAlarm({
        id: 'A',
        state: 'acknowledged',
        acknowledgedBy: 'Ann',
        incidentId: 'I1',
        chatter: 'chattering',
        activations: 7,
      }),
      false,
    ),
  ).toBe('seen by Ann · has incident · chattering · × 7 in an hour');
});

test('what is hidden says why, until when and by whom', () => {
  const time = localTime('UTC');
  const shelved = { by: 'Ann', atMs: 0, untilMs: 30 * MINUTE_MS, reason: 'Road works', mode: 'timed' } as const;
  expect(hiddenWords(fixtureAlarm({ id: 'A', state: 'shelved', shelved }), time)).toEqual({
    why: 'Road works',
    until: 'until 00:30',
    by: 'Ann',
  });
  expect(
    hiddenWords(fixtureAlarm({ id: 'A', state: 'shelved', shelved: { ...shelved, mode: 'oneShot' } }), time)?.until,
  ).toBe('until normal, 00:30 at the latest');
  expect(
    hiddenWords(fixtureAlarm({ id: 'A', state: 'suppressed', suppressedBy: 'Follows from “Feeder out”.' }), time)?.why,
  ).toBe('Follows from “Feeder out”.');
  expect(hiddenWords(fixtureAlarm({ id: 'A' }), time)).toBeUndefined();
});

test('only what calls can be shelved, never beyond the limit, and urgent alarms are warned of', () => {
  const [urgent, plain, over] = [
    fixtureAlarm({ id: 'A', priority: 1 }),
    fixtureAlarm({ id: 'B' }),
    fixtureAlarm({ id: 'C', state: 'cleared' }),
  ];
  expect(shelvable([urgent, plain, over, fixtureAlarm({ id: 'D', state: 'shelved' })])).toEqual([urgent, plain]);
  expect(shelveTimes.every(({ forMs }) => forMs <= SHELVE_LIMIT_MS)).toBe(true);
  expect(shelveWarning([plain])).toBeUndefined();
  expect(shelveWarning([urgent])).toMatch(/^This alarm is of priority 1 or 2/);
  expect(shelveWarning([urgent, plain])).toMatch(/^1 of them is of priority 1 or 2/);
});

test('the load is judged by the limits of one operating position', () => {
  expect([0, 1, 2, 3, 10, 11].map(loadLevel)).toEqual(['calm', 'calm', 'busy', 'high', 'high', 'flood']);
});

test('a figure of load stands beside its target, and says when it is above it', () => {
  const [load] = fixtureLoads(manyAlarms(200, 7_200_000), 7_200_000).loads;
  const figures = new Map(
    loadFigures({
      ...load!,
      last10Min: 1,
      lastHour: 7,
      busyWindows: 0.01,
      floodShare: 0.009,
      stale: 5,
      chattering: 1,
    }).map((figure) => [figure.id, figure]),
  );
  expect(figures.get('last10Min')).toMatchObject({ text: '1', target: 'at most 1', isOver: false });
  expect(figures.get('lastHour')).toMatchObject({ text: '7', isOver: true });
  expect(figures.get('busyWindows')).toMatchObject({ text: '1 %', target: 'below 1 %', isOver: true });
  expect(figures.get('floodShare')).toMatchObject({ text: '0.9 %', isOver: false });
  expect(figures.get('stale')).toMatchObject({ isOver: false });
  expect(figures.get('chattering')).toMatchObject({ target: 'none', isOver: true });
  expect([0, 0.004, 0.0579, 0.5].map(percent)).toEqual(['0 %', '0.4 %', '5.8 %', '50 %']);
});

test('bars keep the limit in sight, and leave open what is not known', () => {
  const quiet = barGeometry([undefined, 0, 2], { limit: 10, width: 30, height: 100 });
  expect(quiet.bars).toEqual([{ x: 20, y: 84, width: 8, height: 16, isAbove: false }]);
  expect(quiet.limitY).toBeCloseTo(20);
  const busy = barGeometry([40], { limit: 10, width: 30, height: 100 });
  expect(busy.bars[0]).toMatchObject({ y: 0, height: 100, isAbove: true });
  expect(busy.limitY).toBe(75);
});
