import { vehicleMessageSchema } from '../../../../shared/wire/topics.ts';
import { beaconFeed, form } from './beaconFeed.ts';

export const beaconVehicles = beaconFeed({
  id: 'beacon-vehicles',
  name: 'Vehicles',
  branch: 'vehicle',
  quietAfterMs: 120_000,
  forms: {
    '': form({
      schema: vehicleMessageSchema,
      timeOf: ({ at }) => at,
      values: (vehicleId, { at, occupancy, ...seen }) => [
        {
          kind: 'vehicle',
          vehicleId,
          atMs: at,
          quality: 'good',
          mode: 'bus',
          lon: seen.lon,
          lat: seen.lat,
          ...(seen.label !== undefined && { label: seen.label }),
          ...(seen.speedMps !== undefined && { speedMps: seen.speedMps }),
          ...(seen.headingDeg !== undefined && { headingDeg: seen.headingDeg }),
          ...(seen.delayS !== undefined && { delayS: seen.delayS }),
          ...(seen.routeId !== undefined && { routeId: seen.routeId }),
          ...(seen.tripId !== undefined && { tripId: seen.tripId }),
          ...(occupancy !== undefined && { occupancyRatio: occupancy }),
        },
      ],
    }),
  },
});
