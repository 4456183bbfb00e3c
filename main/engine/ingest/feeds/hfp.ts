import { z } from 'zod';
import type { VehicleObservation } from '../../../../shared/base/values.ts';
import type { Feed } from '../feed.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';
import { modeOfWord } from './modeWords.ts';
import { isImplausibleSpeed, isPlace } from './plausible.ts';
import { present } from './present.ts';

/**
 * High-frequency positioning v2 as HSL publishes it (digitransit.fi, "High-frequency positioning"). Traps: `dl` is
 * negative when late; directions are 1 and 2; the longitude is called `long`; the vehicle is identified by the operator
 * and number in the topic, as the payload's `oper` is the operator that runs the trip.
 */
const optionalText = z.union([z.string(), z.number()]).nullish();
const optionalNumber = z.number().nullish();
const eventSchema = z.object({
  desi: optionalText,
  dir: optionalText,
  tst: z.string().nullish(),
  tsi: optionalNumber,
  spd: optionalNumber,
  hdg: optionalNumber,
  lat: optionalNumber,
  long: optionalNumber,
  dl: optionalNumber,
  drst: optionalNumber,
  oday: z.string().nullish(),
  start: z.string().nullish(),
  loc: z.string().nullish(),
  stop: optionalText,
  route: optionalText,
  occu: optionalNumber,
});
type Event = z.output<typeof eventSchema>;
/** An object with one key, which is the event's type in capitals. */
const messageSchema = z
  .record(z.string(), eventSchema)
  .refine((message) => Object.keys(message).length === 1, 'a message has one event');

const ID_PREFIX = 'hfp';
/** Signed off, or on the way without a trip. */
const OUT_OF_SERVICE = new Set(['deadrun', 'signoff']);

const isWithin = (value: number | null | undefined, most: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= most;
const text = (value: string | number | null | undefined): string | undefined =>
  value === null || value === undefined || value === '' ? undefined : String(value);
type Topic = {
  journeyType: string;
  mode: string;
  operator: string;
  vehicle: string;
  route: string;
  direction: string;
  headsign: string;
  start: string;
};

/** The topic's levels after the vehicle's number exist only during a journey. */
function parseTopic(topic: string): Topic | undefined {
  const [
    ,
    hfp,
    version,
    journeyType = '',
    ,
    ,
    mode = '',
    operator = '',
    vehicle = '',
    route = '',
    direction = '',
    headsign = '',
    start = '',
  ] = topic.split('/');
  if (hfp !== 'hfp' || version !== 'v2' || operator === '' || vehicle === '') return undefined;
  return { journeyType, mode, operator, vehicle, route, direction, headsign, start };
}

const timeOf = ({ tst, tsi }: Event): number =>
  typeof tst === 'string' ? Date.parse(tst) : typeof tsi === 'number' ? tsi * 1000 : Number.NaN;
const directionOf = (direction: string | undefined): 0 | 1 | undefined =>
  direction === '1' ? 0 : direction === '2' ? 1 : undefined;

function doubtOf(event: Event): string | undefined {
  return isImplausibleSpeed(event.spd) ? 'No vehicle goes at this speed.' : undefined;
}

/** The vehicle's number as people write it, without the leading zeros of the topic. */
const plain = (number: string): string => number.replace(/^0+(?=.)/, '');

function observation(topic: Topic, type: string, event: Event): VehicleObservation {
  const reason = doubtOf(event);
  const doors =
    type === 'DOO'
      ? true
      : type === 'DOC'
        ? false
        : event.drst === null || event.drst === undefined
          ? undefined
          : event.drst === 1;
  const optional = present({
    ...(isPlace(event.long, event.lat) && { lon: event.long, lat: event.lat }),
    speedMps: reason === undefined ? (event.spd ?? undefined) : undefined,
    headingDeg: isWithin(event.hdg, 360) ? event.hdg : undefined,
    delayS: typeof event.dl === 'number' ? -event.dl : undefined,
    routeId: text(event.route) ?? text(topic.route),
    routeName: text(event.desi),
    directionId: directionOf(text(event.dir) ?? topic.direction),
    stopId: text(event.stop),
    serviceDay: text(event.oday),
    startTime: text(event.start) ?? text(topic.start),
    occupancyRatio: isWithin(event.occu, 100) ? Math.max(0, event.occu) / 100 : undefined,
    doorsOpen: doors,
    positionSource: text(event.loc),
    reason,
  });
  return {
    kind: 'vehicle',
    vehicleId: `${ID_PREFIX}:${plain(topic.operator)}/${plain(topic.vehicle)}`,
    label: plain(topic.vehicle),
    mode: modeOfWord(topic.mode) ?? 'other',
    atMs: timeOf(event),
    quality: reason === undefined ? 'good' : 'suspect',
    outOfService: OUT_OF_SERVICE.has(topic.journeyType),
    ...optional,
  } as VehicleObservation;
}

export const hfp: Feed<undefined, undefined, 'hfp'> = {
  id: 'hfp',
  name: 'Vehicles (HFP)',
  filters: ['/hfp/v2/#'],
  qos: 0,
  idPrefixes: [ID_PREFIX],
  quietAfterMs: 120_000,
  initialState: () => undefined,
  step(state, topic, payload) {
    const place = parseTopic(topic);
    if (place === undefined)
      return {
        state,
        refusal: { reason: 'badTopic', detail: 'not /hfp/v2/<journey>/<temporal>/<event>/<mode>/<operator>/<vehicle>' },
      };
    const decoded = jsonMessage(messageSchema, payload);
    if ('refusal' in decoded) return { state, refusal: decoded.refusal };
    const [type, event] = Object.entries(decoded.message)[0] ?? [];
    if (type === undefined || event === undefined) return { state, values: [] };
    const seen = observation(place, type, event);
    if (!isTime(seen.atMs))
      return { state, refusal: { reason: 'badTime', detail: `tst ${String(event.tst)}, tsi ${String(event.tsi)}` } };
    return { state, values: [seen] };
  },
};
