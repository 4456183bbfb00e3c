import type { TripKind } from '../../../../shared/base/values.ts';
import { gtfsSeconds } from '../../registry/serviceTime.ts';
import type { TripDescriptor, VehicleDescriptor } from '../../../../shared/public/gtfsRealtime.ts';
import { present } from './present.ts';

/** The prefix of the ids of GTFS-Realtime's vehicles and alerts. */
export const GTFS_ID_PREFIX = 'gtfs';

/** Values of TripDescriptor.ScheduleRelationship; those that are not here mean that the trip runs as planned. */
const KINDS: Readonly<Record<number, TripKind>> = {
  1: 'added',
  3: 'canceled',
  5: 'added',
  6: 'duplicated',
  7: 'canceled',
  8: 'added',
};

/** Epoch seconds beyond this are given in milliseconds, and beyond a thousand times this in microseconds. */
const MOST_SECONDS = 1e11;

/** POSIX seconds of a time that some producers write in milliseconds or microseconds; undefined for none and for 0. */
export function gtfsTimeS(time: number | undefined): number | undefined {
  if (time === undefined || !(time > 0)) return undefined;
  if (time < MOST_SECONDS) return time;
  return time < MOST_SECONDS * 1000 ? time / 1000 : time / 1e6;
}

/** An id of one agency's thing, unique over all agencies. */
export const gtfsId = (agency: string | undefined, id: string): string =>
  agency === undefined ? `${GTFS_ID_PREFIX}:${id}` : `${GTFS_ID_PREFIX}:${agency}:${id}`;

const given = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text;

/** Converts 20250608 to 2025-06-08. */
const dayOf = (startDate: string | undefined): string | undefined =>
  given(startDate)?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** HH:MM, or HH:MM:SS where there are seconds, of a start in any spelling. */
function startOf(text: string | undefined): string | undefined {
  const seconds = gtfsSeconds(text);
  if (seconds === undefined) return undefined;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const minutes = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? minutes : `${minutes}:${two(seconds % 60)}`;
}

type TripFacts = { tripId?: string; routeId?: string; directionId?: 0 | 1; serviceDay?: string; startTime?: string };

/** What a descriptor says of a trip; empty texts count as not given. */
export const tripFacts = ({ tripId, routeId, directionId, startDate, startTime }: TripDescriptor): TripFacts =>
  present({
    tripId: given(tripId),
    routeId: given(routeId),
    directionId: directionId === 0 || directionId === 1 ? directionId : undefined,
    serviceDay: dayOf(startDate),
    startTime: startOf(startTime),
  });

export const tripKindOf = ({ scheduleRelationship }: TripDescriptor): TripKind =>
  KINDS[scheduleRelationship ?? 0] ?? 'scheduled';

/**
 * The vehicle's id, unique over all agencies. A label is what passengers read, and several vehicles may have the same
 * one: without an id or a licence plate the trip is the identity, and otherwise the entity.
 */
export function gtfsVehicleId(
  agency: string | undefined,
  vehicle: VehicleDescriptor | undefined,
  trip: TripDescriptor | undefined,
  entityId?: string,
): string | undefined {
  const own = given(vehicle?.id) ?? given(vehicle?.licensePlate);
  if (own !== undefined) return gtfsId(agency, own);
  const tripId = given(trip?.tripId);
  if (tripId !== undefined)
    return gtfsId(agency, ['trip', tripId, trip?.startDate, trip?.startTime].filter((part) => given(part)).join(' '));
  return entityId === undefined ? undefined : gtfsId(agency, entityId);
}
