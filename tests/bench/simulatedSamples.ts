import type { Message } from '../../simulators/devices/message.ts';
import { trafficMessageSchema, meterMessageSchema } from '../../shared/wire/topics.ts';
import type { Quantity } from '../../shared/base/quantities.ts';
import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { DetectorStation } from '../../simulators/devices/DetectorStation.ts';
import { MeterModel } from '../../simulators/devices/MeterModel.ts';
import { MeterStation } from '../../simulators/devices/MeterStation.ts';
import { TrafficModel } from '../../simulators/world/TrafficModel.ts';
import { ZoneModel } from '../../simulators/devices/ZoneModel.ts';
import { Director } from '../../simulators/scenarios/Director.ts';
import { readWorld } from '../../simulators/world/World.ts';
import type { World } from '../../simulators/world/World.ts';

type Told = { deviceId: string; quantity: Quantity; atMs: number; value: number; scope?: string };

const SEED = 42;
const START_MS = Date.UTC(2026, 4, 31, 22);
const DAY_S = 86_400;
const meterQuantities = ['registerKwh', 'voltageV', 'registerM3'] as const;

const deviceOf = ({ topic }: Message): string => topic.slice(topic.lastIndexOf('/') + 1);

function* meterSamples(message: Message, scopes: ReadonlyMap<string, string>): Generator<Told> {
  const reading = meterMessageSchema.parse(JSON.parse(message.payload));
  const deviceId = deviceOf(message);
  for (const quantity of meterQuantities) {
    const value = reading[quantity];
    if (value !== undefined)
      yield { deviceId, quantity, atMs: reading.at, value, scope: scopes.get(deviceId) ?? 'zone' };
  }
}

function* detectorSamples(message: Message): Generator<Told> {
  const { at: atMs, count, periodS, occupancy, speedMps } = trafficMessageSchema.parse(JSON.parse(message.payload));
  const about = { deviceId: deviceOf(message), atMs, scope: 'link' };
  yield { ...about, quantity: 'flowVph', value: (count * 3600) / periodS };
  yield { ...about, quantity: 'occupancyRatio', value: occupancy };
  if (speedMps !== null) yield { ...about, quantity: 'speedMps', value: speedMps };
}

/** Yields what a station sends over a number of days, second by second. */
function* said(station: { report: (atMs: number) => Message[] }, days: number): Generator<Message> {
  for (let second = 0; second < days * DAY_S; second++) yield* station.report(START_MS + second * 1000);
}

function* flattened(messages: Iterable<Message>, read: (message: Message) => Iterable<Told>): Generator<Told> {
  for (const message of messages) yield* read(message);
}

const scopesOf = (world: World): Map<string, string> =>
  new Map(world.meters.map(({ id, zoneId }) => [id, `zone:${zoneId}`]));

/**
 * The readings of the meters and the detectors of a simulated county over a number of days, as the engine's feeds
 * decode them.
 */
export function simulatedSamples(scale: number, days: number): { name: string; samples: () => Iterable<Told> }[] {
  const world = readWorld(generateCounty(SEED, scale));
  const traffic = new TrafficModel(world, SEED);
  const model = new MeterModel(world.meters, SEED, world.time.offsetMs(START_MS));
  const zones = new ZoneModel(world, model, SEED);
  const director = new Director(world, traffic, [], SEED, START_MS);
  const scopes = scopesOf(world);
  const meters = new MeterStation(world, model, zones, director, SEED);
  const detectors = new DetectorStation(world, traffic, director, SEED);
  return [
    {
      name: `${String(world.meters.length)} electricity and water meters`,
      samples: () => flattened(said(meters, days), (message) => meterSamples(message, scopes)),
    },
    {
      name: `${String(world.detectors.length)} traffic detectors`,
      samples: () => flattened(said(detectors, days), detectorSamples),
    },
  ];
}
