/**
 * The delays that are on time, in seconds, positive when late: from one minute ahead to five minutes behind (Toronto
 * Transit Commission, for departures).
 */
export const ON_TIME_S = { from: -60, to: 300 } as const;
/**
 * From this delay on, in seconds, a vehicle is on the list of the very late; it leaves the list when its delay is lower
 * than this by a dead-band (Skate: MBTA, SEPTA …).
 */
export const VERY_LATE_S = 900;
/**
 * A route with headways up to this, in seconds, is frequent: with a vehicle every quarter of an hour passengers do not
 * look at the timetable, so headways count instead of punctuality.
 */
export const FREQUENT_HEADWAY_S = 900;
/** Two vehicles are bunched when their headway is less than this share of the scheduled one (TCQSM). */
const BUNCHED_SHARE = 0.5;

/** Whether a delay (seconds, positive when late) counts as on time. */
export const isOnTime = (delayS: number): boolean => delayS >= ON_TIME_S.from && delayS <= ON_TIME_S.to;

/**
 * The headway that passengers meet between two consecutive vehicles, seconds: the scheduled one, longer by what the
 * follower is behind and shorter by what the leader is.
 */
export const actualHeadway = (scheduledS: number, leaderDelayS: number, followerDelayS: number): number =>
  scheduledS + followerDelayS - leaderDelayS;

/** Whether a headway is so short, beside the scheduled one, that two vehicles are bunched. Seconds. */
export const isBunched = (actualS: number, scheduledS: number): boolean => actualS < BUNCHED_SHARE * scheduledS;

/** A gap is a headway of twice the scheduled one and at least this much longer, in seconds. */
const GAP_S = 300;

/** Whether a headway is so long, beside the scheduled one, that a gap is open in the service. Seconds. */
export const isGapped = (actualS: number, scheduledS: number): boolean =>
  actualS >= 2 * scheduledS && actualS - scheduledS >= GAP_S;

/** Whether a headway is within ± 50 % of the scheduled one (Toronto Transit Commission). Seconds. */
export const isHeadwayKept = (actualS: number, scheduledS: number): boolean =>
  Math.abs(actualS - scheduledS) <= 0.5 * scheduledS;

/**
 * A stop of a trip, by its distance along the trip's line in metres; times are seconds of the service day. `sequence`
 * is its number in the timetable.
 */
export type PlannedStop = { stopId: string; sequence?: number; alongM: number; arrivalS: number; departureS: number };

/**
 * When a vehicle should be at a distance along its line, in seconds of the service day: at an even pace between two
 * stops, and at a stop its departure. Before the first stop it is the first departure, after the last stop the last
 * arrival. `stops` are ascending. NaN for a trip without stops.
 */
export function scheduledAt(stops: readonly PlannedStop[], alongM: number): number {
  const next = stops.findIndex((stop) => stop.alongM > alongM);
  const after = stops[next];
  if (after === undefined) return stops.at(-1)?.arrivalS ?? Number.NaN;
  const before = stops[next - 1];
  if (before === undefined) return after.departureS;
  const share = (alongM - before.alongM) / (after.alongM - before.alongM);
  return before.departureS + share * (after.arrivalS - before.departureS);
}

/** A vehicle this near to a stop, in metres along its line, is at it: half a bus and the error of its position. */
const AT_STOP_M = 40;

/**
 * How late a vehicle is at a distance along its line, in seconds, positive when late: `atS` is the time in seconds of
 * the service day. At a stop where it is to wait it is on time from its arrival until its departure. NaN for a trip
 * without stops.
 */
export function delayAt(stops: readonly PlannedStop[], alongM: number, atS: number): number {
  let nearest: PlannedStop | undefined;
  for (const stop of stops) {
    const offM = Math.abs(stop.alongM - alongM);
    if (offM <= AT_STOP_M && offM < Math.abs((nearest?.alongM ?? Number.POSITIVE_INFINITY) - alongM)) nearest = stop;
  }
  const betweenS = atS - scheduledAt(stops, alongM);
  if (nearest === undefined) return betweenS;
  const atStopS = atS < nearest.arrivalS ? atS - nearest.arrivalS : Math.max(0, atS - nearest.departureS);
  // Whether it is at the stop or just before or behind it is not known: a timetable that gives minutes to a few metres
  // would make a vehicle late or early that is neither.
  return Math.abs(atStopS) < Math.abs(betweenS) ? atStopS : betweenS;
}

/**
 * The delays, in seconds, that a vehicle on its trip can have: beyond them the report means another unit, day, run or
 * vehicle.
 */
export const PLAUSIBLE_DELAY_S = { from: -900, to: 5400 } as const;

/** Whether a delay in seconds is one that a vehicle on its trip can have; false for NaN. */
export const isPlausibleDelay = (delayS: number): boolean =>
  delayS >= PLAUSIBLE_DELAY_S.from && delayS <= PLAUSIBLE_DELAY_S.to;
