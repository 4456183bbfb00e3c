import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Registry } from '../../../../../../main/engine/registry/Registry.ts';
import { feeds } from '../../../../../../main/engine/ingest/feeds/feedList.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { NOW_MS } from './stepper.ts';

const registry: Registry = createRegistry(
  smallCounty({
    feeds: {
      digitraffic: {
        stations: [],
        sensors: [
          { id: 1, name: 'OHITUKSET_5MIN_LIUKUVA_SUUNTA1', unit: 'kpl/h' },
          { id: 2, name: 'KESKINOPEUS_5MIN_LIUKUVA_SUUNTA2', unit: 'km/h' },
        ],
      },
    },
  }),
);

/** Topics that a broker may deliver for these filters. */
const topicFor = (filters: readonly string[]): fc.Arbitrary<string> => {
  const level = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'NBIRTH',
      'NDATA',
      'DDATA',
      'NDEATH',
      'STATE',
      'journey',
      'vp',
      '1',
      '2',
      'status',
      'simple',
      'event',
      'intervals',
    ),
  );
  return fc.tuple(fc.constantFrom(...filters), fc.array(level, { maxLength: 8 })).map(([filter, levels]) => {
    const fill = [...levels];
    return filter
      .split('/')
      .map((part) => (part === '+' ? (fill.shift() ?? 'x') : part === '#' ? fill.join('/') : part))
      .join('/');
  });
};

/** Keys that the feeds look at, so that shapes come near to what they take. */
const key = fc.constantFrom(
  'at',
  'from',
  'everyS',
  'registerKwh',
  'count',
  'periodS',
  'occupancy',
  'speedMps',
  'status',
  'event',
  'flags',
  'lon',
  'lat',
  'VP',
  'DOO',
  'tst',
  'tsi',
  'long',
  'dl',
  'value',
  'time',
  'id',
  'media',
  'timestamp',
  'total_m3',
  'voltage_at_phase_1_v',
  'Time',
  'Type',
  'Message',
  'ID',
  'Consumption',
  'type',
  'properties',
  'geometry',
  '__proto__',
  'constructor',
);
const json = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(NOW_MS, NOW_MS / 1000, 'SCM', 'OK', null, true),
      fc.double(),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 8 }),
    ),
  }))
  .value.map((value) => Buffer.from(JSON.stringify(value)));

/** Real messages with bytes changed, cut, or doubled. */
function mutated(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.tuple(fc.nat(), fc.nat(255));
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 12 }), fc.option(fc.nat()))
    .map(([sample, edits, cut]) => {
      const bytes = Uint8Array.from(sample);
      for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return cut === null ? bytes : bytes.slice(0, cut % (bytes.length + 1));
    });
}

const example = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
const recorded = (folder: string, file: string): Uint8Array[] =>
  hasRealData(folder) ? [readFileSync(realData(folder, file))] : [];
const seeds: readonly Uint8Array[] = [
  example({
    at: NOW_MS,
    periodS: 20,
    count: 6,
    speedMps: 14,
    occupancy: 0.12,
    lon: -93,
    lat: 44,
    status: 'enRoute',
    category: 'x',
    text: 'y',
    registerKwh: 5,
    inflowM3h: 4,
    event: 'leak',
  }),
  example({ from: NOW_MS, everyS: 900, flowVph: [1, 2, null], registerM3: [1, 2, 3] }),
  example({
    VP: {
      desi: '69',
      dir: '1',
      tst: '2026-06-01T04:21:05.123Z',
      tsi: 1_780_287_665,
      spd: 8.2,
      lat: 60.17,
      long: 24.93,
      dl: -75,
      drst: 0,
      oday: '2026-06-01',
      start: '07:20',
      occu: 50,
    },
  }),
  example({ id: '1', media: 'water', total_m3: 5.5, status: 'OK LEAK', timestamp: '2026-06-01T11:59:00Z' }),
  example({
    Time: '2026-06-01T11:59:00Z',
    Type: 'SCM',
    Message: { ID: 1, Type: 12, TamperPhy: 0, TamperEnc: 0, Consumption: 5 },
  }),
  example({ value: 108, time: NOW_MS / 1000 }),
  ...recorded('gtfs-raba', 'raba-trip-updates.pb'),
  ...recorded('gtfs-raba', 'raba-vehicle-positions.pb'),
  ...recorded('digitraffic', 'traffic_message_simple_gzip_base64.txt'),
];

describe.each(feeds)('$name', (feed) => {
  const law = (payload: fc.Arbitrary<Uint8Array>): void => {
    fc.assert(
      fc.property(fc.array(fc.tuple(topicFor(feed.filters), payload), { minLength: 1, maxLength: 4 }), (messages) => {
        let state = feed.initialState();
        for (const [topic, bytes] of messages) {
          const before = Uint8Array.from(bytes);
          const result = feed.step(state, topic, bytes, NOW_MS, registry);
          state = result.state;
          expect(Buffer.compare(bytes, before)).toBe(0);
          for (const value of 'values' in result ? result.values : []) {
            expect(Number.isFinite(value.atMs)).toBe(true);
            if (value.kind === 'sample') expect(Number.isFinite(value.value)).toBe(true);
            if (value.quality === 'suspect') expect(value.reason ?? 'given by the device').not.toBe('');
          }
        }
      }),
      { numRuns: 150 },
    );
  };

  it('never throws on random bytes', () => {
    law(fc.uint8Array({ maxLength: 200 }));
  });
  it('never throws on random JSON', () => {
    law(json);
  });
  it('never throws on damaged messages', () => {
    law(mutated(seeds));
  });
});
