/** A stop of a trip of a timetable; seconds of the service day. */
export type PlanStop = { stopId: string; sequence: number; arrivalS: number; departureS: number };
/**
 * A trip of a timetable. `lineId`: its route and direction; `dayKind`: on which days it runs, by any name; `blockId` is
 * of one vehicle on one day.
 */
export type PlanTrip = { id: string; lineId: string; dayKind: string; blockId?: string; stops: readonly PlanStop[] };
/** When a vehicle reached and left the stops of a trip, in seconds of the service day, by their numbers. */
export type MeasuredTimes = ReadonlyMap<number, { arrivalS?: number; departureS?: number }>;

/**
 * What a run of a trip met, apart from the timetable: the driving time to each stop (0 to the first one) and the time
 * that boarding took at it, and how much later it left than its departure or its vehicle demanded. Seconds.
 */
export type Course = { trip: PlanTrip; driveS: readonly number[]; dwellS: readonly number[]; startLateS: number };

/** A vehicle takes so long to turn round at the end of a trip, seconds. */
export const TURN_S = 45;
/** Vehicles wait rather than leave earlier than this, seconds. */
export const HOLD_S = 40;
/** Boarding where it was not seen because the vehicle waited for its departure anyway, seconds. */
const USUAL_DWELL_S = 15;
/** A run of which fewer stops were measured says too little. */
const LEAST_SHARE = 0.8;

type Passage = { arrivalS: number; departureS: number };

/** The times at a trip's stops; what is missing lies between its neighbours as in the timetable. */
function passagesOf({ stops }: PlanTrip, times: MeasuredTimes): Passage[] | undefined {
  const last = stops.length - 1;
  const known = stops.map(({ sequence }, index): Passage | undefined => {
    const { arrivalS, departureS } = times.get(sequence) ?? {};
    const arrival = index === 0 ? (arrivalS ?? departureS) : arrivalS;
    const departure = index === last ? (departureS ?? arrivalS) : departureS;
    return arrival === undefined || departure === undefined ? undefined : { arrivalS: arrival, departureS: departure };
  });
  const share = known.filter((each) => each !== undefined).length / stops.length;
  if (share < LEAST_SHARE || known[0] === undefined || known[last] === undefined) return undefined;
  return known.map((passage, index) => passage ?? between(stops, known, index));
}

function between(stops: readonly PlanStop[], known: readonly (Passage | undefined)[], index: number): Passage {
  const from = known.findLastIndex((each, at) => at < index && each !== undefined);
  const to = known.findIndex((each, at) => at > index && each !== undefined);
  const planned = (at: number): number => stops[at]?.arrivalS ?? Number.NaN;
  const span = Math.max(1, planned(to) - planned(from));
  const [leftS, reachedS] = [known[from]?.departureS ?? Number.NaN, known[to]?.arrivalS ?? Number.NaN];
  const atS = leftS + ((planned(index) - planned(from)) / span) * (reachedS - leftS);
  return { arrivalS: atS, departureS: atS };
}

/**
 * What a measured run met; undefined where too little of it was measured. `freeS`: when its vehicle had ended the trip
 * before.
 */
export function courseOf(trip: PlanTrip, times: MeasuredTimes, freeS: number | undefined): Course | undefined {
  const passages = passagesOf(trip, times);
  const [first] = trip.stops;
  if (passages === undefined || first === undefined) return undefined;
  const driveS = passages.map(({ arrivalS }, index) =>
    index === 0 ? 0 : Math.max(1, arrivalS - (passages[index - 1]?.departureS ?? arrivalS)),
  );
  const dwellS = passages.map(({ arrivalS, departureS }, index) => {
    const hasWaited = arrivalS < (trip.stops[index]?.departureS ?? 0) - HOLD_S;
    return Math.max(0, hasWaited ? Math.min(USUAL_DWELL_S, departureS - arrivalS) : departureS - arrivalS);
  });
  const dueS = Math.max(first.departureS, (freeS ?? Number.NEGATIVE_INFINITY) + TURN_S);
  return { trip, driveS, dwellS, startLateS: Math.max(0, (passages[0]?.departureS ?? dueS) - dueS) };
}

/** The value below which a share of ascending values lies; NaN for none. */
export function quantile(ascending: readonly number[], share: number): number {
  const at = share * (ascending.length - 1);
  const [low, high] = [ascending[Math.floor(at)], ascending[Math.ceil(at)]];
  return low === undefined || high === undefined ? Number.NaN : low + (at - Math.floor(at)) * (high - low);
}
