import { describe, expect, it } from 'vitest';
import { chartCsv } from '../../../../../renderer/features/detail/chartCsv.ts';
import { fittedRange } from '../../../../../renderer/features/detail/chartRange.ts';
import { drawnUnit, historyOption, resolutionWords } from '../../../../../renderer/features/detail/historyOption.ts';
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
        .filter(({ begins }) => begins === 'day')
        .map(({ atMs }) => atMs),
    ).toEqual([Date.UTC(2026, 0, 16)]);
  });
});

describe('timeTicks of long spans', () => {
  const days = (from: number, count: number, zone = 'America/Chicago') =>
    timeTicks(from, from + count * 24 * HOUR, zone).map(({ atMs, begins }) => [
      new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(atMs),
      localTime(zone).short(atMs),
      begins,
    ]);

  it('stand on local midnights, also where the clock changes between them', () => {
    // The clock goes back on 1 November.
    expect(days(Date.UTC(2026, 9, 29, 12), 7)).toEqual(
      ['2026-10-30', '2026-11-01', '2026-11-03', '2026-11-05'].map((day) => [day, '00:00', 'day']),
    );
    expect(days(Date.UTC(2026, 9, 12, 12), 30)).toEqual(
      ['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09'].map((day) => [day, '00:00', 'day']),
    );
  });

  it('stand on the first of a month, and of a year', () => {
    expect(days(Date.UTC(2025, 10, 30, 12), 365)).toEqual([
      ['2026-01-01', '00:00', 'year'],
      ['2026-04-01', '00:00', 'month'],
      ['2026-07-01', '00:00', 'month'],
      ['2026-10-01', '00:00', 'month'],
    ]);
    expect(days(Date.UTC(2016, 10, 30, 12), 3650)).toEqual([
      ['2020-01-01', '00:00', 'year'],
      ['2025-01-01', '00:00', 'year'],
    ]);
  });
});

describe('resolutionWords', () => {
  const words = (resolution: 'samples' | 'quarterHour' | 'hour' | 'day', of: 'itself' | 'link', spanDays: number) =>
    resolutionWords(
      { deviceId: 'D1', quantity: 'speedMps', resolution, of, atMs: [], value: [], quality: [] },
      { fromMs: 0, toMs: spanDays * 24 * HOUR },
    );

  it('say what each point is, and whose', () => {
    expect(words('samples', 'itself', 1)).toBe('Samples');
    expect(words('samples', 'itself', 365)).toBe('Samples, which are kept for some weeks');
    expect(words('quarterHour', 'itself', 1)).toBe('Means of a quarter hour');
    expect(words('hour', 'link', 30)).toMatch(/^Means of an hour of its link/);
    expect(words('day', 'itself', 365)).toMatch(/^Means of a day;/);
  });
});

describe('historyOption', () => {
  const series = {
    deviceId: 'D1',
    resolution: 'samples' as const,
    of: 'itself' as const,
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

  it('draws a forecast dashed, each hour in its middle, on a band of its own', () => {
    const forecast = {
      stepMs: 3_600_000,
      atMs: [3_600_000, 7_200_000],
      value: [20, 25],
      low: [15, 20],
      high: [25, 40],
    };
    const made = historyOption(series, { fromMs: 0, toMs: 10_800_000 }, style, { forecast })['series'] as Drawn[];
    expect(made.find(({ name }) => name === 'forecast')).toMatchObject({
      data: [
        [5_400_000, 72],
        [9_000_000, 90],
      ],
      lineStyle: { type: 'dashed' },
    });
    expect(made.find(({ name }) => name === 'forecastBand')?.data.map(([, value]) => value)).toEqual([36, 72]);
  });

  it('draws the week before at the times of this one, and says both values', () => {
    const weekAgo = { ...series, atMs: [-604_800_000, -604_799_000], value: [5, 6], quality: [0, 0] };
    const option = historyOption(series, { fromMs: 0, toMs: 2000 }, style, { weekAgo });
    expect((option['series'] as Drawn[]).find(({ name }) => name === 'weekAgo')?.data).toEqual([
      [0, 18],
      [1000, 21.6],
    ]);
    const { formatter } = option['tooltip'] as { formatter: (items: object[]) => string };
    const lines = formatter([
      { seriesName: 'weekAgo', value: [0, 18] },
      { seriesName: 'value', value: [0, 36] },
    ]).split('\n');
    expect(lines.slice(1)).toEqual(['36 km/h', '18 km/h a week before']);
  });

  it('shows what the person has zoomed to', () => {
    const zoom = { fromMs: 500, toMs: 1500 };
    expect(historyOption(series, { fromMs: 0, toMs: 2000 }, style, { zoom })).toMatchObject({
      xAxis: { min: 0, max: 2000 },
      dataZoom: [{ startValue: 500, endValue: 1500 }],
    });
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

describe('fittedRange', () => {
  const day = { fromMs: 0, toMs: 24 * HOUR };

  it('begins with the history that is there, and is never shorter than ten minutes', () => {
    expect(fittedRange(day, { atMs: [10 * HOUR, 12 * HOUR], value: [null, 5] })).toEqual({
      fromMs: 12 * HOUR,
      toMs: 24 * HOUR,
    });
    expect(fittedRange(day, { atMs: [24 * HOUR - 1000], value: [5] }).fromMs).toBe(24 * HOUR - 600_000);
  });

  it('is left as it is where little is missing, or all', () => {
    expect(fittedRange(day, { atMs: [HOUR], value: [5] })).toEqual(day);
    expect(fittedRange(day, { atMs: [20 * HOUR], value: [null] })).toEqual(day);
  });
});

it('saves the points as they are shown, without gaps', () => {
  const series = {
    deviceId: 'D1',
    resolution: 'hour' as const,
    of: 'itself' as const,
    quantity: 'speedMps' as const,
    atMs: [0, 1000, 2000],
    value: [10, null, 20],
    min: [5, null, 15],
    max: [15, null, 25],
    quality: [qualityCode.good, qualityCode.missing, qualityCode.suspect],
  };
  expect(chartCsv(series, '=Speed', { units: 'metric', asRate: false }).split('\r\n')).toEqual([
    "time,'=Speed (km/h),lowest,highest,quality",
    '1970-01-01T00:00:00.000Z,36,18,54,good',
    '1970-01-01T00:00:02.000Z,72,54,90,suspect',
    '',
  ]);
});
