import type { StopForecast, TripReport } from '../../../../shared/base/values.ts';
import { nameFault } from '../../../../shared/wire/names.ts';
import type { Registry } from '../../registry/Registry.ts';
import { countyIds } from './countyIds.ts';
import type { CountyIds } from './countyIds.ts';
import type { StopTimeEvent, StopTimeUpdate, TripUpdate } from '../../../../shared/public/gtfsRealtime.ts';
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

function forecast(
  { stopSequence, stopId, arrival, departure, scheduleRelationship }: StopTimeUpdate,
  ids: CountyIds,
): StopForecast {
  return {
    kind: scheduleRelationship === SKIPPED ? 'skipped' : scheduleRelationship === NO_DATA ? 'noData' : 'expected',
    ...present({
      stopId: stopId === undefined || nameFault('stopId', stopId) !== undefined ? undefined : ids.stop(stopId),
      stopSequence,
      arrivalMs: millisecondsOf(arrival),
      departureMs: millisecondsOf(departure),
      arrivalDelayS: delayOf(arrival),
      departureDelayS: delayOf(departure),
    }),
  };
}

/** What a trip update says; undefined where it names no trip, neither by id nor by route and start. */
export function gtfsTripUpdate(
  update: TripUpdate,
  atMs: number,
  agency: string | undefined,
  registry: Pick<Registry, 'timetable'>,
): TripReport | undefined {
  const ids = countyIds(registry, agency);
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
    stops: (update.stopTimeUpdate ?? []).map((stop) => forecast(stop, ids)),
    ...facts,
    ...present({
      agency,
      routeId: facts.routeId === undefined ? undefined : ids.route(facts.routeId),
      serviceDay: copy?.serviceDay ?? facts.serviceDay,
      startTime: copy?.startTime ?? facts.startTime,
      copyId: copy?.tripId,
      vehicleId: update.vehicle === undefined ? undefined : gtfsVehicleId(agency, update.vehicle, trip),
      delayS: update.delay,
    }),
  };
}
