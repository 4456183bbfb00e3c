import { describe, expect, it } from 'vitest';
import { RegisterTrack } from '../../../../../../main/engine/domains/utilities/reads/RegisterTrack.ts';
import type { RegisterFacts } from '../../../../../../main/engine/domains/utilities/reads/registerFacts.ts';
import type { Quality } from '../../../../../../shared/base/quality.ts';
import { DAY_MS, HOUR_MS } from '../../../../../../shared/base/durations.ts';

const START_MS = Date.UTC(2026, 5, 1);
const facts: RegisterFacts = {
  mostPerHour: 100,
  modulus: undefined,
  resolution: undefined,
  unit: 1,
  mayFall: true,
  installedAtMs: undefined,
  removedAtMs: undefined,
};
const water: RegisterFacts = { ...facts, mostPerHour: 12, mayFall: false };

type Told = [hour: number, value: number, quality?: Quality];

/** What is held of the reads at the end: the newest verdict on each time, and what happened to the register. */
function held(reads: readonly Told[], known: Partial<RegisterFacts> = {}, isWater = false) {
  const track = new RegisterTrack({ ...(isWater ? water : facts), ...known });
  const verdicts = new Map<number, { value: number; quality: Quality }>();
  const events: string[] = [];
  for (const [hour, value, quality = 'good'] of reads) {
    const atMs = START_MS + hour * HOUR_MS;
    const ruling = track.judge(value, atMs, quality);
    for (const revision of ruling.revisions) verdicts.set(revision.atMs, revision);
    verdicts.set(atMs, ruling);
    if (ruling.event !== undefined) events.push(ruling.event);
  }
  const all = [...verdicts].sort(([a], [b]) => a - b).map(([, verdict]) => verdict);
  let used = 0;
  let last = Number.NaN;
  for (const { value, quality } of all) {
    if (quality === 'missing') last = Number.NaN;
    if (quality !== 'good' && quality !== 'estimated') continue;
    if (!Number.isNaN(last)) used += value - last;
    last = value;
  }
  return {
    qualities: all
      .filter(({ quality }) => quality !== 'missing')
      .map(({ quality }) => quality[0])
      .join(''),
    used: Number(used.toFixed(4)),
    events,
  };
}

const hourly = (...values: number[]): Told[] => values.map((value, hour) => [hour, value]);

describe('the verdict on reads', () => {
  it.each<[string, readonly Told[], Partial<RegisterFacts>, ReturnType<typeof held>]>([
    ['a momentary 0', hourly(5000, 5001, 0, 5002, 5003), {}, { qualities: 'ggsgg', used: 3, events: [] }],
    ['two in a row', hourly(5000, 5001, 0, 0, 5002, 5003), {}, { qualities: 'ggssgg', used: 3, events: [] }],
    ['a spike and back', hourly(100, 101, 9000, 102, 103), {}, { qualities: 'ggsgg', used: 3, events: [] }],
    ['a possible spike and back', hourly(100, 101, 102, 180, 103), {}, { qualities: 'gggsg', used: 3, events: [] }],
    ['one that goes on', hourly(100, 101, 180, 181, 182), {}, { qualities: 'ggggg', used: 82, events: [] }],
    [
      'two meters in turn',
      hourly(100, 7000, 101, 7001, 102, 7002, 103),
      {},
      { qualities: 'gsgsgsg', used: 3, events: [] },
    ],
    [
      'an exchange for a new meter',
      hourly(45_000, 45_001, 0.3, 1.3, 2.3),
      {},
      { qualities: 'ggggg', used: 3, events: ['registerExchanged'] },
    ],
    [
      'an exchange for a new meter after a momentary 0',
      hourly(45_000, 0, 45_001, 45_002, 0.3, 1.3, 2.3),
      {},
      { qualities: 'gsggggg', used: 4, events: ['registerExchanged'] },
    ],
    [
      'an exchange for a used one',
      hourly(450, 451, 88_000, 88_001, 88_002),
      {},
      { qualities: 'ggggg', used: 3, events: ['registerExchanged'] },
    ],
    [
      'an exchange that a list names',
      hourly(450, 451, 88_000),
      { installedAtMs: START_MS + 1.5 * HOUR_MS },
      { qualities: 'ggg', used: 1, events: ['registerExchanged'] },
    ],
    ['a read after the removal', hourly(450, 451), { removedAtMs: START_MS }, { qualities: 'gs', used: 0, events: [] }],
    ['a jitter', hourly(5.1, 5.2, 5.1, 5.2, 5.1, 5.3), {}, { qualities: 'gggggg', used: 0.2, events: [] }],
    [
      'a roll-over of five digits',
      hourly(99_998, 99_999, 0, 1, 2),
      {},
      { qualities: 'ggggg', used: 4, events: ['registerRolledOver'] },
    ],
    [
      'a roll-over whose digits are known, after a silence',
      [
        [0, 9990],
        [200, 40],
        [201, 41],
      ],
      { modulus: 10_000 },
      { qualities: 'ggg', used: 51, events: ['registerRolledOver'] },
    ],
    [
      'more digits than the register has',
      hourly(9990, 12_000),
      { modulus: 10_000 },
      { qualities: 'gs', used: 0, events: [] },
    ],
    ['a net register', hourly(10, 12, 9, 6, 3, 5), {}, { qualities: 'gggggg', used: -5, events: [] }],
    [
      'an estimate above the next read',
      [
        [0, 100],
        [1, 105, 'estimated'],
        [2, 101],
      ],
      {},
      { qualities: 'gsg', used: 1, events: [] },
    ],
    [
      'an estimate that fits',
      [
        [0, 100],
        [1, 100.5, 'estimated'],
        [2, 101],
      ],
      {},
      { qualities: 'geg', used: 1, events: [] },
    ],
    [
      'a correction of the same time',
      [
        [0, 100],
        [1, 140],
        [1, 101],
        [2, 102],
      ],
      {},
      { qualities: 'ggg', used: 2, events: [] },
    ],
    ['what no register shows', hourly(1e300, 5, Number.NaN, -1e12), {}, { qualities: 'sgss', used: 0, events: [] }],
    [
      'late and doubled reads',
      [
        [0, 100],
        [3, 103],
        [1, 101],
        [3, 103],
        [2, 0],
        [4, 104],
        [2, 0],
      ],
      {},
      { qualities: 'ggsgg', used: 4, events: [] },
    ],
    [
      'a doubled odd read',
      [
        [0, 100],
        [1, 0],
        [1, 0],
        [2, 101],
        [1, 0],
      ],
      {},
      { qualities: 'gsg', used: 1, events: [] },
    ],
    [
      'whole units at short intervals',
      [
        [0, 100],
        [0.01, 101],
        [0.02, 101],
        [0.03, 102],
      ],
      {},
      { qualities: 'gggg', used: 2, events: [] },
    ],
  ])('%s', (_, reads, known, expected) => {
    expect(held(reads, known)).toEqual(expected);
  });

  it('of water lets nothing run backwards', () => {
    expect(held(hourly(50, 51, 50.4, 49.9, 49.3), {}, true)).toMatchObject({ qualities: 'ggsss', used: 1 });
    expect(held(hourly(5, 5.2, -3, 5.3), {}, true)).toMatchObject({ qualities: 'ggsg', used: 0.3 });
  });

  it('believes a register that stands at another number only after a day', () => {
    const still = (hours: number): Told[] => [
      [0, 500],
      [1, 501],
      ...Array.from({ length: hours }, (_, hour): Told => [hour + 2, 7]),
    ];
    expect(held(still(20)).qualities).toBe(`gg${'s'.repeat(20)}`);
    expect(held(still(30)).qualities).toBe('g'.repeat(32));
  });

  it('goes on after a start from what is stored, also where the register had rolled over', () => {
    const track = new RegisterTrack(facts);
    for (const hour of [0, 1, 2]) track.seed(99_999 + hour, START_MS + hour * HOUR_MS);
    expect(track.judge(2, START_MS + 3 * HOUR_MS, 'good')).toMatchObject({ value: 100_002, quality: 'good' });
    expect(track.judge(0, START_MS + 3 * HOUR_MS + 1, 'good').quality).toBe('suspect');
  });

  it('begins below zero where its first read is a counter in two’s complement', () => {
    const counts = [-3, -6, -2].map((count) => 0.01 * (2 ** 32 + count));
    const track = new RegisterTrack({ ...facts, unit: 0.01 });
    const rulings = counts.map((value, hour) => track.judge(value, START_MS + hour * HOUR_MS, 'good'));
    expect(rulings.map(({ value, quality }) => [Number(value.toFixed(2)), quality])).toEqual([
      [-0.03, 'good'],
      [-0.06, 'good'],
      [-0.02, 'good'],
    ]);
  });

  it('judges history that comes late by itself', () => {
    const track = new RegisterTrack(facts);
    for (const hour of [0, 1, 2]) track.judge(500 + hour, START_MS + hour * HOUR_MS, 'good');
    const past = [300, 301, 0, 302].map((value, hour) =>
      track.judge(value, START_MS - 2 * DAY_MS + hour * HOUR_MS, 'good'),
    );
    expect(past.map(({ quality }) => quality)).toEqual(['good', 'good', 'suspect', 'good']);
    expect(track.judge(503, START_MS + 3 * HOUR_MS, 'good').quality).toBe('good');
  });
});
