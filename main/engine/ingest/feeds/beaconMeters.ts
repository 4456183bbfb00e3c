import type { Quantity } from '../../../../shared/quantities.ts';
import type { Value } from '../../../../shared/values.ts';
import { meterEventMessageSchema, meterMessageSchema } from '../../../../shared/wire/topics.ts';
import type { MeterMessage } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';
import { intervals } from './beaconIntervals.ts';

const quantitiesOf = ['registerKwh', 'voltageV', 'powerKw', 'registerM3', 'flowM3h', 'pressureKpa'] as const satisfies readonly (Quantity & keyof MeterMessage)[];

const names: ReadonlySet<string> = new Set(quantitiesOf);

const reasons = {
  good: {}, estimated: { reason: 'Made by the head-end, not read.' }, suspect: { reason: 'The head-end doubts the reading.' },
} as const satisfies Record<NonNullable<MeterMessage['quality']>, { reason?: string }>;

const hasNumber = (message: MeterMessage): boolean => message.flags !== undefined || quantitiesOf.some((name) => message[name] !== undefined);

/** What a reading must be to be taken. */
export const readingSchema = meterMessageSchema.refine(hasNumber, 'a reading has at least one number or flag');

/** A time and numbers alone: most readings. What it does not take may still be right; what it takes the schema takes as it is. */
export function isPlainReading(value: unknown): value is MeterMessage {
  if (typeof value !== 'object' || value === null) return false;
  let numbers = 0;
  for (const name in value) {
    const number = (value as Record<string, unknown>)[name];
    if (name === 'at' ? !Number.isSafeInteger(number) : !(names.has(name) && Number.isFinite(number))) return false;
    numbers++;
  }
  return numbers > 1 && Object.hasOwn(value, 'at');
}

function values(deviceId: string, message: MeterMessage): Value[] {
  const { at: atMs, quality = 'good', flags } = message;
  const why = reasons[quality];
  const all: Value[] = [];
  for (const quantity of quantitiesOf) {
    const value = message[quantity];
    if (value !== undefined) all.push({ kind: 'sample', deviceId, atMs, quality, ...why, quantity, value });
  }
  if (flags !== undefined) all.push({ kind: 'flags', deviceId, atMs, quality, ...why, flags, isState: true });
  return all;
}

export const beaconMeters = beaconFeed({
  id: 'beacon-meters', name: 'Meters', branch: 'meter', qos: 1, quietAfterMs: 300_000,
  forms: {
    '': form({ schema: readingSchema, isCommon: isPlainReading, timeOf: ({ at }) => at, values }),
    event: form({
      schema: meterEventMessageSchema,
      timeOf: ({ at }) => at,
      values: (deviceId, { at, event }) => [{ kind: 'flags', deviceId, atMs: at, quality: 'good', flags: [event], isState: false }],
    }),
    intervals,
  },
});
