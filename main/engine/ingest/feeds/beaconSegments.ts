import type { Sample } from '../../../../shared/base/values.ts';
import { segmentMessageSchema } from '../../../../shared/wire/topics.ts';
import type { SegmentMessage } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';

/** Sources go on sending the last travel time while no vehicle is recognised at both ends. */
const held = { quality: 'stale', reason: 'Held by its source: no vehicle was measured.' } as const;

function samples(deviceId: string, message: SegmentMessage, deviceNumber: number | undefined): Sample[] {
  const about = { kind: 'sample', deviceId, deviceNumber, atMs: message.at } as const;
  const { count, travelS } = message;
  const verdict = count === 0 ? held : ({ quality: 'good' } as const);
  return [
    // The count comes first, because it says how far the travel time can be trusted.
    ...(count === undefined
      ? []
      : [{ ...about, quantity: 'vehicleCount' as const, value: count, quality: 'good' as const }]),
    ...(travelS === null ? [] : [{ ...about, ...verdict, quantity: 'travelS' as const, value: travelS }]),
  ];
}

export const beaconSegments = beaconFeed({
  id: 'beacon-segments',
  name: 'Travel times',
  branch: 'segment',
  quietAfterMs: 900_000,
  forms: { '': form({ schema: segmentMessageSchema, timeOf: ({ at }) => at, values: samples }) },
});
