import type { Detector, Link, Meter, Zone } from '../../shared/county/county.ts';
import type { SampleSink, Upkeep } from '../../main/engine/store/store.ts';
import { hash } from '../../simulators/random/hash.ts';
import { makeCounty, makeZone } from '../support/makeCounty.ts';
import { writeCounty } from '../support/writeCounty.ts';
import { Filler } from './monthOfSamples.ts';

const DAY_MS = 86_400_000;
const SEED = 7;

/** The kinds of devices of a county of 50,000 people: how many there are, what they measure and how often. */
const kinds = [
  { name: 'E', count: 22_000, everyMs: 900_000, aZone: 1400, quantities: ['registerKwh', 'voltageV'] },
  { name: 'W', count: 20_000, everyMs: 3_600_000, aZone: 1400, quantities: ['registerM3'] },
  { name: 'D', count: 400, everyMs: 30_000, aZone: 1, quantities: ['flowVph', 'occupancyRatio', 'speedMps'] },
] as const;

/** A kind of devices. */
export type Kind = (typeof kinds)[number];

/** A pseudo-random number in 0..1 that is determined by a pair of numbers. */
export const dice = (a: number, b = 0): number => hash(SEED, a, b) / 2 ** 32;
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The value that a device reads after a number of intervals, with noise like that of real ones. */
function read(quantity: Kind['quantities'][number], device: number, step: number, before: number): number {
  const noise = dice(device, step);
  switch (quantity) {
    case 'registerKwh':
      return rounded(before + 0.6 * noise * noise, 3);
    case 'registerM3':
      return rounded(before + (noise < 0.6 ? 0 : 0.05 * noise), 3);
    case 'voltageV':
      return rounded(120 + 2 * noise, 1);
    case 'flowVph':
      return 120 * Math.floor(8 * noise);
    case 'occupancyRatio':
      return rounded(0.2 * noise, 4);
    case 'speedMps':
      return rounded(20 + 6 * noise, 2);
  }
}

/** Writes the days up to `endMs`, day by day and device by device, and compacts them as it goes. */
export async function fillMonth(
  store: SampleSink & Upkeep,
  { scale, days, endMs }: { scale: number; days: number; endMs: number },
  say: (line: string) => void,
): Promise<Filler> {
  const filler = new Filler(store);
  const registers = new Map<number, number>();
  for (let day = 0; day < days; day++) {
    const fromMs = endMs - (days - day) * DAY_MS;
    for (const kind of kinds)
      for (let device = 0; device < kind.count * scale; device++)
        await fillDay(filler, kind, device, fromMs, registers);
    await filler.flush();
    await store.tend(endMs, true);
    if (day % 5 === 4)
      say(`… ${String(day + 1)} of ${String(days)} days, ${(filler.samples / 1e6).toFixed(0)} million samples`);
  }
  return filler;
}

async function fillDay(
  filler: Filler,
  { name, aZone, everyMs, quantities }: Kind,
  device: number,
  fromMs: number,
  registers: Map<number, number>,
): Promise<void> {
  const scope = `${name === 'D' ? 'link:D' : `zone:Z${name}`}${String(Math.floor(device / aZone))}`;
  const shiftMs = Math.floor(dice(device) * everyMs);
  for (const quantity of quantities) {
    const series = filler.series(`${name}${String(device)}`, quantity, scope);
    for (let atMs = fromMs + shiftMs; atMs < fromMs + DAY_MS; atMs += everyMs) {
      const value = read(quantity, series, Math.floor(atMs / everyMs), registers.get(series) ?? 0);
      if (quantity.startsWith('register')) registers.set(series, value);
      await filler.add(series, atMs, value);
    }
  }
}

const ids = ({ name, count }: Kind, scale: number): string[] =>
  Array.from({ length: Math.ceil(count * scale) }, (_, device) => `${name}${String(device)}`);

/**
 * Writes the folder of a county in which these devices have their places; returns the ids of its electricity meters.
 */
export async function writeMonthsCounty(dir: string, scale: number): Promise<string[]> {
  const [electric, water, roads] = kinds;
  const zones: Zone[] = [];
  const meters: Meter[] = [];
  for (const kind of [electric, water]) {
    const [commodity, zoneKind] =
      kind === electric ? (['electricity', 'feeder'] as const) : (['water', 'dma'] as const);
    for (let zone = 0; zone * kind.aZone < kind.count * scale; zone++)
      zones.push({
        ...makeZone(`Z${kind.name}${String(zone)}`, zoneKind, kind.aZone),
        outline: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      });
    for (const [device, id] of ids(kind, scale).entries()) {
      const transformerId = kind === electric ? `T${String(Math.floor(device / 5))}` : undefined;
      meters.push({
        id,
        commodity,
        lon: 0.5,
        lat: 0.5,
        zoneId: `Z${kind.name}${String(Math.floor(device / kind.aZone))}`,
        customerClass: 'singleFamily',
        transformerId,
        premiseId: undefined,
      });
    }
  }
  const places = ids(roads, scale);
  const links = places.map((id, at): Link => ({
    id,
    name: 'A road',
    roadClass: 'arterial',
    fromNode: `n${String(at)}`,
    toNode: `n${String(at + 1)}`,
    lengthM: 500,
    freeFlowMps: 26,
    lanes: 1,
    capacityVph: 1800,
    path: [
      [at * 0.001, 0],
      [(at + 1) * 0.001, 0],
    ],
  }));
  const detectors = places.map((id, at): Detector => ({
    id,
    linkId: id,
    lon: at * 0.001,
    lat: 0,
    lanes: 1,
    periodS: roads.everyMs / 1000,
  }));
  await writeCounty(dir, makeCounty({ zones, meters, links, detectors }).county);
  return ids(electric, scale);
}
