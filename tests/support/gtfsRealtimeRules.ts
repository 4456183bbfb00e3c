import { feedEntityType, feedMessageType } from '../../main/engine/ingest/feeds/gtfsRealtimeSchema.ts';
import type { StopTime, Timetable } from '../../shared/county/county.ts';
import type {
  Alert,
  FeedEntity,
  FeedMessage,
  StopTimeUpdate,
  TripDescriptor,
  TripUpdate,
  VehiclePosition,
} from '../../shared/public/gtfsRealtime.ts';

/** A feed as a reader gets it. */
export type ReadFeed = { header: NonNullable<FeedMessage['header']>; entities: FeedEntity[] };

export function readFeed(bytes: Uint8Array): ReadFeed {
  const { header = {}, entity = [] } = feedMessageType.toObject(feedMessageType.decode(bytes), {
    longs: Number,
  }) as FeedMessage;
  const entities = entity.map(
    (each) => feedEntityType.toObject(feedEntityType.decode(each), { longs: Number }) as FeedEntity,
  );
  return { header, entities };
}

const CANCELED = 3;
const SKIPPED = 1;

function tripFaults(trip: TripDescriptor, { trips, routes, frequencies }: Timetable): string[] {
  const planned = trips.get(trip.tripId ?? '');
  const isByFrequency = frequencies.has(trip.tripId ?? '');
  return [
    ...(planned === undefined ? ['E003: the trip is not in the timetable'] : []),
    ...(routes.has(trip.routeId ?? '') ? [] : ['E004: the route is not in the timetable']),
    ...(planned !== undefined && planned.routeId !== trip.routeId ? ['E035: the trip is of another route'] : []),
    ...(planned !== undefined && planned.directionId !== trip.directionId ? ['E024: another direction'] : []),
    ...(/^\d{8}$/.test(trip.startDate ?? '') ? [] : ['E021: the start date is not YYYYMMDD']),
    ...(isByFrequency && trip.startTime === undefined ? ['E006: a run by frequency has no start'] : []),
    ...(trip.startTime === undefined || /^\d\d:[0-5]\d:[0-5]\d$/.test(trip.startTime) ? [] : ['E020: the start time']),
    ...(trip.scheduleRelationship === undefined ? ['W009: no schedule_relationship'] : []),
  ];
}

/** The faults of one stop; `before` is the stop of the update before it. */
function stopFaults(stop: StopTimeUpdate, before: StopTimeUpdate | undefined, planned: readonly StopTime[]): string[] {
  const { stopSequence = -1, stopId } = stop;
  const known = planned.find(({ sequence }) => sequence === stopSequence);
  return [
    ...(stopSequence > (before?.stopSequence ?? -1) ? [] : ['E002, E036: the sequence does not increase']),
    ...(known === undefined ? ['E051: the sequence is not in the timetable'] : []),
    ...(known !== undefined && known.stopId !== stopId ? ['E045: the stop has another sequence'] : []),
  ];
}

function timeFaults(stops: readonly StopTimeUpdate[], atS: number): string[] {
  let latestS = Number.NEGATIVE_INFINITY;
  return stops.flatMap(({ arrival, departure }) => {
    const [arrivalS = Number.NaN, departureS = Number.NaN] = [arrival?.time, departure?.time];
    const isLater = arrivalS > latestS;
    latestS = departureS;
    return [
      ...(isLater ? [] : ['E022: times do not increase']),
      ...(departureS >= arrivalS ? [] : ['E025: it departs before it arrives']),
      ...(departureS >= atS ? [] : ['a stop is past']),
    ];
  });
}

function updateFaults({ trip, stopTimeUpdate = [] }: TripUpdate, timetable: Timetable, atS: number): string[] {
  const planned = timetable.trips.get(trip?.tripId ?? '')?.stopTimes ?? [];
  const served = stopTimeUpdate.filter(({ scheduleRelationship }) => scheduleRelationship !== SKIPPED);
  return [
    ...(stopTimeUpdate.length > 0 || trip?.scheduleRelationship === CANCELED ? [] : ['E041: no stops']),
    ...stopTimeUpdate.flatMap((stop, index) => stopFaults(stop, stopTimeUpdate[index - 1], planned)),
    ...timeFaults(served, atS),
  ];
}

const alertFaults = ({ informedEntity = [] }: Alert): string[] => [
  ...(informedEntity.length > 0 ? [] : ['E032: no informed entity']),
  ...informedEntity.flatMap(({ routeId, stopId, trip }) =>
    routeId === undefined && stopId === undefined && trip === undefined ? ['E033: an entity without a name'] : [],
  ),
];

function placeFaults({ position }: VehiclePosition): string[] {
  const { latitude = Number.NaN, longitude = Number.NaN, bearing = 0 } = position ?? {};
  return [
    ...(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [] : ['E026: the place']),
    ...(bearing >= 0 && bearing <= 360 ? [] : ['E027: the bearing']),
  ];
}

function entityFaults({ tripUpdate, vehicle, alert }: FeedEntity, timetable: Timetable, atS: number): string[] {
  const { trip, timestamp = Number.NaN } = tripUpdate ?? vehicle ?? {};
  return [
    ...(alert !== undefined || timestamp <= atS ? [] : ['W001, E012: no stamp, or one after that of the feed']),
    ...(trip === undefined ? [] : tripFaults(trip, timetable)),
    ...(tripUpdate === undefined ? [] : updateFaults(tripUpdate, timetable, atS)),
    ...(vehicle === undefined ? [] : placeFaults(vehicle)),
    ...(alert === undefined ? [] : alertFaults(alert)),
  ];
}

/**
 * What the public validators of GTFS-Realtime would say of a feed, by their numbers (MobilityData,
 * gtfs-realtime-validator, RULES.md). `nowMs` is the clock of the reader.
 */
export function feedFaults({ header, entities }: ReadFeed, timetable: Timetable, nowMs: number): string[] {
  const { timestamp = Number.NaN, gtfsRealtimeVersion, incrementality } = header;
  const ids = entities.map(({ id }) => id);
  const vehicleIds = entities.flatMap(({ vehicle }) => vehicle?.vehicle?.id ?? []);
  return [
    ...(gtfsRealtimeVersion === '2.0' ? [] : ['E038: the version']),
    ...(incrementality === 0 ? [] : ['E049: the incrementality']),
    ...(timestamp > 1_000_000_000 && timestamp < 10_000_000_000 ? [] : ['E001, E048: the stamp is no POSIX time']),
    ...(timestamp * 1000 <= nowMs + 60_000 ? [] : ['E050: the stamp is in the future']),
    ...(nowMs - timestamp * 1000 <= 65_000 ? [] : ['W008: the feed is old']),
    ...(new Set(ids).size === ids.length && !ids.includes(undefined) ? [] : ['The ids of entities are not unique']),
    ...(new Set(vehicleIds).size === vehicleIds.length ? [] : ['E052: vehicle ids are not unique']),
    ...entities.flatMap((entity) => entityFaults(entity, timetable, timestamp)),
  ];
}

/** What is wrong between the trip updates and the vehicle positions of one moment. */
export function pairFaults(updates: ReadFeed, positions: ReadFeed): string[] {
  const tripOf = new Map(
    positions.entities.map(({ vehicle }) => [vehicle?.vehicle?.id, vehicle?.trip?.tripId] as const),
  );
  return updates.entities.flatMap(({ tripUpdate }) => {
    const id = tripUpdate?.vehicle?.id;
    if (id === undefined) return [];
    if (!tripOf.has(id)) return ['W003: a vehicle of an update has no position'];
    return tripOf.get(id) === tripUpdate?.trip?.tripId ? [] : ['E047: a vehicle is on two trips'];
  });
}
