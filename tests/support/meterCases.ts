import { readFileSync } from 'node:fs';
import { addFeedDevices } from '../../main/engine/registry/addFeedDevices.ts';
import type { County, FeedsRegistry, Meter } from '../../shared/county/county.ts';
import { makeCounty, makeZone } from './makeCounty.ts';
import { realData } from './realData.ts';

/** A message of a case: when it was sent, relative to the end of the case. */
export type MeterMessage = { atS: number; topic: string; payload: Uint8Array };

const lineOf = (text: string): { atS: number; topic: string; payload: unknown } =>
  JSON.parse(text) as { atS: number; topic: string; payload: unknown };

/** Puts a time in the place of the words that stand for it. */
function filled(payload: unknown, atMs: number): string {
  if (typeof payload === 'string') return payload;
  return JSON.stringify(payload).replaceAll('"@at"', String(atMs)).replaceAll('@iso', new Date(atMs).toISOString());
}

/** The messages of a case of `meter-cases` that ends at `endMs`, in their order. */
export function meterCase(name: string, endMs: number): MeterMessage[] {
  const lines = readFileSync(realData('meter-cases', `${name}.ndjson`), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map(lineOf)
    .map(({ atS, topic, payload }) => ({ atS, topic, payload: Buffer.from(filled(payload, endMs + atS * 1000)) }));
}

/** The messages of a case of Sparkplug, which are kept in base64. */
export function sparkplugCase(name: string): { topic: string; payload: Uint8Array }[] {
  const { messages } = JSON.parse(readFileSync(realData('meter-cases', `${name}.json`), 'utf8')) as {
    messages: { topic: string; base64: string }[];
  };
  return messages.map(({ topic, base64 }) => ({ topic, payload: Buffer.from(base64, 'base64') }));
}

const meterOf = (id: string, commodity: Meter['commodity'], zoneId: string, transformerId?: string): Meter => ({
  id,
  commodity,
  lon: 0,
  lat: 0,
  zoneId,
  customerClass: 'singleFamily',
  transformerId,
  premiseId: undefined,
  address: id,
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const radio = (id: string, commodity: Meter['commodity']): NonNullable<FeedsRegistry['devices']>[number] => ({
  id,
  name: `Radio ${id}`,
  lon: 0,
  lat: 0,
  commodity,
  zoneId: commodity === 'water' ? 'ZM' : 'FR',
});

const WATER_RADIOS = [1, 2, 3, 11, 12, 13, 14, 15, 21, 31, 32, 41, 51].map((n) => `wmbus:${60_000_000 + n}`);
const POWER_RADIOS = [1, 2, 3, 4].map((n) => `wmbus:${70_000_000 + n}`);

/** The meters, zones and feeders of `make-county.mjs`, which belongs to the cases; 230 V. */
export function meterCounty(parts: Partial<County> = {}): County {
  const { county } = makeCounty({
    zones: [
      makeZone('ZW', 'dma', 20),
      makeZone('FX', 'feeder', 20),
      makeZone('FE', 'feeder', 20),
      makeZone('ZM', 'dma', 20),
      makeZone('FR', 'feeder', 20),
    ],
    meters: [
      ...numbers(10).map((i) => meterOf(`W${i}`, 'water', 'ZW')),
      ...numbers(20).map((i) => meterOf(`E${i}`, 'electricity', 'FE', `X${i}`)),
      ...numbers(40).map((i) =>
        meterOf(`T${Math.floor(i / 10)}-${i % 10}`, 'electricity', 'FX', `T${Math.floor(i / 10)}`),
      ),
    ],
    feeds: {
      devices: [
        ...WATER_RADIOS.map((id) => radio(id, 'water')),
        ...POWER_RADIOS.map((id) => radio(id, 'electricity')),
        ...[55_500_002, 55_500_004, 55_500_008].map((id) => ({
          ...radio(`ert:${id}`, 'electricity'),
          count: { quantity: 'registerKwh' as const, perCount: 0.01 },
        })),
        { ...radio('ert:1555000003', 'water'), count: { quantity: 'registerM3', perCount: 0.003_785_41 } },
      ],
    },
    ...parts,
  });
  return addFeedDevices(county);
}
