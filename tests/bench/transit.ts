import { TransitState } from '../../main/engine/domains/transit/TransitState.ts';
import { readFeed } from '../../main/engine/registry/gtfs/readFeed.ts';
import { runsOnOf } from '../../main/engine/registry/gtfs/readCalendar.ts';
import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { BusFleet } from '../../simulators/devices/BusFleet.ts';
import { planRuns } from '../../simulators/devices/planRun.ts';
import { DAY_MS, dayName } from '../../simulators/world/LocalTime.ts';
import { readTimetable } from '../../simulators/world/readTimetable.ts';
import { readWorld } from '../../simulators/world/World.ts';
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

async function run(options: Parameters<Bench['run']>[0], say: (line: string) => void): Promise<Figures> {
  const learnt = options.number('days', 10);
  const held = options.number('heldBack', 2);
  const files = generateCounty(SEED, options.number('scale', 1));
  const [world, simulated] = [readWorld(files), readTimetable(files)];
  if (simulated === undefined) throw new Error('The simulated county has no timetable.');
  const texts = [...files].filter(([name]) => name.startsWith('gtfs/'));
  const feed = readFeed(new Map(texts.map(([name, text]) => [name.slice(5), Buffer.from(text)])), 'UTC');
  const state = new TransitState({ ...feed.parts, runsOn: runsOnOf(feed.parts.services) });
  const fleet = new BusFleet(world, simulated, SEED, { version: 0, stretch: () => 1 });
  const errors = new Map(HORIZONS.map((horizon) => [horizon, { own: [], schedule: [], deviation: [] } as Errors]));
  let seenDays = 0;
  for (let offset = 0; seenDays < learnt + held; offset++) {
    const noonMs = FIRST_DAY_MS + offset * DAY_MS;
    const { day, weekday } = world.time.at(noonMs);
    if (weekday === 0 || weekday === 6) continue;
    const isHeldBack = seenDays >= learnt;
    const startMs = world.time.serviceDayStartMs(day);
    const arrivals = new Map(
      simulated.blocks
        .filter(({ serviceId }) => simulated.runsOn(serviceId, day))
        .flatMap((block) => planRuns(block, day, SEED, () => 1).map(({ trip, arrivalS }) => [trip.id, arrivalS])),
    );
    for (let atMs = startMs + FROM_H * 3_600_000; atMs < startMs + TO_H * 3_600_000; atMs += STEP_MS) {
      for (const moment of fleet.momentsAt(atMs)) {
        const vehicleId = `hfp:1/${moment.vehicle}`;
        const seen = {
          kind: 'vehicle',
          vehicleId,
          mode: 'bus',
          atMs,
          quality: 'good',
          tripId: moment.trip.id,
        } as const;
        state.applyVehicle({ ...seen, serviceDay: dayName(day), lon: moment.lon, lat: moment.lat }, atMs);
        if (!isHeldBack || (atMs - startMs) % ASKED_EVERY_MS !== 0 || moment.isFinished) continue;
        const vehicle = state.vehicles.get(vehicleId);
        const arrivalS = arrivals.get(moment.trip.id);
        if (vehicle?.isUnderWay !== true || arrivalS === undefined) continue;
        for (const { stopId, sequence, arrivalMs } of state.predict(vehicle, atMs)) {
          const place = moment.trip.stops.findIndex(
            (stop, index) => stop.stopId === stopId && (sequence === undefined || index + 1 === sequence),
          );
          const [actualS, planned] = [arrivalS[place], moment.trip.stops[place]];
          if (actualS === undefined || planned === undefined) continue;
          const aheadMin = (actualS - (atMs - startMs) / 1000) / 60;
          const horizon = HORIZONS.find((each) => Math.abs(aheadMin - each) <= WITHIN * each);
          const found = horizon === undefined ? undefined : errors.get(horizon);
          if (found === undefined) continue;
          found.own.push((arrivalMs - startMs) / 1000 - actualS);
          found.schedule.push(planned.arrivalS - actualS);
          found.deviation.push(planned.arrivalS + vehicle.delayS - actualS);
        }
      }
    }
    seenDays++;
    say(`Day ${seenDays} of ${learnt + held}${isHeldBack ? ', held back' : ''}.`);
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
