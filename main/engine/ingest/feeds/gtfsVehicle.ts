import type { VehicleMode, VehicleObservation } from '../../../../shared/base/values.ts';
import type { Registry } from '../../registry/Registry.ts';
import type { TripDescriptor, VehicleDescriptor, VehiclePosition } from './gtfsRealtimeSchema.ts';
import { isImplausibleSpeed, isPlace } from './plausible.ts';
import { present } from './present.ts';

/**
 * The levels of occupancy that mean a definite share of the seats; the levels between them are words without a figure.
 */
const EMPTY = 0;
const FULL = 5;

/** The prefix of the ids of GTFS-Realtime's vehicles and alerts. */
export const GTFS_ID_PREFIX = 'gtfs';

/** The prefix and the vehicle's id; for agencies that send no id, the label or the licence plate is used. */
export function gtfsVehicleId(vehicle: VehicleDescriptor | undefined): string | undefined {
  const id = [vehicle?.id, vehicle?.label, vehicle?.licensePlate].find((text) => text !== undefined && text !== '');
  return id === undefined ? undefined : `${GTFS_ID_PREFIX}:${id}`;
}

/** Converts 20250608 to 2025-06-08. */
const dayOf = (startDate: string | undefined): string | undefined =>
  startDate?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

function occupancyOf({ occupancyPercentage, occupancyStatus }: VehiclePosition): number | undefined {
  if (occupancyPercentage !== undefined) return occupancyPercentage / 100;
  return occupancyStatus === EMPTY ? 0 : occupancyStatus === FULL ? 1 : undefined;
}

type TripFacts = Partial<VehicleObservation>;

function tripOf(trip: TripDescriptor, registry: Registry): TripFacts {
  const { tripId, directionId, startDate, startTime } = trip;
  const routeId = trip.routeId ?? registry.timetable?.trips.get(tripId ?? '')?.routeId;
  return present({
    tripId,
    routeId,
    routeName: registry.timetable?.routes.get(routeId ?? '')?.shortName,
    directionId: directionId === 0 || directionId === 1 ? directionId : undefined,
    serviceDay: dayOf(startDate),
    startTime: startTime?.slice(0, 5),
    // A vehicle without a trip stands in the yard or runs empty.
    outOfService: tripId === undefined && routeId === undefined ? true : undefined,
  });
}

function motionOf({ position }: VehiclePosition): TripFacts {
  if (position === undefined) return {};
  const { latitude, longitude, bearing, speed } = position;
  return present({
    ...(isPlace(longitude, latitude) && { lon: longitude, lat: latitude }),
    speedMps: isImplausibleSpeed(speed) ? undefined : speed,
    headingDeg: bearing === undefined || !Number.isFinite(bearing) ? undefined : ((bearing % 360) + 360) % 360,
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
  registry: Registry,
): VehicleObservation {
  const trip = tripOf(seen.trip ?? {}, registry);
  const isDoubtful = isImplausibleSpeed(seen.position?.speed);
  return {
    kind: 'vehicle',
    vehicleId: gtfsVehicleId(seen.vehicle) ?? `${GTFS_ID_PREFIX}:${entityId}`,
    mode: mode ?? registry.timetable?.routes.get(trip.routeId ?? '')?.mode ?? 'bus',
    atMs,
    ...(isDoubtful ? { quality: 'suspect', reason: 'No vehicle goes at this speed.' } : { quality: 'good' }),
    ...trip,
    ...motionOf(seen),
    ...present({
      label: seen.vehicle?.label ?? seen.vehicle?.id,
      stopId: seen.stopId,
      occupancyRatio: occupancyOf(seen),
    }),
  };
}
