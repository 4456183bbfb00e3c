import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Sample } from '../../../../shared/base/values.ts';
import { intervalsMessageSchema } from '../../../../shared/wire/topics.ts';
import type { IntervalsMessage, MeterMessage } from '../../../../shared/wire/topics.ts';
import { form } from './beaconFeed.ts';

/** Why a head-end's value is not good. */
export const qualityReasons = {
  estimated: 'Made by the head-end, not read.',
  suspect: 'The head-end doubts the reading.',
} as const satisfies Record<Exclude<NonNullable<MeterMessage['quality']>, 'good'>, string>;

const columns = {
  registerKwh: 'registerKwh',
  exportRegisterKwh: 'exportRegisterKwh',
  registerM3: 'registerM3',
  voltageV: 'voltageV',
  inflowM3h: 'flowM3h',
  pressureKpa: 'pressureKpa',
  powerKw: 'powerKw',
  speedMps: 'speedMps',
  flowVph: 'flowVph',
  occupancy: 'occupancyRatio',
} as const satisfies Partial<Record<keyof IntervalsMessage, Quantity>>;

function samples(deviceId: string, message: IntervalsMessage, deviceNumber: number | undefined): Sample[] {
  const everyMs = message.everyS * 1000;
  const all: Sample[] = [];
  for (const name of Object.keys(columns) as (keyof typeof columns)[])
    for (const [index, value] of (message[name] ?? []).entries()) {
      // A null is a missing interval: a gap in the store, not a value.
      if (value === null) continue;
      const atMs = message.from + index * everyMs;
      const about = { kind: 'sample', deviceId, deviceNumber, quantity: columns[name], value, atMs } as const;
      const quality = message.quality?.[index] ?? 'good';
      all.push(quality === 'good' ? { ...about, quality } : { ...about, quality, reason: qualityReasons[quality] });
    }
  // What a zone measured at one time is judged together; blocks of registers are stored faster one after the other.
  const isOfZone = message.inflowM3h !== undefined || message.powerKw !== undefined;
  return isOfZone ? all.sort((a, b) => a.atMs - b.atMs) : all;
}

/** A block of past readings at equal intervals, as head-end systems deliver them. */
export const intervals = form({ schema: intervalsMessageSchema, timeOf: ({ from }) => from, values: samples });
