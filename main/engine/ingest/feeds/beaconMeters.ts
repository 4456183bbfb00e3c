import type { Quantity } from '../../../../shared/quantities.ts';
import type { DeviceFlags, Value } from '../../../../shared/values.ts';
import { meterEventMessageSchema, meterMessageSchema } from '../../../../shared/wire/topics.ts';
import type { MeterMessage } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';
import { intervals } from './beaconIntervals.ts';

const quantitiesOf = ['registerKwh', 'voltageV', 'powerKw', 'registerM3', 'flowM3h', 'pressureKpa'] as const satisfies readonly (Quantity & keyof MeterMessage)[];

const reasons = {
  good: {}, estimated: { reason: 'Made by the head-end, not read.' }, suspect: { reason: 'The head-end doubts the reading.' },
} as const satisfies Record<NonNullable<MeterMessage['quality']>, { reason?: string }>;

const hasNumber = (message: MeterMessage): boolean => message.flags !== undefined || quantitiesOf.some((name) => message[name] !== undefined);

function values(deviceId: string, message: MeterMessage): Value[] {
  const quality = message.quality ?? 'good';
  const about = { deviceId, atMs: message.at, quality, ...reasons[quality] } as const;
  const samples = quantitiesOf.flatMap((quantity): Value[] => {
    const value = message[quantity];
    return value === undefined ? [] : [{ kind: 'sample', ...about, quantity, value }];
  });
  const flags: DeviceFlags[] = message.flags === undefined ? [] : [{ kind: 'flags', ...about, flags: message.flags, isState: true }];
  return [...samples, ...flags];
}

export const beaconMeters = beaconFeed({
  id: 'beacon-meters', name: 'Meters', branch: 'meter', qos: 1, quietAfterMs: 300_000,
  forms: {
    '': form({ schema: meterMessageSchema.refine(hasNumber, 'a reading has at least one number or flag'), timeOf: ({ at }) => at, values }),
    event: form({
      schema: meterEventMessageSchema,
      timeOf: ({ at }) => at,
      values: (deviceId, { at, event }) => [{ kind: 'flags', deviceId, atMs: at, quality: 'good', flags: [event], isState: false }],
    }),
    intervals,
  },
});
