import { describe, expect, it } from 'vitest';
import { drawnUnit, historyOption } from '../../../../../renderer/features/detail/historyOption.ts';
import { timeTicks } from '../../../../../renderer/features/detail/timeTicks.ts';
import { localTime } from '../../../../../renderer/ui/formatTime.ts';
import { colorTokens } from '../../../../../renderer/ui/tokens.ts';
import type { Palette } from '../../../../../renderer/ui/tokens.ts';
import { qualityCode } from '../../../../../shared/base/quality.ts';

const HOUR = 3_600_000;
const palette = Object.fromEntries(colorTokens.map((name) => [name, '#000000'])) as Palette;
const style = {
  palette,
  font: 'sans-serif',
  units: 'metric',
  time: localTime('UTC'),
  timeZone: 'UTC',
  asRate: false,
} as const;

describe('timeTicks', () => {
  it('stands on whole hours of the county, also where its offset is half an hour', () => {
    const from = Date.UTC(2026, 0, 15, 0, 0);
    const ticks = timeTicks(from, from + 24 * HOUR, 'Asia/Kolkata').map(({ atMs }) =>
      localTime('Asia/Kolkata').short(atMs),
    );
    expect(ticks).toEqual(['06:00', '12:00', '18:00', '00:00']);
  });

  it('marks midnight', () => {
    const from = Date.UTC(2026, 0, 15, 22);
    expect(
      timeTicks(from, from + 3 * HOUR, 'UTC')
        .filter(({ isMidnight }) => isMidnight)
        .map(({ atMs }) => atMs),
    ).toEqual([Date.UTC(2026, 0, 16)]);
  });
});

describe('historyOption', () => {
  const series = {
    deviceId: 'D1',
    resolution: 'samples',
    of: 'itself',
    quantity: 'speedMps' as const,
    atMs: [0, 1000, 2000],
    value: [10, null, 20],
    quality: [qualityCode.good, qualityCode.missing, qualityCode.suspect],
  };
  type Drawn = { name: string; data: [number, number | null][] };
  const drawn = (part: object): Drawn[] =>
    historyOption({ ...series, ...part }, { fromMs: 0, toMs: 2000 }, style)['series'] as Drawn[];

  it('draws no line over a gap nor through a doubtful value', () => {
    expect(drawn({}).find(({ name }) => name === 'value')?.data).toEqual([
      [0, 36],
      [1000, null],
      [2000, null],
    ]);
    expect(drawn({}).find(({ name }) => name === 'doubtful')?.data).toEqual([
      [0, null],
      [1000, null],
      [2000, 72],
    ]);
  });

  it('draws the range of merged points as a band on its floor', () => {
    const data = drawn({ min: [5, null, 15], max: [15, null, 25], quality: [0, 0, 0] });
    expect(data.find(({ name }) => name === 'low')?.data.map(([, value]) => value)).toEqual([18, null, 54]);
    expect(data.find(({ name }) => name === 'band')?.data.map(([, value]) => value)).toEqual([36, null, 36]);
  });

  it('has no band where no points were merged', () => {
    expect(drawn({}).map(({ name }) => name)).toEqual(['value', 'doubtful']);
  });
});

it('draws the consumption of a counter per hour', () => {
  expect(drawnUnit('registerKwh', true).unit).toBe('kW');
  expect(drawnUnit('registerM3', true).unit).toBe('m³/h');
  expect(drawnUnit('voltageV', false).unit).toBe('V');
});
