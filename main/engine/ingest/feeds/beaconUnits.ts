import { unitMessageSchema } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';

export const beaconUnits = beaconFeed({
  id: 'beacon-units',
  name: 'Response units',
  branch: 'unit',
  quietAfterMs: 180_000,
  forms: {
    '': form({
      schema: unitMessageSchema,
      timeOf: ({ at }) => at,
      values: (unitId, { at, lon, lat, status, headingDeg, speedMps, incident }) => [
        {
          kind: 'unit',
          unitId,
          atMs: at,
          quality: 'good',
          lon,
          lat,
          status,
          ...(headingDeg !== undefined && { headingDeg }),
          ...(speedMps !== undefined && { speedMps }),
          ...(incident !== undefined && { incidentId: incident }),
        },
      ],
    }),
  },
});
