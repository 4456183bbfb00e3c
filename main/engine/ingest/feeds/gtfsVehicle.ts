import type { VehicleObservation } from '../../../../shared/values.ts';
import type { Registry } from '../feed.ts';
import type { VehicleDescriptor, VehiclePosition } from './gtfsRealtimeSchema.ts';
import { isImplausibleSpeed, isPlace } from './plausible.ts';
import { present } from './present.ts';

/** The levels of occupancy that are a share of the seats; those between are words without a figure. */
const EMPTY = 0;
const FULL = 5;

/** `gtfs:` and the vehicle's id; agencies that send none use the label or the plate. */
export function gtfsVehicleId(vehicle: VehicleDescriptor | undefined): string | undefined {
  const id = [vehicle?.id, vehicle?.label, vehicle?.licensePlate].find((text) => text !== undefined && text !== '');
  return id === undefined ? undefined : `gtfs:${id}`;
}

/** 20250608 as 2025-06-08. */
const dayOf = (startDate: string | undefined): string | undefined => startDate?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

function occupancyOf({ occupancyPercentage, occupancyStatus }: VehiclePosition): number | undefined {
  if (occupancyPercentage !== undefined) return occupancyPercentage / 100;
  return occupancyStatus === EMPTY ? 0 : occupancyStatus === FULL ? 1 : undefined;
}

function tripOf({ trip }: VehiclePosition, registry: Registry): Partial<VehicleObservation> {
  const routeId = trip?.routeId ?? (trip?.tripId === undefined ? undefined : registry.timetable?.trips.get(trip.tripId)?.routeId);
  return present({
    tripId: trip?.tripId,
    routeId,
    routeName: routeId === undefined ? undefined : registry.timetable?.routes.get(routeId)?.shortName,
    directionId: trip?.directionId === 0 || trip?.directionId === 1 ? trip.directionId : undefined,
    serviceDay: dayOf(trip?.startDate),
    startTime: trip?.startTime?.slice(0, 5),
    // A vehicle that is on no trip stands in the yard or runs empty.
    outOfService: trip?.tripId === undefined && trip?.routeId === undefined ? true : undefined,
  });
}

/** A vehicle's position. `entityId` names vehicles that have no name of their own; `mode` is told by some topics, else by the route's kind in the timetable. */
export function gtfsVehicle(entityId: string, seen: VehiclePosition, atMs: number, mode: VehicleObservation['mode'] | undefined, registry: Registry): VehicleObservation {
  const { position, vehicle } = seen;
  const trip = tripOf(seen, registry);
  const isDoubtful = isImplausibleSpeed(position?.speed);
  return {
    kind: 'vehicle',
    vehicleId: gtfsVehicleId(vehicle) ?? `gtfs:${entityId}`,
    mode: mode ?? (trip.routeId === undefined ? undefined : registry.timetable?.routes.get(trip.routeId)?.mode) ?? 'bus',
    atMs,
    quality: isDoubtful ? 'suspect' : 'good',
    ...(isDoubtful && { reason: 'No vehicle goes at this speed.' }),
    ...trip,
    ...(isPlace(position?.longitude, position?.latitude) && { lon: position?.longitude, lat: position?.latitude }),
    ...present({
      label: vehicle?.label ?? vehicle?.id,
      speedMps: isDoubtful ? undefined : position?.speed,
      headingDeg: position?.bearing === undefined ? undefined : ((position.bearing % 360) + 360) % 360,
      stopId: seen.stopId,
      occupancyRatio: occupancyOf(seen),
    }),
  } as VehicleObservation;
}
