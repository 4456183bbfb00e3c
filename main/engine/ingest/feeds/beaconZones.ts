import type { Value } from '../../../../shared/base/values.ts';
import { zoneMessageSchema } from '../../../../shared/wire/topics.ts';
import type { ZoneMessage } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';
import { intervals } from './beaconIntervals.ts';

const quantityOf = {
  inflowM3h: 'flowM3h',
  pressureKpa: 'pressureKpa',
  powerKw: 'powerKw',
  voltageV: 'voltageV',
} as const;

function values(deviceId: string, message: ZoneMessage, deviceNumber: number | undefined): Value[] {
  const about = { deviceId, deviceNumber, atMs: message.at, quality: 'good' } as const;
  const samples = (Object.keys(quantityOf) as (keyof typeof quantityOf)[]).flatMap((name): Value[] => {
    const value = message[name];
    return value === undefined ? [] : [{ kind: 'sample', ...about, quantity: quantityOf[name], value }];
  });
  const breaker: Value[] =
    message.breaker === undefined
      ? []
      : [{ kind: 'flags', ...about, flags: message.breaker === 'open' ? ['breakerOpen'] : [], isState: true }];
  return [...samples, ...breaker];
}

export const beaconZones = beaconFeed({
  id: 'beacon-zones',
  name: 'Water zones and feeders',
  branch: 'zone',
  quietAfterMs: 300_000,
  forms: { '': form({ schema: zoneMessageSchema, timeOf: ({ at }) => at, values }), intervals },
});
