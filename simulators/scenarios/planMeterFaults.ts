import type { Commodity, Meter } from '../../shared/county/county.ts';
import type { Random } from '../random/Random.ts';
import { HOUR_MS } from '../world/LocalTime.ts';
import type { World } from '../world/World.ts';
import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';
import type { Plan, Scenario } from './Scenario.ts';

/** This is long before any run, so that after a restart a register continues as if it had always been altered. */
const LONG_AGO_MS = Date.UTC(2026, 3, 1);

/** Households whose water never stops running: some have a running toilet, others a cracked service pipe. */
export const planLeaks: Plan = ({ world, random }, fromMs) => {
  const chosen = choose(world, random, 'water', ['singleFamily', 'multiFamily'], 0.0016);
  const rates = new Map(chosen.map((meter) => [meter, random.between(0.015, 0.11)]));
  const byZone = new Map<number, number>();
  for (const [meter, rate] of rates)
    byZone.set(world.meterZone[meter] ?? 0, (byZone.get(world.meterZone[meter] ?? 0) ?? 0) + rate);
  return lasting(world, 'leaks', 'householdLeak', chosen, fromMs, {
    water: (zone) => ({ extraM3h: byZone.get(zone) ?? 0, lostKpa: 0 }),
    meter: {
      meters: new Set(chosen),
      register: (honest, meter, atMs) => honest + ((rates.get(meter) ?? 0) * Math.max(0, atMs - LONG_AGO_MS)) / HOUR_MS,
    },
  });
};

/** Bypassed meters that report an open cover, meters turned upside down, and registers that stopped a day ago. */
export const planTamper: Plan = ({ world, random }, fromMs) => {
  const [bypassed, reversed, stuck] = [0.0005, 0.0002, 0.0005].map((share) =>
    choose(world, random, 'electricity', ['singleFamily', 'commercial'], share),
  ) as [number[], number[], number[]];
  const [turnedMs, stuckMs] = [
    Math.floor(fromMs / HOUR_MS) * HOUR_MS - 20 * HOUR_MS,
    Math.floor(fromMs / HOUR_MS) * HOUR_MS - 30 * HOUR_MS,
  ];
  const events = bypassed.map((meter, i) => ({ meter, event: 'tamper' as const, atMs: fromMs + 20_000 + 40_000 * i }));
  return [
    ...lasting(world, 'tamper', 'tamperedMeter', bypassed, fromMs, {
      meterEvents: events,
      meter: {
        meters: new Set(bypassed),
        flags: ['tamper'],
        register: (honest, _meter, atMs, honestAt) =>
          atMs < LONG_AGO_MS ? honest : honest - 0.6 * (honest - honestAt(LONG_AGO_MS)),
      },
    }),
    ...lasting(world, 'tamper', 'reversedMeter', reversed, fromMs, {
      meter: {
        meters: new Set(reversed),
        register: (honest, _meter, atMs, honestAt) => (atMs < turnedMs ? honest : 2 * honestAt(turnedMs) - honest),
      },
    }),
    ...lasting(world, 'tamper', 'stuckMeter', stuck, fromMs, {
      meter: {
        meters: new Set(stuck),
        register: (honest, _meter, atMs, honestAt) => (atMs < stuckMs ? honest : honestAt(stuckMs)),
      },
    }),
  ];
};

function choose(
  world: World,
  random: Random,
  commodity: Commodity,
  classes: readonly Meter['customerClass'][],
  share: number,
): number[] {
  const candidates = world.meters.flatMap((meter, index) =>
    meter.commodity === commodity && classes.includes(meter.customerClass) ? [index] : [],
  );
  const count = candidates.length === 0 ? 0 : Math.max(1, Math.round(candidates.length * share));
  return random.shuffled(candidates).slice(0, count);
}

/** A scenario of some meters that lasts as long as the run. */
function lasting(
  world: World,
  name: ScenarioName,
  kind: string,
  meters: readonly number[],
  fromMs: number,
  effect: Partial<Scenario>,
): Scenario[] {
  const first = world.meters[meters[0] ?? -1];
  if (first === undefined) return [];
  const subjectIds = meters.map((meter) => world.meters[meter]?.id ?? '');
  const toMs = Number.MAX_SAFE_INTEGER;
  return [
    {
      fromMs,
      toMs,
      truth: { scenario: name, kind, subjectKind: 'meter', subjectIds, lon: first.lon, lat: first.lat, fromMs, toMs },
      ...effect,
    },
  ];
}
