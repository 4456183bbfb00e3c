import type { StopTime, Trip } from '../../../../shared/county/county.ts';
import type { StopDelay } from '../../../../shared/base/values.ts';
import { gtfsSeconds, serviceTimeMs } from '../../registry/serviceTime.ts';
import type { Registry } from '../../registry/Registry.ts';
import type { StopTimeEvent, StopTimeUpdate, TripDescriptor, TripUpdate } from './gtfsRealtimeSchema.ts';
import { gtfsVehicleId } from './gtfsVehicle.ts';
import { present } from './present.ts';

/** Values of TripDescriptor.ScheduleRelationship: trips that do not run, and trips that are not in the timetable. */
const CANCELED = new Set([3, 7]);
const ADDED = new Set([1, 5, 6, 8]);
/** StopTimeUpdate.ScheduleRelationship. */
const SKIPPED = 1;
const NO_DATA = 2;

function relationshipOf(trip: TripDescriptor, stop: StopTimeUpdate): StopDelay['relationship'] {
  if (stop.scheduleRelationship === SKIPPED) return 'skipped';
  if (stop.scheduleRelationship === NO_DATA) return 'noData';
  return ADDED.has(trip.scheduleRelationship ?? 0) ? 'added' : 'scheduled';
}

/** Converts a time of the trip's timetable to epoch milliseconds on the day of this run. */
type Clock = (seconds: number) => number;

function clockOf(descriptor: TripDescriptor, trip: Trip, registry: Registry): Clock | undefined {
  const { timetable } = registry;
  const day = descriptor.startDate;
  if (timetable === undefined || day === undefined || !/^\d{8}$/.test(day)) return undefined;
  const runStartS = gtfsSeconds(descriptor.startTime);
  // The times of a trip that runs by headway count from its first stop; the start of this run is in the message.
  const shiftS =
    timetable.frequencies.has(trip.id) && runStartS !== undefined
      ? runStartS - (trip.stopTimes[0]?.departureS ?? 0)
      : 0;
  try {
    const midnightMs = serviceTimeMs(day, shiftS, timetable.timeZone);
    return (seconds) => midnightMs + seconds * 1000;
  } catch {
    // 20251399 has eight digits but is not a date.
    return undefined;
  }
}

/**
 * A loop passes a stop twice, so the stop is found by its sequence number, and by its id only where there is no
 * sequence number.
 */
const stopTimeOf = (trip: Trip | undefined, stop: StopTimeUpdate): StopTime | undefined =>
  trip?.stopTimes.find(({ sequence, stopId }) =>
    stop.stopSequence === undefined ? stopId === stop.stopId : sequence === stop.stopSequence,
  );

/**
 * The delay in seconds, positive when late. A time takes precedence over a delay (gtfs-realtime.proto, StopTimeEvent),
 * but only where there is a timetable to compare it with.
 */
function delayOf(event: StopTimeEvent | undefined, scheduledMs: number | undefined): number | undefined {
  const plannedS = event?.scheduledTime ?? (scheduledMs === undefined ? undefined : scheduledMs / 1000);
  return event?.time !== undefined && event.time > 0 && plannedS !== undefined ? event.time - plannedS : event?.delay;
}

/**
 * The values of a trip update, one per stop; a cancelled trip, or one with a delay only, is one value without a stop.
 */
export function gtfsTripUpdate(update: TripUpdate, atMs: number, registry: Registry): StopDelay[] {
  const { trip: descriptor, delay } = update;
  const { tripId } = descriptor;
  // An update that names only a route applies to all its trips, which no single delay can describe.
  if (tripId === undefined || tripId === '') return [];
  const trip = registry.timetable?.trips.get(tripId);
  const clock = trip === undefined ? undefined : clockOf(descriptor, trip, registry);
  const about = {
    kind: 'stopDelay' as const,
    tripId,
    atMs,
    quality: 'good' as const,
    ...present({ routeId: descriptor.routeId ?? trip?.routeId, vehicleId: gtfsVehicleId(update.vehicle) }),
  };
  if (CANCELED.has(descriptor.scheduleRelationship ?? 0)) return [{ ...about, relationship: 'canceled' }];
  const stops = (update.stopTimeUpdate ?? []).map((stop): StopDelay => {
    const planned = stopTimeOf(trip, stop);
    const timeOf = (seconds: number | undefined): number | undefined =>
      seconds === undefined ? undefined : clock?.(seconds);
    const delays = {
      arrivalDelayS: delayOf(stop.arrival, timeOf(planned?.arrivalS)),
      departureDelayS: delayOf(stop.departure, timeOf(planned?.departureS)),
    };
    const place = { stopId: stop.stopId ?? planned?.stopId, stopSequence: stop.stopSequence ?? planned?.sequence };
    return { ...about, relationship: relationshipOf(descriptor, stop), ...present({ ...place, ...delays }) };
  });
  if (stops.length > 0 || delay === undefined) return stops;
  return [
    {
      ...about,
      relationship: ADDED.has(descriptor.scheduleRelationship ?? 0) ? 'added' : 'scheduled',
      arrivalDelayS: delay,
      departureDelayS: delay,
    },
  ];
}
