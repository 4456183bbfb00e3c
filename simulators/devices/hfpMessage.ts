import { type Message } from './message.ts';
import { type BusMoment, serviceDate } from './BusFleet.ts';

/** The operator's number; four digits in the topic. */
const OPERATOR = 12;
/** Decimals of the position that the topic carries. */
const GEOHASH_DIGITS = 3;

export type HfpEvent = 'vp' | 'arr' | 'dep';

/**
 * A bus in the format of High-Frequency Positioning v2 (digitransit.fi, real-time API): the journey in the topic, one
 * event object in the payload. `dl` is negative when late, the direction is 1 or 2, `start` is the local clock time of
 * the first departure. `before` is the geohash of the bus's last message, from which the geohash level is computed.
 */
export function hfpMessage(
  bus: BusMoment,
  event: HfpEvent,
  atMs: number,
  before: string | undefined,
): { message: Message; geohash: string } {
  const { trip } = bus;
  const geohash = geohashOf(bus.lat, bus.lon);
  const stop = trip.stops[bus.nextStop];
  const nextStop = bus.isFinished ? 'EOL' : (stop?.stopId ?? '');
  const start = clockOf(trip.stops[0]?.departureS ?? 0);
  const direction = String(trip.directionId + 1);
  const levels = [
    '',
    'hfp',
    'v2',
    'journey',
    'ongoing',
    event,
    'bus',
    String(OPERATOR).padStart(4, '0'),
    String(bus.vehicle).padStart(5, '0'),
    trip.routeId,
    direction,
    topicText(trip.headsign),
    start,
    nextStop,
  ];
  const instant = new Date(atMs).toISOString();
  const body = {
    desi: trip.routeId,
    dir: direction,
    oper: OPERATOR,
    veh: bus.vehicle,
    tst: instant,
    tsi: Math.floor(atMs / 1000),
    spd: round(bus.speedMps, 2),
    hdg: bus.headingDeg,
    lat: bus.lat,
    long: bus.lon,
    acc: 0,
    dl: -Math.round(bus.delayS),
    odo: Math.round(bus.odometerM),
    drst: bus.isAtStop && !bus.isFinished ? 1 : 0,
    oday: serviceDate(bus.day),
    jrn: journeyNumber(trip.id),
    line: lineNumber(trip.routeId),
    start,
    loc: 'GPS',
    stop: bus.isAtStop ? (stop?.stopId ?? null) : null,
    route: trip.routeId,
    occu: 0,
    ...(event === 'vp'
      ? {}
      : { ttarr: scheduled(bus, atMs, stop?.arrivalS), ttdep: scheduled(bus, atMs, stop?.departureS) }),
  };
  const topic = [...levels, geohashLevel(before, geohash, event), geohash].join('/');
  return { message: { topic, payload: JSON.stringify({ [event.toUpperCase()]: body }), qos: 0, atMs }, geohash };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const topicText = (text: string): string => text.replaceAll(/[/+#]/g, ' ');
const lineNumber = (routeId: string): number => Number.parseInt(routeId, 10) || 0;
/** A number that is always the same for a trip; HSL's own journey numbers are internal too. */
const journeyNumber = (tripId: string): number => Number(tripId.replaceAll(/\D/g, '').slice(-6)) || 0;

function clockOf(seconds: number): string {
  const minutes = Math.round(seconds / 60) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The timetable's time of a stop, computed back from the delay. */
function scheduled(bus: BusMoment, atMs: number, plannedS: number | undefined): string | null {
  const stop = bus.trip.stops[bus.nextStop];
  if (plannedS === undefined || stop === undefined) return null;
  return new Date(Math.round((atMs - bus.delayS * 1000) / 1000 + (plannedS - stop.departureS)) * 1000).toISOString();
}

/** `60;24/17/28/39` is 60.123, 24.789: whole degrees, then the decimals of both, interleaved. */
function geohashOf(lat: number, lon: number): string {
  const decimals = (value: number): string =>
    Math.abs(value % 1)
      .toFixed(GEOHASH_DIGITS + 2)
      .slice(2, 2 + GEOHASH_DIGITS);
  const [first, second] = [decimals(lat), decimals(lon)];
  return [
    `${Math.trunc(lat)};${Math.trunc(lon)}`,
    ...Array.from(first, (digit, i) => `${digit}${second[i] ?? '0'}`),
  ].join('/');
}

/** 0 for a change of status, else the most significant level that changed. */
function geohashLevel(before: string | undefined, now: string, event: HfpEvent): number {
  if (event !== 'vp' || before === undefined) return 0;
  const [old, fresh] = [before.split('/'), now.split('/')];
  const changed = fresh.findIndex((part, i) => part !== old[i]);
  return changed < 0 ? GEOHASH_DIGITS + 2 : changed + 1;
}
