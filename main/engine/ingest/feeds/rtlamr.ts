import { z } from 'zod';
import type { DeviceFlags, Sample, Value } from '../../../../shared/base/values.ts';
import { counterWord } from '../../../../shared/utilities/statusCounters.ts';
import type { Feed, Refusal } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';
import { gatewayTopic, readState } from './rtlamr2mqtt.ts';
import { parseLoosely } from './textNumbers.ts';

/** The common form of all kinds of message. `kind` is the module's type, whose low four bits give the commodity. */
type Reading = { id: number; count: number; kind?: number; flags: string[] };

const ID_PREFIX = 'ert';

const uint = z.number().int().nonnegative().max(0xffff_ffff);

/** Old versions put the two tamper counters, which count since manufacture, in an object of their own. */
const scm = z
  .object({
    ID: uint,
    Type: uint,
    Consumption: uint,
    TamperPhy: uint.optional(),
    TamperEnc: uint.optional(),
    Tamper: z.object({ Phy: uint, Enc: uint }).optional(),
  })
  .transform(({ ID, Type, Consumption, TamperPhy, TamperEnc, Tamper }): Reading => ({
    id: ID,
    count: Consumption,
    kind: Type,
    flags: [
      counterWord('scm.tamperPhy', TamperPhy ?? Tamper?.Phy ?? 0),
      counterWord('scm.tamperEnc', TamperEnc ?? Tamper?.Enc ?? 0),
    ],
  }));

/** The 16 tamper bits differ by module and are not documented; what modules send looks like two counters. */
const scmPlus = z
  .object({ EndpointID: uint, EndpointType: uint, Consumption: uint, Tamper: uint })
  .transform(({ EndpointID, EndpointType, Consumption, Tamper }): Reading => ({
    id: EndpointID,
    count: Consumption,
    kind: EndpointType,
    flags: [counterWord('scmPlus.tamperHigh', (Tamper >>> 8) & 0xff), counterWord('scmPlus.tamperLow', Tamper & 0xff)],
  }));

const BITS = [0, 1, 2, 3, 4, 5, 6, 7];
/** Go writes bytes as base64 in JSON. */
const bytes = z.string().max(100).optional();
const bytesOf = (base64: string | undefined): Uint8Array => Buffer.from(base64 ?? '', 'base64');

type IntervalFlags = { TamperCounters?: string | undefined; PowerOutageFlags?: string | undefined };

/** The first two tamper counters are those of SCM; each bit of the outages stands for one of the past intervals. */
function intervalFlags({ TamperCounters, PowerOutageFlags }: IntervalFlags): string[] {
  const [phy, enc] = bytesOf(TamperCounters);
  const outages = [...bytesOf(PowerOutageFlags)].flatMap((byte) => BITS.filter((bit) => (byte & (1 << bit)) !== 0));
  return [
    ...(phy === undefined ? [] : [counterWord('idm.tamperPhy', phy)]),
    ...(enc === undefined ? [] : [counterWord('idm.tamperEnc', enc)]),
    ...(PowerOutageFlags === undefined ? [] : [counterWord('idm.outages', outages.length)]),
  ];
}

const idm = z
  .object({
    ERTSerialNumber: uint,
    ERTType: uint,
    LastConsumptionCount: uint,
    TamperCounters: bytes,
    PowerOutageFlags: bytes,
  })
  .transform(({ ERTSerialNumber, ERTType, LastConsumptionCount, ...flags }): Reading => ({
    id: ERTSerialNumber,
    count: LastConsumptionCount,
    kind: ERTType,
    flags: intervalFlags(flags),
  }));

/** Net metering: the energy drawn minus the energy fed in, as other programs that use rtlamr compute it. */
const netIdm = z
  .object({
    ERTSerialNumber: uint,
    ERTType: uint,
    LastConsumptionNet: z.number().int(),
    TamperCounters: bytes,
    PowerOutageFlags: bytes,
  })
  .transform(({ ERTSerialNumber, ERTType, LastConsumptionNet, ...flags }): Reading => ({
    id: ERTSerialNumber,
    count: LastConsumptionNet,
    kind: ERTType,
    flags: intervalFlags(flags),
  }));

/** LeakNow is the level of the last day (0 none, 1 low, 2 high); the others are memories of the past 35 days. */
const r900 = z
  .object({
    ID: uint,
    Consumption: uint,
    Leak: uint.optional(),
    LeakNow: uint.optional(),
    BackFlow: uint.optional(),
    NoUse: uint.optional(),
  })
  .transform(({ ID, Consumption, Leak = 0, LeakNow = 0, BackFlow = 0, NoUse = 0 }): Reading => ({
    id: ID,
    count: Consumption,
    flags: [
      ...(LeakNow > 0 ? ['leak'] : []),
      counterWord('r900.backFlow', BackFlow),
      counterWord('r900.leak', Leak),
      counterWord('r900.noUse', NoUse),
    ],
  }));

const envelope = z.object({ Time: z.string(), Type: z.string().max(40), Message: z.unknown() });
const kinds: Readonly<Record<string, z.ZodType<Reading>>> = {
  SCM: scm,
  'SCM+': scmPlus,
  IDM: idm,
  NetIDM: netIdm,
  R900: r900,
  R900BCD: r900,
};

/**
 * IDM and NetIDM share a preamble, so a receiver that listens to both decodes each packet twice, once wrongly; the
 * module's type shows which one is right (README of rtlamr-collect, COLLECT_STRICTIDM).
 */
const isWrongDecoding = (type: string, { kind }: Reading): boolean =>
  (type === 'IDM' && kind === 8) || (type === 'NetIDM' && kind === 7);

/** Go writes this for a time that was never set. */
const NO_TIME = '0001-01-01T00:00:00Z';

/** README of rtlamr, "Compatibility": 4, 5, 7, 8 electric; 2, 9, 12 gas; 3, 11, 13 water. R900 are water meters. */
function mediaOf({ kind }: Reading): string {
  if (kind === undefined) return 'water';
  const type = kind & 0xf;
  if ([4, 5, 7, 8].includes(type)) return 'electricity';
  if ([2, 9, 12].includes(type)) return 'gas';
  return [3, 11, 13].includes(type) ? 'water' : `type ${String(type)}`;
}

/** The counter in the unit that the county's register gives it, or raw. */
function counterSample(deviceId: string, count: number, atMs: number, registry: Registry): Sample {
  const scale = registry.device(deviceId)?.count;
  const about = { kind: 'sample', deviceId, atMs } as const;
  return scale === undefined
    ? {
        ...about,
        quantity: 'rawCount',
        value: count,
        quality: 'suspect',
        reason: "The county's register does not say what one count of this meter is.",
      }
    : { ...about, quantity: scale.quantity, value: count * scale.perCount, quality: 'good' };
}

function valuesOf(reading: Reading, atMs: number, registry: Registry): Value[] {
  const deviceId = `${ID_PREFIX}:${String(reading.id)}`;
  const flags: DeviceFlags = {
    kind: 'flags',
    deviceId,
    atMs,
    quality: 'good',
    flags: reading.flags,
    isState: true,
    media: mediaOf(reading),
  };
  return [counterSample(deviceId, reading.count, atMs, registry), flags];
}

type Received = { reading: Reading; type: string; atMs: number } | { refusal: Refusal };

function receive(payload: Uint8Array, receivedAtMs: number): Received {
  const decoded = jsonMessage(envelope, payload);
  if ('refusal' in decoded) return decoded;
  const { Time, Type, Message } = decoded.message;
  const kind = Object.hasOwn(kinds, Type) ? kinds[Type] : undefined;
  if (kind === undefined) return { refusal: { reason: 'unknownType', detail: `Type ${Type}` } };
  const reading = parseLoosely(kind, Message);
  if (!reading.success)
    return {
      refusal: {
        reason: 'badShape',
        detail: `${Type}: ${reading.error.issues[0]?.path.join('.') ?? ''} ${reading.error.issues[0]?.message ?? ''}`,
      },
    };
  const atMs = Time === NO_TIME ? receivedAtMs : Date.parse(Time);
  return isTime(atMs)
    ? { reading: reading.data, type: Type, atMs }
    : { refusal: { reason: 'badTime', detail: `Time ${Time}` } };
}

/** What the gateway rtlamr2mqtt says of itself and of a meter's radio is passed over; its readings are counters. */
function fromGateway(
  { meter, form }: NonNullable<ReturnType<typeof gatewayTopic>>,
  payload: Uint8Array,
  receivedAtMs: number,
  registry: Registry,
): { values: Value[] } | { refusal: Refusal } {
  if (form !== 'state') return { values: [] };
  const read = readState(payload, receivedAtMs);
  if ('refusal' in read) return read;
  return { values: [counterSample(`${ID_PREFIX}:${meter}`, read.count, read.atMs, registry)] };
}

/**
 * US radio meters (ERT and R900) as rtlamr prints them in JSON, one object per message. The messages carry only a
 * counter: its unit is in the county's register of devices (`ert:<id>`); without an entry there, the counter stays raw
 * and is marked suspect.
 */
export const rtlamr: Feed<undefined, undefined, 'rtlamr'> = {
  id: 'rtlamr',
  name: 'Radio meters (rtlamr)',
  filters: ['rtlamr/#'],
  qos: 1,
  idPrefixes: [ID_PREFIX],
  quietAfterMs: 3_600_000,
  initialState: () => undefined,
  step(state, topic, payload, receivedAtMs, registry) {
    const gateway = gatewayTopic(topic);
    if (gateway !== undefined) return { state, ...fromGateway(gateway, payload, receivedAtMs, registry) };
    const received = receive(payload, receivedAtMs);
    if ('refusal' in received) return { state, refusal: received.refusal };
    const { reading, type, atMs } = received;
    return { state, values: isWrongDecoding(type, reading) ? [] : valuesOf(reading, atMs, registry) };
  },
};
