import { MINUTE_MS } from '../world/LocalTime.ts';
import type { Plan, Scenario, Stage } from './Scenario.ts';
import { metersIn, somewhereIn } from './somewhereIn.ts';

/** Share of last gasps that get through: the radios of an area all send at once. */
const GASP_SHARE = 0.78;
const LATE_GASP_SHARE = 0.06;

/** A feeder's breaker opens and all of its customers lose power. */
export const planFeederOutage: Plan = (stage, fromMs) => {
  const zone = chooseFeeder(stage);
  return zone === undefined ? [] : [makeOutage(stage, fromMs, zone, undefined)];
};

/** A fuse blows on a branch of a feeder: some neighbouring transformers lose power, and the breaker stays closed. */
export const planBranchOutage: Plan = (stage, fromMs) => {
  const zone = chooseFeeder(stage);
  if (zone === undefined) return [];
  const byTransformer = Map.groupBy(
    metersIn(stage.world, zone),
    (meter) => stage.world.meters[meter]?.transformerId ?? '',
  );
  const names = [...byTransformer.keys()];
  const count = Math.min(names.length, stage.random.integer(7, 12));
  const first = stage.random.integer(0, names.length - count);
  const meters = new Set(names.slice(first, first + count).flatMap((name) => byTransformer.get(name) ?? []));
  return [makeOutage(stage, fromMs, zone, meters)];
};

function chooseFeeder({ world, random }: Stage): number | undefined {
  const feeders = world.zones.flatMap((zone, index) => (zone.kind === 'feeder' && zone.meterCount > 0 ? [index] : []));
  return feeders.length === 0 ? undefined : random.pick(feeders);
}

function makeOutage({ world, random }: Stage, fromMs: number, zone: number, branch: Set<number> | undefined): Scenario {
  const restoredMs = fromMs + random.between(20, 30) * MINUTE_MS;
  const own = metersIn(world, zone);
  const dark = branch === undefined ? own : [...branch];
  const gasps = dark.flatMap((meter) => {
    if (!random.chance(GASP_SHARE)) return [];
    return [
      {
        meter,
        event: 'lastGasp' as const,
        atMs: Math.round(
          fromMs + (random.chance(LATE_GASP_SHARE) ? random.between(15_000, 120_000) : random.between(200, 9000)),
        ),
      },
    ];
  });
  const returns = dark.map((meter) => ({
    meter,
    event: 'powerRestored' as const,
    atMs: Math.round(restoredMs + random.between(1000, 45_000)),
  }));
  const witness = world.meters[dark[random.integer(0, dark.length - 1)] ?? somewhereIn(world, zone, random)];
  const place = {
    lon: witness?.lon ?? 0,
    lat: witness?.lat ?? 0,
    ...(witness?.address === undefined ? {} : { address: witness.address }),
  };
  return {
    fromMs,
    toMs: restoredMs + 3 * MINUTE_MS,
    truth: {
      scenario: 'outage',
      kind: branch === undefined ? 'feederOutage' : 'branchOutage',
      subjectKind: branch === undefined ? 'zone' : 'meter',
      subjectIds:
        branch === undefined ? [world.zones[zone]?.id ?? ''] : dark.map((meter) => world.meters[meter]?.id ?? ''),
      lon: place.lon,
      lat: place.lat,
      fromMs,
      toMs: restoredMs,
    },
    outage: { zone, meters: branch, share: dark.length / Math.max(1, own.length), restoredMs },
    meterEvents: [...gasps, ...returns],
    reports: [
      {
        atMs: fromMs + 55_000,
        category: 'power',
        text: 'No power in our street, the traffic light at the corner is dark too.',
        ...place,
      },
    ],
  };
}
