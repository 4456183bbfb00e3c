import type { Sample } from '../../../../shared/base/values.ts';
import { trafficMessageSchema } from '../../../../shared/wire/topics.ts';
import type { TrafficMessage } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';
import { intervals } from './beaconIntervals.ts';
import { isImplausibleSpeed } from './plausible.ts';

function doubtOf({ occupancy, speedMps, status }: TrafficMessage): string | undefined {
  if (status === 'error') return 'The detector reports an error.';
  if (occupancy < 0 || occupancy > 1) return 'Occupancy is a share of time, 0 to 1.';
  if (isImplausibleSpeed(speedMps)) return 'No vehicle goes at this speed.';
  return undefined;
}

/** Converts a count over a period into an hourly rate; there is no speed where nothing passed. */
function samples(deviceId: string, message: TrafficMessage, deviceNumber: number | undefined): Sample[] {
  const reason = doubtOf(message);
  const verdict = reason === undefined ? ({ quality: 'good' } as const) : ({ quality: 'suspect', reason } as const);
  const about = { kind: 'sample', deviceId, deviceNumber, atMs: message.at, ...verdict } as const;
  return [
    { ...about, quantity: 'flowVph', value: (message.count * 3600) / message.periodS },
    { ...about, quantity: 'occupancyRatio', value: message.occupancy },
    // A speed in a period without vehicles is only the last one, held over.
    ...(message.speedMps === null || message.count === 0
      ? []
      : [{ ...about, quantity: 'speedMps' as const, value: message.speedMps }]),
  ];
}

export const beaconTraffic = beaconFeed({
  id: 'beacon-traffic',
  name: 'Traffic detectors',
  branch: 'traffic',
  quietAfterMs: 120_000,
  forms: { '': form({ schema: trafficMessageSchema, timeOf: ({ at }) => at, values: samples }), intervals },
});
