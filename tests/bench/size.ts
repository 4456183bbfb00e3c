import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import type { Quantity } from '../../shared/base/quantities.ts';
import { qualityCode } from '../../shared/base/quality.ts';
import type { Bench, Figures } from './bench.ts';
import { Filler, openStore, realFile, storedBytes } from './monthOfSamples.ts';
import { simulatedSamples } from './simulatedSamples.ts';

/** A sample of a source; a source yields its samples in the order in which it reported them. */
type Told = { deviceId: string; quantity: Quantity; atMs: number; value: number; quality?: number; scope?: string };
type Source = { name: string; samples: () => Iterable<Told> | undefined };

const rows = (text: string, delimiter = ','): Record<string, string>[] => parse(text, { columns: true, delimiter });

/**
 * Travel times of a city, measured by Bluetooth: every five minutes a speed in km/h, which is repeated while no vehicle
 * passes, and a count.
 */
function* travelTimes(file: Buffer): Generator<Told> {
  for (const { REPORT_ID: segment = '', TIMESTAMP: time = '', avgSpeed, vehicleCount } of rows(
    gunzipSync(file).toString('utf8'),
  )) {
    const [atMs, count] = [Date.parse(`${time}Z`), Number(vehicleCount)];
    const about = { deviceId: segment, atMs, scope: `link:${segment}` };
    yield {
      ...about,
      quantity: 'speedMps',
      value: Number(avgSpeed) / 3.6,
      quality: count === 0 ? qualityCode.suspect : qualityCode.good,
    };
    yield { ...about, quantity: 'flowVph', value: count * 12 };
  }
}

/** Cumulative litres of real households, about hourly and not in the order of time. */
function* waterMeters(file: Buffer): Generator<Told> {
  const [text] = Object.values(unzipSync(file));
  for (const { V1: meter = '', V2: time = '', V3: liters } of rows(Buffer.from(text ?? []).toString('utf8'), ';')) {
    const [day = '', month = '', year = '', clock = ''] = time.split(/[/ ]/);
    yield {
      deviceId: meter,
      quantity: 'registerM3',
      atMs: Date.parse(`${year}-${month}-${day}T${clock}Z`),
      value: Number(liters) / 1000,
      scope: 'zone:water',
    };
  }
}

/** The electricity that one real home used, about hourly, in kWh per hour. */
function* electricity(file: Buffer): Generator<Told> {
  for (const { start = '', value } of rows(gunzipSync(file).toString('utf8')))
    if (value !== '' && value !== undefined)
      yield { deviceId: 'home', quantity: 'powerKw', atMs: Date.parse(start), value: Number(value) };
}

const real = (name: string, path: string, read: (file: Buffer) => Iterable<Told>): Source => ({
  name,
  samples: () => {
    const file = realFile(path);
    return file && read(file);
  },
});

const realSources = [
  real('travel times of 449 road segments, a week (real)', 'aarhus/all449_week_2014-08-04_to_10.csv.gz', travelTimes),
  real('water meters of 89 households, 2.5 months (real)', 'water-daiad/swm_trialA_extended.zip', waterMeters),
  real(
    'electricity of one home, hourly (real)',
    'electricity/uk-electricity-hdd-only-hourly-sample-0.csv.gz',
    electricity,
  ),
];

type Size = { source: string; samples: number; bytes: number; bytesPerSample: number };

/**
 * Commits everything that a source reported, compacts it, and measures the closed file without the pages that an empty
 * one has.
 */
async function measure(name: string, told: Iterable<Told>): Promise<Size> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-size-'));
  try {
    await (await openStore(folder, Date.UTC(2030, 0, 1))).close();
    const emptyBytes = storedBytes(folder);
    const store = await openStore(folder, Date.UTC(2030, 0, 1));
    const filler = new Filler(store);
    for (const { deviceId, quantity, atMs, value, quality, scope } of told)
      await filler.add(filler.series(deviceId, quantity, scope), atMs, value, quality);
    await filler.flush();
    await store.tend(Date.UTC(2030, 0, 1), true);
    const { samples } = await store.counts();
    await store.close();
    const bytes = storedBytes(folder) - emptyBytes;
    return { source: name, samples, bytes, bytesPerSample: bytes / samples };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const size: Bench = {
  what: 'bytes a sample of sealed history: timestamps, values, qualities, summaries, sums and indexes',
  options: { scale: 'share of the simulated county (0.02)', days: 'days of it (30)' },
  async run(options, say) {
    const days = options.number('days', 30);
    const simulated = simulatedSamples(options.number('scale', 0.02), days);
    const sources: Source[] = [
      ...realSources,
      ...simulated.map(({ name, samples }) => ({ name: `${name}, ${String(days)} days (simulated)`, samples })),
    ];
    const sizes: Size[] = [];
    for (const { name, samples } of sources) {
      const told = samples();
      if (told === undefined) say(`Left out, its data is not beside the project: ${name}`);
      else {
        const found = await measure(name, told);
        sizes.push(found);
        say(
          `${found.bytesPerSample.toFixed(2)} bytes a sample: ${name}, ${found.samples.toLocaleString('en')} samples in ${(found.bytes / 1e6).toFixed(2)} MB`,
        );
      }
    }
    const [samples, bytes] = [
      sizes.reduce((sum, each) => sum + each.samples, 0),
      sizes.reduce((sum, each) => sum + each.bytes, 0),
    ];
    return {
      samples,
      bytes,
      bytesPerSample: bytes / samples,
      worstBytesPerSample: Math.max(...sizes.map((each) => each.bytesPerSample)),
      sources: sizes,
    } satisfies Figures;
  },
};
