import type { StopForecast, TripReport } from '../../../../shared/base/values.ts';
import { nameFault } from '../../../../shared/wire/names.ts';
import type { StopTimeEvent, StopTimeUpdate, TripUpdate } from './gtfsRealtimeSchema.ts';
import { gtfsTimeS, gtfsVehicleId, tripFacts, tripKindOf } from './gtfsTrip.ts';
import { present } from './present.ts';

/** StopTimeUpdate.ScheduleRelationship. */
const SKIPPED = 1;
const NO_DATA = 2;

const millisecondsOf = (event: StopTimeEvent | undefined): number | undefined => {
  const seconds = gtfsTimeS(event?.time);
  return seconds === undefined ? undefined : seconds * 1000;
};

/** The delay that the event itself gives: as such, or between its own two times. Seconds, positive when late. */
function delayOf(event: StopTimeEvent | undefined): number | undefined {
  const [time, scheduled] = [gtfsTimeS(event?.time), gtfsTimeS(event?.scheduledTime)];
  return time !== undefined && scheduled !== undefined ? time - scheduled : event?.delay;
}

function forecast({ stopSequence, stopId, arrival, departure, scheduleRelationship }: StopTimeUpdate): StopForecast {
  return {
    kind: scheduleRelationship === SKIPPED ? 'skipped' : scheduleRelationship === NO_DATA ? 'noData' : 'expected',
    ...present({
      stopId: stopId === undefined || nameFault('stopId', stopId) !== undefined ? undefined : stopId,
      stopSequence,
      arrivalMs: millisecondsOf(arrival),
      departureMs: millisecondsOf(departure),
      arrivalDelayS: delayOf(arrival),
      departureDelayS: delayOf(departure),
    }),
  };
}

/** What a trip update says; undefined where it names no trip, neither by id nor by route and start. */
export function gtfsTripUpdate(update: TripUpdate, atMs: number, agency: string | undefined): TripReport | undefined {
  const { trip = {}, tripProperties: own } = update;
  const facts = tripFacts(trip);
  // An update that names only a route applies to all its trips, which no single delay can describe.
  if (facts.tripId === undefined && (facts.routeId === undefined || facts.startTime === undefined)) return undefined;
  const kind = tripKindOf(trip);
  const copy = kind === 'duplicated' && own !== undefined ? tripFacts(own) : undefined;
  return {
    kind: 'tripReport',
    tripKind: kind,
    atMs,
    quality: 'good',
    stops: (update.stopTimeUpdate ?? []).map(forecast),
    ...facts,
    ...present({
      agency,
      serviceDay: copy?.serviceDay ?? facts.serviceDay,
      startTime: copy?.startTime ?? facts.startTime,
      copyId: copy?.tripId,
      vehicleId: update.vehicle === undefined ? undefined : gtfsVehicleId(agency, update.vehicle, trip),
      delayS: update.delay,
    }),
  };
}
