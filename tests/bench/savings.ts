import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { gunzipSync } from 'node:zlib';
import { normalisedSaving } from '../../main/engine/impact/methods/normalisedSaving.ts';
import { joinWeather } from '../../main/engine/impact/methods/readUsage.ts';
import type { TimedRow } from '../../main/engine/impact/methods/readUsage.ts';
import { usageAt } from '../../main/engine/impact/methods/usageModel.ts';
import type { Bench, Figures } from './bench.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

/** Rows of a CSV file of two columns, a time and a value, packed or not. */
function readRows(file: string): TimedRow[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return parse(text, { from_line: 2, skip_empty_lines: true, trim: true }).map(([start = '', value = '']) => ({
    start,
    value: value === '' ? Number.NaN : Number(value),
  }));
}

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const savings: Bench = {
  what: 'the weather-normalised saving of a meter beside the plain comparison (CalTRACK 2.0)',
  options: {
    meter: 'CSV (also .gz) of start and use, by hour, day or billing period',
    temperature: 'CSV (also .gz) of time and temperature in °F, by hour',
    until: 'the first day of the change; the baseline is the 365 days before it',
    from: 'the first day after the change; the saving is of the 365 days from it on',
  },
  run(options, say): Promise<Figures> {
    const [meter, temperature, until, from] = ['meter', 'temperature', 'until', 'from'].map((name) => {
      const text = options.text(name, '');
      if (text === '') throw new Error(`--${name} is needed.`);
      return text;
    }) as [string, string, string, string];
    const periods = joinWeather(readRows(meter), readRows(temperature));
    const before = periods.filter(({ day }) => day < until && day >= shifted(until, -YEAR_DAYS));
    const after = periods.filter(({ day }) => day >= from && day < shifted(from, YEAR_DAYS));
    const saving = normalisedSaving(before, after);
    if (saving === undefined) throw new Error('There are too few days before or after the change.');
    const { model, expected, halfWidth90 } = saving;
    const rampKwh = Array.from({ length: 60 }, (_, at) => usageAt(model, [30 + at])).reduce((sum, kwh) => sum + kwh, 0);
    for (const line of [saving.reason, ...saving.doubts]) say(line);
    return Promise.resolve({
      ...{ cvrmse: saving.cvrmse, nmbe: saving.nmbe },
      savingShare: saving.saving / expected,
      interval90: { low: (saving.saving - halfWidth90) / expected, high: (saving.saving + halfWidth90) / expected },
      ...{ naiveShare: saving.naiveShare, rampKwh },
      ...{ savingKwh: saving.saving, halfWidth90Kwh: halfWidth90, expectedKwh: expected, usedKwh: saving.used },
      ...{ periodsBefore: before.length, periodsAfter: after.length, reason: saving.reason },
      model: [{ base: model.base, heating: model.heating, cooling: model.cooling, adjustedR2: model.adjustedR2 }],
    });
  },
};
