import { describe, expect, it, test } from 'vitest';
import { earcons } from '../../../../../../renderer/features/alarms/sound/earcons.ts';
import { muteEnd, muteMinutes, storedMute } from '../../../../../../renderer/features/alarms/sound/mute.ts';
import { nextSound, repeatAfterMs } from '../../../../../../renderer/features/alarms/sound/nextSound.ts';
import type { Heard } from '../../../../../../renderer/features/alarms/sound/nextSound.ts';
import type { Alarm } from '../../../../../../shared/alarms/alarm.ts';
import { fixtureAlarm } from '../../../../../support/fixtureAlarms.ts';

const silence: Heard = { waiting: new Set(), atMs: {} };
const alarm = (id: string, priority: Alarm['priority'], state: Alarm['state'] = 'active'): Alarm =>
  fixtureAlarm({ id, priority, state });

/** The sounds of looks at these alarms, one a second. */
function listen(looks: readonly Alarm[][], heard: Heard | undefined = silence): (number | undefined)[] {
  return looks.map((alarms, second) => {
    const next = nextSound(alarms, heard, second * 1000);
    heard = next.heard;
    return next.sound;
  });
}

describe('a new alarm', () => {
  it('sounds once, and of several the most urgent', () => {
    expect(
      listen([
        [alarm('A', 3)],
        [alarm('A', 3)],
        [alarm('A', 3), alarm('B', 4), alarm('C', 3)],
        [alarm('A', 3), alarm('B', 4), alarm('C', 3)],
      ]),
    ).toEqual([3, undefined, 3, undefined]);
  });

  it('sounds again when it has come back', () => {
    expect(listen([[alarm('A', 4)], [], [alarm('A', 4)]])).toEqual([4, undefined, 4]);
  });

  it('is silent when somebody has seen it elsewhere, or it is shelved', () => {
    expect(listen([[alarm('A', 1, 'acknowledged'), alarm('B', 1, 'shelved')]])).toEqual([undefined]);
  });
});

describe('an urgent alarm', () => {
  const seconds = (count: number, alarms: Alarm[]): Alarm[][] => Array.from({ length: count }, () => alarms);
  const times = (sounds: readonly (number | undefined)[]): number[] =>
    sounds.flatMap((sound, second) => (sound === undefined ? [] : [second]));

  it('sounds again until it is acknowledged, also when it has returned to normal', () => {
    expect(
      times(
        listen([
          ...seconds(15, [alarm('A', 1)]),
          ...seconds(10, [alarm('A', 1, 'returned')]),
          ...seconds(20, [alarm('A', 1, 'acknowledged')]),
        ]),
      ),
    ).toEqual([0, 10, 20]);
    expect(times(listen(seconds(70, [alarm('A', 2)])))).toEqual([0, 30, 60]);
    expect(repeatAfterMs).toEqual({ 1: 10_000, 2: 30_000 });
  });

  it('is heard at the first look, as it may have waited for long; the others are not', () => {
    expect(nextSound([alarm('A', 2), alarm('B', 3)], undefined, 0).sound).toBe(2);
    expect(nextSound([alarm('B', 3)], undefined, 0).sound).toBeUndefined();
  });

  it('is not silenced by a clock that was set back', () => {
    expect(nextSound([alarm('A', 1)], { waiting: new Set(['A']), atMs: { 1: 50_000 } }, 1000).sound).toBe(1);
  });
});

test('each priority has a sound of its own, and the more urgent is the louder', () => {
  const shapes = Object.values(earcons).map((tones) => tones.map(({ hz, forS }) => `${hz}/${forS}`).join(' '));
  expect(new Set(shapes).size).toBe(4);
  const loudness = ([1, 2, 3, 4] as const).map((priority) => Math.max(...earcons[priority].map(({ gain }) => gain)));
  expect(loudness).toEqual(loudness.toSorted((a, b) => b - a));
  for (const tones of Object.values(earcons)) for (const { atS, forS } of tones) expect(atS + forS).toBeLessThan(1.5);
});

test('a mute ends by itself, and none lasts longer than can be chosen', () => {
  expect(muteEnd(15, 1000)).toBe(901_000);
  expect(storedMute('901000', 1000)).toBe(901_000);
  expect(storedMute('901000', 901_000)).toBeUndefined();
  expect(
    [null, '', 'x', String(1000 + (Math.max(...muteMinutes) + 1) * 60_000)].map((text) => storedMute(text, 1000)),
  ).toEqual([undefined, undefined, undefined, undefined]);
});
