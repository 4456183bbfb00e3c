import { TransitState } from '../../main/engine/domains/transit/TransitState.ts';
import { readFeed } from '../../main/engine/registry/gtfs/readFeed.ts';
import { runsOnOf } from '../../main/engine/registry/gtfs/readCalendar.ts';
import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { BusFleet } from '../../simulators/devices/BusFleet.ts';
import type { BusMoment } from '../../simulators/devices/BusFleet.ts';
import { planRuns } from '../../simulators/devices/planRun.ts';
import { DAY_MS, dayName } from '../../simulators/world/LocalTime.ts';
import { readTimetable } from '../../simulators/world/readTimetable.ts';
import type { SimTimetable } from '../../simulators/world/readTimetable.ts';
import { readWorld } from '../../simulators/world/World.ts';
import type { World } from '../../simulators/world/World.ts';
import type { Bench, Figures } from './bench.ts';

const SEED = 42;
const STEP_MS = 15_000;
const ASKED_EVERY_MS = 120_000;
/** The first day: a Monday. */
const FIRST_DAY_MS = Date.UTC(2026, 4, 4, 12);
const FROM_H = 5;
const TO_H = 23;
const HORIZONS = [2, 5, 10, 20];
/** An arrival counts for a horizon when it comes within this share of it. */
const WITHIN = 0.2;

type Errors = { own: number[]; schedule: number[]; deviation: number[] };

const mean = (values: readonly number[]): number =>
  Math.round((10 * values.reduce((sum, value) => sum + Math.abs(value), 0)) / values.length) / 10;

type Scene = { state: TransitState; fleet: BusFleet; simulated: SimTimetable; world: World };

function openScene(scale: number): Scene {
  const files = generateCounty(SEED, scale);
  const [world, simulated] = [readWorld(files), readTimetable(files)];
  if (simulated === undefined) throw new Error('The simulated county has no timetable.');
  const texts = [...files].filter(([name]) => name.startsWith('gtfs/'));
  const feed = readFeed(new Map(texts.map(([name, text]) => [name.slice(5), Buffer.from(text)])), 'UTC');
  const state = new TransitState({ ...feed.parts, runsOn: runsOnOf(feed.parts.services) });
  const fleet = new BusFleet(world, simulated, SEED, { version: 0, stretch: () => 1 });
  return { state, fleet, simulated, world };
}

/** Notes the errors of what is predicted for a bus at a moment. */
function compare(
  { state }: Scene,
  moment: BusMoment,
  arrivalS: Float64Array | undefined,
  { atMs, startMs }: { atMs: number; startMs: number },
  errors: ReadonlyMap<number, Errors>,
): void {
  const vehicle = state.vehicles.get(`hfp:1/${moment.vehicle}`);
  if (vehicle?.isUnderWay !== true || arrivalS === undefined) return;
  for (const { sequence = 0, arrivalMs } of state.predict(vehicle, atMs)) {
    const [actualS, planned] = [arrivalS[sequence - 1], moment.trip.stops[sequence - 1]];
    if (actualS === undefined || planned === undefined) continue;
    const aheadMin = (actualS - (atMs - startMs) / 1000) / 60;
    const horizon = HORIZONS.find((each) => Math.abs(aheadMin - each) <= WITHIN * each);
    const found = horizon === undefined ? undefined : errors.get(horizon);
    found?.own.push((arrivalMs - startMs) / 1000 - actualS);
    found?.schedule.push(planned.arrivalS - actualS);
    found?.deviation.push(planned.arrivalS + vehicle.delayS - actualS);
  }
}

/** Lets the buses of one day report; with `errors` what is predicted is compared with what came. */
function liveDay(scene: Scene, noonMs: number, errors: ReadonlyMap<number, Errors> | undefined): void {
  const { state, fleet, simulated, world } = scene;
  const { day } = world.time.at(noonMs);
  const startMs = world.time.serviceDayStartMs(day);
  const blocks = simulated.blocks.filter(({ serviceId }) => simulated.runsOn(serviceId, day));
  const runs = blocks.flatMap((block) => planRuns(block, day, SEED, () => 1));
  const arrivals = new Map(runs.map(({ trip, arrivalS }) => [trip.id, arrivalS]));
  for (let atMs = startMs + FROM_H * 3_600_000; atMs < startMs + TO_H * 3_600_000; atMs += STEP_MS) {
    const isAsked = errors !== undefined && (atMs - startMs) % ASKED_EVERY_MS === 0;
    for (const moment of fleet.momentsAt(atMs)) {
      const { vehicle, trip, lon, lat } = moment;
      const seen = { kind: 'vehicle', vehicleId: `hfp:1/${vehicle}`, mode: 'bus', quality: 'good' } as const;
      state.applyVehicle({ ...seen, atMs, tripId: trip.id, serviceDay: dayName(day), lon, lat }, atMs);
      if (isAsked && !moment.isFinished) compare(scene, moment, arrivals.get(trip.id), { atMs, startMs }, errors);
    }
  }
}

async function run(options: Parameters<Bench['run']>[0], say: (line: string) => void): Promise<Figures> {
  const learnt = options.number('days', 10);
  const held = options.number('heldBack', 2);
  const scene = openScene(options.number('scale', 1));
  const errors = new Map(
    HORIZONS.map((horizon): [number, Errors] => [horizon, { own: [], schedule: [], deviation: [] }]),
  );
  let days = 0;
  for (let noonMs = FIRST_DAY_MS; days < learnt + held; noonMs += DAY_MS) {
    const { weekday } = scene.world.time.at(noonMs);
    if (weekday === 0 || weekday === 6) continue;
    const isHeldBack = days >= learnt;
    liveDay(scene, noonMs, isHeldBack ? errors : undefined);
    days++;
    say(`Day ${days} of ${learnt + held}${isHeldBack ? ', held back' : ''}.`);
    await new Promise((next) => setImmediate(next));
  }
  const horizons = Object.fromEntries(
    [...errors].map(([horizon, { own, schedule, deviation }]) => [
      String(horizon),
      {
        maeSeconds: mean(own),
        scheduleMaeSeconds: mean(schedule),
        deviationMaeSeconds: mean(deviation),
        within60sShare: Math.round((1000 * own.filter((error) => Math.abs(error) <= 60).length) / own.length) / 1000,
        predictions: own.length,
      },
    ]),
  );
  return { horizons, days: learnt, heldBackDays: held };
}

/** The error of predicted arrivals on days from which nothing was learnt. */
export const transit: Bench = {
  what: 'error of predicted arrivals 2, 5, 10 and 20 min ahead on held-back days of the simulated county',
  options: {
    days: 'workdays to learn from (10)',
    heldBack: 'workdays to predict (2)',
    scale: 'size of the county (1)',
  },
  run,
};
