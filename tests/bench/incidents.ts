import { ComparativeDetector } from '../../main/engine/domains/traffic/incidents/ComparativeDetector.ts';
import { beaconTraffic } from '../../main/engine/ingest/feeds/beaconTraffic.ts';
import type { Registry } from '../../main/engine/registry/Registry.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/durations.ts';
import type { Value } from '../../shared/base/values.ts';
import type { County } from '../../shared/county/county.ts';
import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { DetectorStation } from '../../simulators/devices/DetectorStation.ts';
import type { Message } from '../../simulators/devices/message.ts';
import { Random } from '../../simulators/random/Random.ts';
import { TrafficModel } from '../../simulators/world/TrafficModel.ts';
import type { TrafficEffect } from '../../simulators/world/TrafficModel.ts';
import { readWorld } from '../../simulators/world/World.ts';
import type { World } from '../../simulators/world/World.ts';
import { makeCounty } from '../support/makeCounty.ts';
import type { Bench, Figures } from './bench.ts';
import { IncidentTrial } from './traffic/IncidentTrial.ts';
import { planCrash } from './traffic/simulateIncidents.ts';
import type { Crash } from './traffic/simulateIncidents.ts';

/** So many days follow one another with one seed, after a week of history. */
const DAYS_PER_SEED = 10;
const HISTORY_DAYS = 7;
/** The part of a day that is simulated, local time; it has both peaks. */
const FROM_H = 5;
const TO_H = 22;
const JUDGED_EVERY_S = 15;
/** Local hours in which crashes happen at peak. */
const PEAKS = [
  { from: 6.75, to: 8.5 },
  { from: 15.5, to: 17.5 },
] as const;
/** What is left of the capacity: all lanes closed to one of three (Highway Capacity Manual). */
const OPEN_SHARES = [0, 0.17, 0.35, 0.49] as const;
/** A Monday. */
const FIRST_MS = Date.UTC(2026, 4, 4);

type Rain = { fromMs: number; toMs: number; speedFactor: number; flowFactor: number };
/** What happens on a day. */
type Day = { crashes: Crash[]; rain: Rain | undefined; demand: number; liar: number; dead: number };

/** The roads of the simulated county that have the most detectors: its freeway, and some streets beside it. */
function watchedWorld(detectors: number): World {
  const world = readWorld(generateCounty(42, 1));
  const kept = world.detectors.flatMap((detector, row) => {
    const link = world.links[world.detectorLink[row] ?? -1];
    return link?.roadClass === 'freeway' ? [{ detector, row, link }] : [];
  });
  const distance = ({ link }: (typeof kept)[number]): number =>
    Math.hypot(...world.plane.toPlane(link.path[0] ?? [0, 0]));
  const nearest = kept.toSorted((a, b) => distance(a) - distance(b)).slice(0, detectors);
  return {
    ...world,
    detectors: nearest.map(({ detector }) => detector),
    detectorLink: Int32Array.from(nearest, ({ row }) => world.detectorLink[row] ?? -1),
    meters: [],
    meterZone: new Int32Array(0),
  };
}

function planDay(world: World, model: TrafficModel, midnightMs: number, random: Random): Day {
  const crashes: Crash[] = [];
  const watched = new Set(world.detectorLink);
  const isWeekend = world.time.at(midnightMs + 12 * HOUR_MS).weekday > 4;
  for (const { from, to } of isWeekend ? [] : PEAKS) {
    if (random.chance(0.45)) continue;
    const link = random.pick([...watched]);
    const fromMs = midnightMs + random.between(from, to) * HOUR_MS;
    const lengthM = world.links[link]?.lengthM ?? 0;
    const crash = planCrash(world, model, {
      link,
      fromMs,
      clearedMs: fromMs + random.between(20, 45) * MINUTE_MS,
      openShare: random.pick(OPEN_SHARES),
      placeM: random.between(-0.5, 0.5) * lengthM,
    });
    // Before the first detector of the road nobody watches.
    if (crash !== undefined && [...crash.queue].some((each) => watched.has(each))) crashes.push(crash);
  }
  const rainMs = midnightMs + random.between(FROM_H, TO_H - 3) * HOUR_MS;
  return {
    crashes,
    rain: random.chance(0.25)
      ? { fromMs: rainMs, toMs: rainMs + 3 * HOUR_MS, speedFactor: random.between(0.82, 0.93), flowFactor: 0.95 }
      : undefined,
    demand: random.between(0.9, 1.12),
    liar: random.integer(0, world.detectors.length - 1),
    dead: random.integer(0, world.detectors.length - 1),
  };
}

/** What a lying detector says in place of its values, by the day. */
function lie(message: Message, kind: number): Message {
  const body = JSON.parse(message.payload) as Record<string, unknown>;
  const lies = [{ speedMps: 3 }, { count: 0, occupancy: 1, speedMps: null }, { count: 60, speedMps: 4 }, {}];
  return { ...message, payload: JSON.stringify({ ...body, ...lies[kind % lies.length] }) };
}

const effectOf = (day: Day, link: number, atMs: number): TrafficEffect => {
  const effects: TrafficEffect[] = day.crashes.flatMap(({ effect }) => effect(link, atMs) ?? []);
  if (day.rain !== undefined && atMs >= day.rain.fromMs && atMs < day.rain.toMs) effects.push(day.rain);
  return effects.reduce(
    (sum, { flowFactor, speedFactor }) => ({
      flowFactor: sum.flowFactor * flowFactor,
      speedFactor: sum.speedFactor * speedFactor,
    }),
    { flowFactor: day.demand, speedFactor: 1 },
  );
};

type Run = { world: World; county: County; registry: Registry; trials: readonly IncidentTrial[] };

function deliver({ registry, trials }: Run, message: Message, nowMs: number): void {
  const step = beaconTraffic.step(undefined, message.topic, Buffer.from(message.payload), nowMs, registry);
  const values: readonly Value[] = 'values' in step ? step.values : [];
  for (const trial of trials) trial.apply(values, nowMs);
}

function playDay(run: Run, model: TrafficModel, day: Day, midnightMs: number, seed: number): void {
  const { world, trials } = run;
  const station = new DetectorStation(
    world,
    model,
    { trafficEffect: (link, atMs) => effectOf(day, link, atMs), isDetectorDead: (row) => row === day.dead },
    seed,
  );
  const liar = world.detectors[day.liar]?.id ?? '';
  for (let atMs = midnightMs + FROM_H * HOUR_MS; atMs < midnightMs + TO_H * HOUR_MS; atMs += 1000) {
    for (const message of station.report(atMs))
      deliver(run, message.topic.endsWith(`/${liar}`) ? lie(message, seed + day.dead) : message, atMs);
    if (atMs % (JUDGED_EVERY_S * 1000) === 0) for (const trial of trials) trial.judge(day.crashes, atMs);
  }
}

function learn(run: Run, model: TrafficModel, untilMs: number, seed: number): void {
  const calm = { trafficEffect: () => undefined, isDetectorDead: () => false };
  const station = new DetectorStation(run.world, model, calm, seed);
  for (const row of run.world.detectors.keys()) {
    const message = station.history(row, untilMs - HISTORY_DAYS * DAY_MS, untilMs);
    if (message !== undefined) deliver(run, message, untilMs);
  }
}

/** Share of crashes found, false alarms per day, and mean seconds from a crash to its alarm. */
function figuresOf(
  trials: readonly IncidentTrial[],
  crashes: readonly Crash[],
  days: number,
): [number, number, number] {
  const delays = crashes.flatMap((crash) => {
    return trials.flatMap(({ detectedAtMs }) => {
      const atMs = detectedAtMs.get(crash);
      return atMs === undefined ? [] : [(atMs - crash.fromMs) / 1000];
    });
  });
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / Math.max(1, delays.length);
  const falseAlarms = trials.reduce((sum, trial) => sum + trial.falseAlarms, 0);
  return [delays.length / Math.max(1, crashes.length), falseAlarms / days, mean];
}

export const incidents: Bench = {
  what: 'incident detection on simulated days with crashes, rain, dead and lying detectors, beside California #8 alone',
  options: {
    days: 'simulated days (200)',
    detectors: 'detectors of the freeway that are watched (24)',
    seed: 'the first seed (1)',
  },
  run(options, say): Promise<Figures> {
    const days = options.number('days', 200);
    const world = watchedWorld(options.number('detectors', 24));
    const { county, registry } = makeCounty({ profile: world.profile, links: world.links, detectors: world.detectors });
    const crashes: Crash[] = [];
    const sums = { fused: [] as IncidentTrial[], comparative: [] as IncidentTrial[] };
    for (let first = 0; first < days; first += DAYS_PER_SEED) {
      const seed = options.number('seed', 1) + first / DAYS_PER_SEED;
      const model = new TrafficModel(world, seed);
      const random = new Random(seed);
      const pair = {
        fused: new IncidentTrial(county, registry),
        comparative: new IncidentTrial(county, registry, () => new ComparativeDetector()),
      };
      const run: Run = { world, county, registry, trials: [pair.fused, pair.comparative] };
      const beginMs = FIRST_MS + seed * 7 * DAY_MS;
      learn(run, model, beginMs, seed);
      for (let day = 0; day < Math.min(DAYS_PER_SEED, days - first); day++) {
        const midnightMs = world.time.serviceDayStartMs(world.time.at(beginMs).day + day);
        const plan = planDay(world, model, midnightMs, random);
        crashes.push(...plan.crashes);
        playDay(run, model, plan, midnightMs, seed);
      }
      sums.fused.push(pair.fused);
      sums.comparative.push(pair.comparative);
      say(`${Math.min(days, first + DAYS_PER_SEED)} days: ${String(crashes.length)} crashes`);
    }
    const [detectionRate, falseAlarmsPerDay, meanSecondsToDetect] = figuresOf(sums.fused, crashes, days);
    const alone = figuresOf(sums.comparative, crashes, days);
    const figures = {
      ...{ days, detectors: world.detectors.length, crashes: crashes.length },
      ...{ detectionRate, falseAlarmsPerDay, meanSecondsToDetect },
      ...{ detectionRateComparative: alone[0], falseAlarmsPerDayComparative: alone[1] },
      meanSecondsToDetectComparative: alone[2],
    };
    say(JSON.stringify(figures));
    return Promise.resolve(figures);
  },
};
