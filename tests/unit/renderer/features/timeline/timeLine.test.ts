import { describe, expect, it } from 'vitest';
import { dayWord, doingWords } from '../../../../../renderer/features/timeline/describeReplay.ts';
import { alarmBins, hourTicks } from '../../../../../renderer/features/timeline/timeScale.ts';
import { localTime } from '../../../../../renderer/ui/formatTime.ts';

const HOUR = 3_600_000;
/** 14:00 in Chicago. */
const NOW = Date.UTC(2026, 4, 4, 19);
const chicago = localTime('America/Chicago');
const replay = {
  id: 1,
  atMs: NOW,
  speed: 10,
  state: 'playing',
  isLearning: false,
  isBehind: false,
  isEmpty: false,
} as const;

describe('the time line', () => {
  it('has the whole hours of the county, also where they are not those of UTC', () => {
    expect(hourTicks(NOW - 4 * HOUR, NOW, chicago).map(({ label }) => label)).toEqual([
      undefined,
      undefined,
      '12:00',
      undefined,
      undefined,
    ]);
    expect(hourTicks(NOW, NOW + HOUR, localTime('Asia/Kolkata'))).toEqual([{ atMs: NOW + HOUR / 2, label: undefined }]);
  });

  it('counts alarms by quarters, and does not make a flood of a few', () => {
    expect(alarmBins([NOW - HOUR, NOW + 1, NOW + 2, NOW + 900_000], NOW)).toEqual([
      { atMs: NOW, count: 2, share: 0.4 },
      { atMs: NOW + 900_000, count: 1, share: 0.2 },
    ]);
    expect(
      alarmBins(
        Array.from({ length: 20 }, () => NOW),
        NOW,
      ),
    ).toEqual([{ atMs: NOW, count: 20, share: 1 }]);
  });

  it('names days by the county’s calendar', () => {
    expect(dayWord(NOW - 14 * HOUR, NOW, chicago)).toBe('Today');
    expect(dayWord(NOW - 15 * HOUR, NOW, chicago)).toBe('Yesterday');
    expect(dayWord(NOW - 48 * HOUR, NOW, chicago)).toBe('Sat 2 May');
  });

  it('says what the replay does', () => {
    expect(doingWords(replay)).toBe('replay ×10');
    expect(doingWords({ ...replay, isBehind: true })).toBe('replay, slower than ×10');
    expect(doingWords({ ...replay, speed: 0, state: 'standing' })).toBe('standing still');
    expect(doingWords({ ...replay, speed: 0, state: 'standing', isEmpty: true })).toBe('no data is kept of this time');
    expect(doingWords({ ...replay, state: 'failed', reason: 'The store is closed.' })).toBe(
      'could not be shown: The store is closed.',
    );
  });
});
