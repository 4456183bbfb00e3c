import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, strFromU8, unzipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import { forecastDemand } from '../../shared/utilities/forecastDemand.ts';
import { MINUTE_MS } from '../../shared/base/durations.ts';
import { horizonsMs } from '../../shared/traffic/DeviationForecast.ts';
import type { Bench, Figures } from './bench.ts';
import { judgeForecasts } from './traffic/judgeForecasts.ts';
import { readTravelTimes } from './traffic/readTravelTimes.ts';

const HOUR_MS = 3_600_000;
const DAY_H = 24;
const WEEK_H = 168;
const HISTORY_H = 14 * DAY_H;
/** Forecasts are made every so many hours, so that all hours of the day have their turn. */
const EVERY_H = 7;
/** A home that says it used more litres in an hour has been exchanged or misread. */
const MOST_LITRES = 2000;
const FEWEST_HOMES = 20;

/** Hourly values of one series; NaN where there is none. */
type Hours = { name: string; firstMs: number; values: Float64Array };

function hoursOf(name: string, sums: ReadonlyMap<number, number>): Hours {
  const hours = [...sums.keys()].sort((a, b) => a - b);
  const first = hours[0] ?? 0;
  const values = new Float64Array((hours.at(-1) ?? 0) - first + 1).fill(Number.NaN);
  for (const [hour, sum] of sums) values[hour - first] = sum;
  return { name, firstMs: first * HOUR_MS, values };
}

/** The electricity of a real home by the hour, kWh. */
function readElectricity(folder: string): Hours {
  const file = join(folder, 'electricity/uk-electricity-hdd-only-hourly-sample-0.csv.gz');
  const rows = parse<{ start: string; value: string }>(strFromU8(gunzipSync(readFileSync(file))), { columns: true });
  const sums = new Map(
    rows
      .filter(({ value }) => value !== '')
      .map(({ start, value }) => [Math.floor(Date.parse(start.replace(' ', 'T')) / HOUR_MS), Number(value)]),
  );
  return hoursOf('electricity', sums);
}

/** The mean use of the real homes that reported in an hour, litres. */
function readWater(folder: string): Hours {
  const files = unzipSync(readFileSync(join(folder, 'water-daiad/swm_trialA_extended.zip')));
  const text = strFromU8(files['swm_trialA_extended.csv'] ?? new Uint8Array());
  const hours = new Map<number, { litres: number; homes: number }>();
  const columns = ['home', 'when', 'register', 'used'];
  for (const { when, used } of parse<{ when: string; used: string }>(text, { columns, delimiter: ';', from_line: 2 })) {
    const [day = '', month = '', year = '', clock = ''] = when.split(/[/ ]/);
    const hour = Math.floor(Date.parse(`${year}-${month}-${day}T${clock}Z`) / HOUR_MS);
    const litres = Number(used);
    if (!(litres >= 0 && litres < MOST_LITRES)) continue;
    const held = hours.get(hour) ?? { litres: 0, homes: 0 };
    hours.set(hour, { litres: held.litres + litres, homes: held.homes + 1 });
  }
  const enough = [...hours].filter(([, { homes }]) => homes >= FEWEST_HOMES);
  return hoursOf('water', new Map(enough.map(([hour, { litres, homes }]) => [hour, litres / homes])));
}

/** The hour of the week from Monday on; 1970-01-01 was a Thursday. */
const hourOfWeek = (atMs: number): number => (Math.floor(atMs / HOUR_MS) + 3 * DAY_H) % WEEK_H;

type Errors = { own: number; persistence: number; lastWeek: number; count: number; inBand: number };

/** Mean absolute errors of forecasts so many hours ahead, beside those of the two simplest ones. */
function judge({ firstMs, values }: Hours, ahead: number): Errors {
  const errors = { own: 0, persistence: 0, lastWeek: 0, count: 0, inBand: 0 };
  for (let now = HISTORY_H; now + ahead <= values.length; now += EVERY_H) {
    const past = values.subarray(now - HISTORY_H, now);
    const forecast = forecastDemand(past, ahead, hourOfWeek(firstMs + (now - HISTORY_H) * HOUR_MS))?.at(-1);
    const at = now + ahead - 1;
    const [value, present, lastWeek] = [values[at], values[now - 1], values[at - WEEK_H]].map((each) => each ?? NaN);
    if (forecast === undefined || value === undefined || present === undefined || lastWeek === undefined) continue;
    if (Number.isNaN(value + present + lastWeek + forecast.value)) continue;
    errors.own += Math.abs(value - forecast.value);
    errors.persistence += Math.abs(value - present);
    errors.lastWeek += Math.abs(value - lastWeek);
    errors.inBand += forecast.low <= value && value <= forecast.high ? 1 : 0;
    errors.count++;
  }
  const share = (sum: number): number => sum / errors.count;
  return {
    ...{ own: share(errors.own), persistence: share(errors.persistence), lastWeek: share(errors.lastWeek) },
    ...{ inBand: share(errors.inBand), count: errors.count },
  };
}

function benchTraffic(folder: string, learnPercent: number, say: (line: string) => void): Figures {
  const segments = readTravelTimes(folder);
  const readings = segments.reduce((sum, segment) => sum + segment.readings.length, 0);
  if (readings === 0) throw new Error(`There are no travel times in ${folder}.`);
  say(`${segments.length} segments with ${readings} readings, of which the first ${learnPercent} % are only learned.`);
  const figures: Figures = { segments: segments.length, readings, learnPercent };
  for (const [horizon, sums] of judgeForecasts(segments, learnPercent / 100).entries()) {
    const minutes = (horizonsMs[horizon] ?? 0) / MINUTE_MS;
    const figure = (name: string, sum: number): number =>
      (figures[`${name}${minutes}`] = Number((sum / sums.count).toFixed(3)));
    const [own, present, usual] = [
      figure('maeKmh', sums.own),
      figure('persistence', sums.persistence),
      figure('profile', sums.profile),
    ];
    figure('inBand', sums.inBand);
    figures[`forecasts${minutes}`] = sums.count;
    say(`${minutes} min ahead: ${own} km/h, the present speed ${present}, the usual one ${usual}.`);
  }
  return figures;
}

function benchUtilities(folder: string, say: (line: string) => void): Figures {
  const figures: Figures = {};
  for (const series of [readElectricity(folder), readWater(folder)])
    for (const [label, ahead] of [
      ['HourAhead', 1],
      ['DayAhead', DAY_H],
    ] as const) {
      const errors = judge(series, ahead);
      figures[`${series.name}${label}`] = errors;
      say(`${series.name}, ${ahead} h ahead: ${JSON.stringify(errors)}`);
    }
  return figures;
}

export const forecast: Bench = {
  what: 'forecasts of speed (--data) and of demand (--utility): their errors beside persistence and the usual value',
  options: {
    data: 'folder with travel times of the form of shared/data/aarhus beside the project',
    learn: 'the first so many per cent of each segment are learned and not judged (66)',
    utility: 'folder with the real hourly series electricity/ and water-daiad/',
  },
  run(options, say): Promise<Figures> {
    const [traffic, utility] = [options.text('data', ''), options.text('utility', '')];
    if (traffic === '' && utility === '')
      throw new Error('--data names a folder of travel times; --utility one that holds electricity/ and water-daiad/.');
    return Promise.resolve({
      ...(traffic !== '' && benchTraffic(traffic, options.number('learn', 66), say)),
      ...(utility !== '' && benchUtilities(utility, say)),
    });
  },
};
