import { z } from 'zod';
import { isQuantity, quantities } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { DeviceFlags, Notice, Sample, Value } from '../../../../shared/base/values.ts';
import { counterWord } from '../../../../shared/utilities/statusCounters.ts';
import type { Feed, FeedResult } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';
import { textNumber } from './textNumbers.ts';
import { commodityOf, livePhases, lostRegister, siFields, wmbusReading } from './wmbusReading.ts';
import { wmbusStates } from './wmbusStates.ts';

/** Fields differ by driver and by version, so only those that identify the meter are required. */
const telegramSchema = z.looseObject({
  id: z.union([z.string().min(1).max(60), z.number().int().nonnegative().transform(String)]),
  media: z.string().max(60).optional(),
  name: z.string().max(120).optional(),
  timestamp: z.string().optional(),
});
type Telegram = z.output<typeof telegramSchema>;

const ID_PREFIX = 'wmbus';
const ALARM_TOPIC = 'wmbusmeters_alarm';
const COLDEST_C = -60;
const HOTTEST_C = 120;
/** Printed instead of the clock by installations that want output without a time; it stands for the time of receipt. */
const NO_TIME = /^1111-11-11/;

const timeOf = ({ timestamp }: Telegram, receivedAtMs: number): number =>
  timestamp === undefined || NO_TIME.test(timestamp) ? receivedAtMs : Date.parse(timestamp);

/**
 * The whole present state, where the meter reports one; otherwise an empty list of events, which carries the meter's
 * kind and name. Which phases have voltage goes with it.
 */
function flagsOf(telegram: Telegram, deviceId: string, atMs: number, phases: number | undefined): DeviceFlags {
  const words = wmbusStates(telegram);
  return {
    kind: 'flags',
    deviceId,
    atMs,
    quality: 'good',
    flags: [...(words ?? []), ...(phases === undefined ? [] : [counterWord('phases', phases)])],
    isState: words !== undefined,
    ...(telegram.media !== undefined && { media: telegram.media }),
    ...(telegram.name !== undefined && { name: telegram.name }),
  };
}

function toSample(deviceId: string, quantity: Quantity, value: number, atMs: number): Sample {
  const about = { kind: 'sample', deviceId, quantity, value, atMs } as const;
  // Sensors that are not connected report the end of their range, -100 or 127.
  const isImplausible = quantity === 'temperatureC' && (value < COLDEST_C || value > HOTTEST_C);
  return isImplausible
    ? { ...about, quality: 'suspect', reason: 'No sensor of a meter is this cold or hot.' }
    : { ...about, quality: 'good' };
}

/** Pulse adapters count pulses of meters whose unit they do not know; each input is a device. */
function pulses(telegram: Telegram, deviceId: string, atMs: number, registry: Registry): Sample[] {
  return ['a', 'b'].flatMap((input): Sample[] => {
    const held = telegram[`${input}_counter`];
    const count = typeof held === 'string' ? textNumber(held) : held;
    if (typeof count !== 'number' || !Number.isFinite(count)) return [];
    const id = `${deviceId}/${input}`;
    const scale = (registry.device(id) ?? registry.device(deviceId))?.count;
    if (scale !== undefined) return [toSample(id, scale.quantity, count * scale.perCount, atMs)];
    return [
      {
        kind: 'sample',
        deviceId: id,
        quantity: 'rawCount',
        value: count,
        atMs,
        quality: 'suspect',
        reason: "The county's register does not say what one pulse is.",
      },
    ];
  });
}

function valuesOf(telegram: Telegram, atMs: number, registry: Registry): Value[] {
  const deviceId = `${ID_PREFIX}:${telegram.id}`;
  const fields = siFields(telegram);
  const commodity = commodityOf(telegram.media ?? '');
  const reading = wmbusReading(fields, commodity, registry.profile.nominalVoltageV);
  const phases = commodity === 'electricity' ? livePhases(fields, registry.profile.nominalVoltageV) : undefined;
  const samples = Object.entries(reading).flatMap(([quantity, value]) =>
    value !== undefined && isQuantity(quantity) ? [toSample(deviceId, quantity, value, atMs)] : [],
  );
  return [...samples, ...pulses(telegram, deviceId, atMs, registry), flagsOf(telegram, deviceId, atMs, phases)];
}

const isRegister = (value: Value): boolean => value.kind === 'sample' && quantities[value.quantity].kind === 'counter';

/** `DeviceInactivity The bus device im871a has been inactive …`: the alarm's type, then words. */
function alarm(payload: Uint8Array, receivedAtMs: number): FeedResult<undefined> {
  const words = new TextDecoder().decode(payload.subarray(0, 2000)).trim();
  const [type = ''] = words.split(/\s/, 1);
  if (type === '') return { state: undefined, refusal: { reason: 'badShape', detail: 'an alarm without words' } };
  const notice: Notice = {
    kind: 'notice',
    noticeId: `${ID_PREFIX}:alarm/${type}`,
    source: 'Meter radio (wmbusmeters)',
    title: type,
    text: words.slice(type.length).trim(),
    severity: 'warning',
    atMs: receivedAtMs,
    quality: 'good',
  };
  return { state: undefined, values: [notice] };
}

/**
 * Meters as wmbusmeters publishes their telegrams (README of wmbusmeters, "MQTT"). The unit is the last part of a
 * field's name; registers are cumulative; the user chooses the topic below `wmbusmeters/`, so the meter is identified
 * by its `id`.
 */
export const wmbusmeters: Feed<undefined, undefined, 'wmbusmeters'> = {
  id: 'wmbusmeters',
  name: 'Radio meters (wmbusmeters)',
  filters: ['wmbusmeters/#', ALARM_TOPIC],
  qos: 1,
  idPrefixes: [ID_PREFIX],
  // Meters send between every few seconds and once per day; a whole receiver counts as quiet after an hour.
  quietAfterMs: 3_600_000,
  initialState: () => undefined,
  step(state, topic, payload, receivedAtMs, registry) {
    if (topic === ALARM_TOPIC) return alarm(payload, receivedAtMs);
    const decoded = jsonMessage(telegramSchema, payload);
    if ('refusal' in decoded) return { state, refusal: decoded.refusal };
    const atMs = timeOf(decoded.message, receivedAtMs);
    if (!isTime(atMs))
      return { state, refusal: { reason: 'badTime', detail: `timestamp ${String(decoded.message.timestamp)}` } };
    const values = valuesOf(decoded.message, atMs, registry);
    const lost = values.some(isRegister) ? undefined : lostRegister(decoded.message);
    return { state, values, ...(lost !== undefined && { partRefused: { reason: 'badShape' as const, detail: lost } }) };
  },
};
