import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Value } from '../../../../shared/base/values.ts';
import { meterEventMessageSchema, meterMessageSchema } from '../../../../shared/wire/topics.ts';
import type { MeterMessage } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';
import { intervals, qualityReasons } from './beaconIntervals.ts';
import { PlainNumbers } from './PlainNumbers.ts';

const quantitiesOf = [
  'registerKwh',
  'exportRegisterKwh',
  'voltageV',
  'powerKw',
  'registerM3',
  'flowM3h',
  'pressureKpa',
] as const satisfies readonly (Quantity & keyof MeterMessage)[];

const hasNumber = (message: Partial<MeterMessage>): boolean =>
  message.flags !== undefined ||
  message.tariffs !== undefined ||
  quantitiesOf.some((name) => message[name] !== undefined);

/** The schema that a reading must satisfy to be accepted. */
export const readingSchema = meterMessageSchema.refine(hasNumber, 'a reading has at least one number or flag');

const plainNumbers = new PlainNumbers(['at', ...quantitiesOf]);

const isReading = (numbers: Partial<MeterMessage>): numbers is MeterMessage =>
  Number.isSafeInteger(numbers.at) && hasNumber(numbers);

/**
 * Reads messages with only a time and numbers, which most readings are. A message that this rejects may still be valid;
 * a message that it accepts would pass the schema unchanged.
 */
export function readPlain(payload: Uint8Array): MeterMessage | undefined {
  const numbers = plainNumbers.read(payload);
  return numbers !== undefined && isReading(numbers) ? numbers : undefined;
}

/** The register of a meter that gives only those of its tariffs. */
function withRegister(message: MeterMessage): MeterMessage {
  const { tariffs = {}, registerKwh, registerM3 } = message;
  const parts = Object.values(tariffs);
  if (parts.length === 0 || registerKwh !== undefined || registerM3 !== undefined) return message;
  const sum = parts.reduce((total, part) => total + part, 0);
  return { ...message, registerKwh: sum };
}

function values(deviceId: string, sent: MeterMessage, deviceNumber: number | undefined): Value[] {
  const message = sent.tariffs === undefined ? sent : withRegister(sent);
  const { at: atMs, quality = 'good', flags } = message;
  const all: Value[] = [];
  for (const quantity of quantitiesOf) {
    const value = message[quantity];
    if (value === undefined) continue;
    // Most readings are good, and building an object by spreading others costs as much as the rest of this function.
    if (quality === 'good') all.push({ kind: 'sample', deviceId, deviceNumber, atMs, quality, quantity, value });
    else
      all.push({
        kind: 'sample',
        deviceId,
        deviceNumber,
        atMs,
        quality,
        reason: qualityReasons[quality],
        quantity,
        value,
      });
  }
  if (flags !== undefined)
    all.push({
      kind: 'flags',
      deviceId,
      deviceNumber,
      atMs,
      quality,
      ...(quality !== 'good' && { reason: qualityReasons[quality] }),
      flags,
      isState: true,
    });
  return all;
}

export const beaconMeters = beaconFeed({
  id: 'beacon-meters',
  name: 'Meters',
  branch: 'meter',
  quietAfterMs: 300_000,
  forms: {
    '': form({ schema: readingSchema, readPlain, timeOf: ({ at }) => at, values }),
    event: form({
      schema: meterEventMessageSchema,
      timeOf: ({ at }) => at,
      values: (deviceId, { at, event }, deviceNumber) => [
        { kind: 'flags', deviceId, deviceNumber, atMs: at, quality: 'good', flags: [event], isState: false },
      ],
    }),
    intervals,
  },
});
