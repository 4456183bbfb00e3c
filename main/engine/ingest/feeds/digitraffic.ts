import { z } from 'zod';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Sample } from '../../../../shared/base/values.ts';
import type { Feed, FeedResult } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { digitrafficNotice, digitrafficSituation } from './digitrafficNotice.ts';
import { STATION_ID_PREFIX } from '../../registry/addFeedDevices.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';
import { isImplausibleSpeed } from './plausible.ts';
import { siUnit } from './siUnit.ts';

/** Times are epoch seconds. */
const WEATHER_PREFIX = 'weather';

const sensorSchema = z.object({ value: z.number(), time: z.number() });

/**
 * The shortest window of each quantity among the sensors of the county's register, in minutes: this one is the
 * direction's own series, whatever comes first. Undefined until the first message.
 */
type State = { shortest: ReadonlyMap<Quantity, number> | undefined };
type Meaning = { quantity: Quantity; value: number; suffix: string; minutes?: number };

/**
 * OHITUKSET (passings) and KESKINOPEUS (mean speed), over 5 or 60 minutes, sliding (LIUKUVA) or fixed (KIINTEA), in
 * direction (SUUNTA) 1 or 2.
 */
const NAME = /^(OHITUKSET|KESKINOPEUS)_(\d+)MIN_(LIUKUVA|KIINTEA)_SUUNTA([12])$/;

/** What a traffic station's sensor measures, in SI; undefined where Beacon does not know the name or the unit. */
function meaningOf(sensor: { name: string; unit: string } | undefined, value: number): Meaning | undefined {
  const [, measure, window, , direction] = NAME.exec(sensor?.name ?? '') ?? [];
  if (sensor === undefined || direction === undefined) return undefined;
  const minutes = Number(window);
  const about = { suffix: `/${direction}`, minutes };
  if (measure === 'KESKINOPEUS')
    return sensor.unit === 'km/h' ? { ...about, quantity: 'speedMps', value: value / 3.6 } : undefined;
  // kpl/h (pieces per hour) is a rate, whatever the window; kpl is a count in the window.
  if (sensor.unit === 'kpl/h') return { ...about, quantity: 'flowVph', value };
  return sensor.unit === 'kpl' && minutes > 0
    ? { ...about, quantity: 'flowVph', value: (value * 60) / minutes }
    : undefined;
}

function doubtOf({ quantity, value }: Meaning): string | undefined {
  if (quantity === 'flowVph' && value < 0) return 'A flow cannot be negative.';
  if (quantity !== 'speedMps') return undefined;
  // The station reports 0 km/h when nothing passed: only a moving vehicle can be measured.
  if (value === 0) return 'A mean speed of 0 means that nothing passed.';
  return isImplausibleSpeed(value) ? 'No vehicle goes at this speed.' : undefined;
}

function shortestWindows(registry: Registry): Map<Quantity, number> {
  const shortest = new Map<Quantity, number>();
  for (const sensor of registry.digitrafficSensors) {
    const { quantity, minutes = 0 } = meaningOf(sensor, 0) ?? {};
    if (quantity !== undefined) shortest.set(quantity, Math.min(shortest.get(quantity) ?? minutes, minutes));
  }
  return shortest;
}

/** The device of a sensor: longer windows get series of their own, so that they never mix with the shortest. */
function deviceOf(
  state: State,
  station: string,
  { suffix, quantity, minutes = 0 }: Meaning,
  registry: Registry,
): string {
  state.shortest ??= shortestWindows(registry);
  const main = `${STATION_ID_PREFIX}:${station}${suffix}`;
  return minutes === (state.shortest.get(quantity) ?? minutes) ? main : `${main}/${String(minutes)}min`;
}

const raw = (
  prefix: string,
  station: string,
  sensorId: string,
  value: number,
  atMs: number,
  reason: string,
): Sample => ({
  kind: 'sample',
  deviceId: `${prefix}:${station}/s${sensorId}`,
  quantity: 'rawValue',
  value,
  atMs,
  quality: 'suspect',
  reason,
});

function trafficSample(
  state: State,
  station: string,
  sensorId: string,
  value: number,
  atMs: number,
  registry: Registry,
): Sample {
  const sensor = registry.digitrafficSensor(Number(sensorId));
  const meaning = meaningOf(sensor, value);
  const told =
    sensor === undefined
      ? "The county's register does not have this sensor."
      : `Beacon has no quantity for ${sensor.name} in ${sensor.unit}.`;
  if (meaning === undefined) return raw(STATION_ID_PREFIX, station, sensorId, value, atMs, told);
  const reason = doubtOf(meaning);
  const about = {
    kind: 'sample',
    deviceId: deviceOf(state, station, meaning, registry),
    quantity: meaning.quantity,
    value: meaning.value,
    atMs,
  } as const;
  return reason === undefined ? { ...about, quality: 'good' } : { ...about, quality: 'suspect', reason };
}

/** Each sensor of a weather station is a device, because air, road and ground have temperatures of their own. */
function weatherSample(station: string, sensorId: string, value: number, atMs: number, registry: Registry): Sample {
  const sensor = registry.digitrafficSensor(Number(sensorId));
  const unit = siUnit(sensor?.unit ?? '');
  if (unit?.dimension === 'temperatureC') {
    return {
      kind: 'sample',
      deviceId: `${WEATHER_PREFIX}:${station}/s${sensorId}`,
      quantity: 'temperatureC',
      value: unit.toSi(value),
      atMs,
      quality: 'good',
    };
  }
  return raw(
    WEATHER_PREFIX,
    station,
    sensorId,
    value,
    atMs,
    sensor === undefined
      ? "The county's register does not have this sensor."
      : `Beacon has no quantity for ${sensor.name}.`,
  );
}

function sensorMessage(
  state: State,
  [kind, station = '', sensorId = '']: string[],
  payload: Uint8Array,
  registry: Registry,
): FeedResult<State> {
  if (!/^\d+$/.test(station) || !/^\d+$/.test(sensorId))
    return { state, refusal: { reason: 'badTopic', detail: `not ${kind ?? ''}/<station>/<sensor>` } };
  const decoded = jsonMessage(sensorSchema, payload);
  if ('refusal' in decoded) return { state, refusal: decoded.refusal };
  const { value, time } = decoded.message;
  const atMs = time * 1000;
  if (!isTime(atMs))
    return {
      state,
      refusal: { reason: 'badTime', detail: `time ${String(time)} is not epoch seconds of a plausible time` },
    };
  const sample =
    kind === 'tms-v2'
      ? trafficSample(state, station, sensorId, value, atMs, registry)
      : weatherSample(station, sensorId, value, atMs, registry);
  return { state, values: [sample] };
}

/**
 * Finnish road traffic as Digitraffic publishes it (digitraffic.fi, "Road traffic", MQTT). Messages carry neither unit
 * nor place: both come from the county's register of stations and sensors. A station counts two directions, which are
 * the devices `tms:<station>/1` and `/2`.
 */
export const digitraffic: Feed<State, undefined, 'digitraffic'> = {
  id: 'digitraffic',
  name: 'Traffic stations (Digitraffic)',
  filters: ['tms-v2/#', 'weather-v2/#', 'traffic-message-v2/#', 'maintenance-v2/#'],
  qos: 0,
  idPrefixes: [STATION_ID_PREFIX, WEATHER_PREFIX],
  quietAfterMs: 600_000,
  initialState: () => ({ shortest: undefined }),
  step(state, topic, payload, receivedAtMs, registry) {
    const levels = topic.split('/');
    const [kind, second] = levels;
    // Ignored are heartbeats, the winter maintenance of the whole country, and DATEX II, which repeats the simple form
    // in XML.
    if (second === 'status' || kind === 'maintenance-v2' || second === 'datex2') return { state, values: [] };
    if (kind !== 'traffic-message-v2') return sensorMessage(state, levels, payload, registry);
    if (second !== 'simple')
      return { state, refusal: { reason: 'badTopic', detail: 'not traffic-message-v2/simple/<situation type>' } };
    const decoded = digitrafficSituation(payload);
    if ('refusal' in decoded) return { state, refusal: decoded.refusal };
    const notice = digitrafficNotice(decoded.message, receivedAtMs);
    return isTime(notice.atMs)
      ? { state, values: [notice] }
      : {
          state,
          refusal: { reason: 'badTime', detail: `versionTime ${String(decoded.message.properties.versionTime)}` },
        };
  },
};
