import type { VehicleMode, VehicleObservation } from '../../../../shared/base/values.ts';
import type { Registry } from '../../registry/Registry.ts';
import { countyIds } from './countyIds.ts';
import type { CountyIds } from './countyIds.ts';
import type { VehiclePosition } from '../../../../shared/public/gtfsRealtime.ts';
import { gtfsId, gtfsVehicleId, tripFacts, tripKindOf } from './gtfsTrip.ts';
import { isImplausibleSpeed, isPlace } from './plausible.ts';
import { present } from './present.ts';

/**
 * The levels of occupancy that mean a definite share of the seats; the levels between them are words without a figure.
 */
const EMPTY = 0;
const FULL = 5;

function occupancyOf({ occupancyPercentage, occupancyStatus }: VehiclePosition): number | undefined {
  if (occupancyPercentage !== undefined) return occupancyPercentage / 100;
  return occupancyStatus === EMPTY ? 0 : occupancyStatus === FULL ? 1 : undefined;
}

type Facts = Partial<VehicleObservation>;

function tripOf({ trip = {} }: VehiclePosition, ids: CountyIds, registry: Registry): Facts {
  const facts = tripFacts(trip);
  const routeId = facts.routeId === undefined ? ids.trip(facts.tripId ?? '')?.routeId : ids.route(facts.routeId);
  const kind = tripKindOf(trip);
  return {
    ...facts,
    ...present({
      routeId,
      routeName: registry.timetable?.routes.get(routeId ?? '')?.shortName,
      tripKind: kind === 'scheduled' ? undefined : kind,
      // A vehicle without a trip stands in the yard or runs empty, unless a trip update names it.
      outOfService: facts.tripId === undefined && routeId === undefined ? true : undefined,
    }),
  };
}

const UNKNOWN = -1;

/** Some encoders write -1 or NaN for a speed or a bearing that is not known, which says nothing against the place. */
function motionOf({ position }: VehiclePosition): Facts {
  if (position === undefined) return {};
  const { latitude, longitude, bearing, speed } = position;
  const isPlaced = isPlace(longitude, latitude);
  return present({
    lon: isPlaced ? longitude : undefined,
    lat: isPlaced ? latitude : undefined,
    speedMps: isImplausibleSpeed(speed) ? undefined : speed,
    headingDeg:
      bearing === undefined || !(Math.abs(bearing) <= 360) || bearing === UNKNOWN ? undefined : (bearing + 360) % 360,
  });
}

/**
 * A vehicle's position. `entityId` identifies vehicles that have no id of their own; `mode` comes from the topic where
 * the topic has it, otherwise from the route's type in the timetable.
 */
export function gtfsVehicle(
  entityId: string,
  seen: VehiclePosition,
  atMs: number,
  mode: VehicleMode | undefined,
  agency: string | undefined,
  registry: Registry,
): VehicleObservation {
  const ids = countyIds(registry, agency);
  const trip = tripOf(seen, ids, registry);
  const speed = seen.position?.speed ?? Number.NaN;
  const isDoubtful = speed > 0 && isImplausibleSpeed(speed);
  return {
    kind: 'vehicle',
    vehicleId: gtfsVehicleId(agency, seen.vehicle, seen.trip, entityId) ?? gtfsId(agency, entityId),
    mode: mode ?? registry.timetable?.routes.get(trip.routeId ?? '')?.mode ?? 'bus',
    atMs,
    ...(isDoubtful ? { quality: 'suspect', reason: 'No vehicle goes at this speed.' } : { quality: 'good' }),
    ...trip,
    ...motionOf(seen),
    ...present({
      agency,
      label: seen.vehicle?.label || seen.vehicle?.id || seen.vehicle?.licensePlate,
      stopId: seen.stopId === undefined ? undefined : ids.stop(seen.stopId),
      stopSequence: seen.currentStopSequence,
      occupancyRatio: occupancyOf(seen),
    }),
  };
}
