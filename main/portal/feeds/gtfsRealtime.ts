import protobuf from 'protobufjs/light.js';
import { languages } from '../../../shared/citizens/language.ts';
import type { Language } from '../../../shared/citizens/language.ts';
import type { Fact } from '../../../shared/public/fact.ts';
import { gtfsRealtimeSpec } from '../../../shared/public/gtfsRealtime.ts';
import type { FeedEntity, StopTimeUpdate, TripDescriptor } from '../../../shared/public/gtfsRealtime.ts';
import type { PublicCall, PublicRun, TransitNow } from '../../../shared/public/transitNow.ts';

// The schema is proto2; in an object the library would take it for proto3.
const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(gtfsRealtimeSpec).map(([name, fields]) => [name, { edition: 'proto2', fields }]),
  ),
}).resolveAll();
const [messageType, entityType] = [root.lookupType('FeedMessage'), root.lookupType('FeedEntity')];

/** Values of the specification's enumerations. */
const FULL_DATASET = 0;
const SKIPPED = 1;
const trips = { scheduled: 0, unscheduled: 2, canceled: 3 } as const;
const causes: Partial<Record<Fact['incident'], number>> = { crash: 6, powerOutage: 3, waterMain: 3, stalledVehicle: 6 };
const OTHER_CAUSE = 2;
const UNKNOWN_EFFECT = 8;

const seconds = (atMs: number): number => Math.floor(atMs / 1000);

/** A whole feed of so many entities; its stamp never lies before one of theirs. */
function feed(entities: readonly FeedEntity[], atMs: number): Uint8Array {
  return messageType
    .encode({
      header: { gtfsRealtimeVersion: '2.0', incrementality: FULL_DATASET, timestamp: seconds(atMs) },
      entity: entities.map((entity) => entityType.encode(entity).finish()),
    })
    .finish();
}

function descriptor(run: PublicRun, isCancelled = false): TripDescriptor {
  const { tripId, routeId, directionId, startDate, startTime, isByHeadway } = run;
  return {
    tripId,
    routeId,
    directionId,
    startDate,
    ...(startTime !== undefined && { startTime }),
    scheduleRelationship: isCancelled ? trips.canceled : isByHeadway ? trips.unscheduled : trips.scheduled,
  };
}

function update({ stopId, sequence, arrivalMs, departureMs }: PublicCall): StopTimeUpdate {
  const about = { stopSequence: sequence, stopId };
  if (arrivalMs === undefined || departureMs === undefined) return { ...about, scheduleRelationship: SKIPPED };
  return { ...about, arrival: { time: seconds(arrivalMs) }, departure: { time: seconds(departureMs) } };
}

const named = (vehicleId: string, label: string | undefined): { id: string; label?: string } => ({
  id: vehicleId,
  ...(label !== undefined && { label }),
});

const runName = ({ tripId, startDate, startTime = '' }: PublicRun): string =>
  `${tripId} ${startDate} ${startTime}`.trim();

/** What is expected at the stops ahead, and which trips are cancelled. */
export function tripUpdates(now: TransitNow): Uint8Array {
  const entities = now.trips.map(({ run, isCancelled, vehicleId, label, atMs, calls }) => ({
    id: runName(run),
    tripUpdate: {
      trip: descriptor(run, isCancelled),
      ...(vehicleId !== undefined && { vehicle: named(vehicleId, label) }),
      stopTimeUpdate: calls.map(update),
      timestamp: seconds(Math.min(atMs, now.atMs)),
    },
  }));
  return feed(entities, now.atMs);
}

/** Where the vehicles are. */
export function vehiclePositions(now: TransitNow): Uint8Array {
  const entities = now.vehicles.map(({ vehicleId, label, run, lon, lat, headingDeg, speedMps, next, atMs }) => ({
    id: vehicleId,
    vehicle: {
      vehicle: named(vehicleId, label),
      ...(run !== undefined && { trip: descriptor(run) }),
      position: {
        latitude: lat,
        longitude: lon,
        ...(headingDeg !== undefined && { bearing: headingDeg }),
        ...(speedMps !== undefined && { speed: speedMps }),
      },
      ...(next !== undefined && { currentStopSequence: next.sequence, stopId: next.stopId }),
      timestamp: seconds(Math.min(atMs, now.atMs)),
    },
  }));
  return feed(entities, now.atMs);
}

/** Service alerts; `titleOf` is the template of a fact, its text what a person released. */
export function serviceAlerts(
  facts: readonly Fact[],
  atMs: number,
  titleOf: (fact: Fact, language: Language) => string,
): Uint8Array {
  const entities = facts.flatMap((fact): FeedEntity[] => {
    const { id, routeIds = [], incident, text, sinceMs, untilMs } = fact;
    if (routeIds.length === 0) return [];
    const headerText = { translation: languages.map((language) => ({ text: titleOf(fact, language), language })) };
    return [
      {
        id,
        alert: {
          activePeriod: [{ start: seconds(sinceMs), ...(untilMs !== undefined && { end: seconds(untilMs) }) }],
          informedEntity: routeIds.map((routeId) => ({ routeId })),
          cause: causes[incident] ?? OTHER_CAUSE,
          effect: UNKNOWN_EFFECT,
          headerText,
          ...(text !== undefined && { descriptionText: { translation: [{ text }] } }),
        },
      },
    ];
  });
  return feed(entities, atMs);
}
