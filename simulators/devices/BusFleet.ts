import type { Point } from '../geometry/plane.ts';
import { distancesAlong, placeAt } from '../geometry/polyline.ts';
import { DAY_MS } from '../world/LocalTime.ts';
import type { Block, RunTrip, SimTimetable } from '../world/readTimetable.ts';
import type { World } from '../world/World.ts';
import { planRuns, PULL_OUT_S, type Run, type Stretch } from './planRun.ts';

/** The state of a bus at a moment. */
export type BusMoment = {
  vehicle: number;
  /** The service day, local days since 1970. */
  day: number;
  trip: RunTrip;
  /** Index of the stop where it stands or to which it is going. */
  nextStop: number;
  isAtStop: boolean;
  isFinished: boolean;
  lon: number;
  lat: number;
  headingDeg: number;
  speedMps: number;
  odometerM: number;
  /** Positive when late. */
  delayS: number;
};

/** The present disturbances; `version` changes whenever one begins. */
export type Disturbance = { version: number; stretch: (trip: RunTrip, atMs: number) => number };

type Duty = { block: Block; day: number; vehicle: number; fromS: number; toS: number; runs: Run[]; version: number };
type Shape = { line: Point[]; along: number[]; scale: number };

const LINGER_S = 40;

/**
 * All buses in service, each at the position that its block of trips gives for the moment. The only state is plans that
 * could be computed again.
 */
export class BusFleet {
  readonly #world: World;
  readonly #timetable: SimTimetable;
  readonly #seed: number;
  readonly #disturbance: Disturbance;
  readonly #shapes = new Map<RunTrip['shape'], Shape>();
  readonly #duties = new Map<number, Duty[]>();

  constructor(world: World, timetable: SimTimetable, seed: number, disturbance: Disturbance) {
    this.#world = world;
    this.#timetable = timetable;
    this.#seed = seed;
    this.#disturbance = disturbance;
  }

  /** The states of all buses in service. */
  momentsAt(atMs: number): BusMoment[] {
    const today = this.#world.time.at(atMs).day;
    // A service day continues past midnight, so yesterday's night buses are still on the road.
    return [today - 1, today].flatMap((day) => {
      const atS = (atMs - this.#world.time.serviceDayStartMs(day)) / 1000;
      return this.#dutiesOf(day).flatMap((duty) =>
        atS >= duty.fromS - PULL_OUT_S && atS <= duty.toS + 3600 ? (this.#momentOf(duty, atS) ?? []) : [],
      );
    });
  }

  #momentOf(duty: Duty, atS: number): BusMoment | undefined {
    const runs = this.#runsOf(duty);
    const index = Math.max(
      0,
      runs.findLastIndex((run) => atS >= (run.arrivalS[0] ?? 0)),
    );
    const run = runs[index];
    if (run === undefined) return undefined;
    const arrivedS = run.arrivalS.at(-1) ?? 0;
    if (atS > arrivedS + LINGER_S && index === runs.length - 1) return undefined;
    return this.#place(duty, run, atS);
  }

  #place(duty: Duty, run: Run, atS: number): BusMoment {
    const { trip, arrivalS, departureS } = run;
    const left = departureS.findLastIndex((seconds) => atS >= seconds);
    const last = trip.stops.length - 1;
    const next = Math.min(last, left + 1);
    const isFinished = left >= last || atS >= (arrivalS[last] ?? 0);
    const isAtStop = isFinished || left < 0 || atS >= (arrivalS[next] ?? 0);
    const [from, to] = [trip.stops[Math.max(0, left)], trip.stops[next]];
    const leg = {
      startS: departureS[Math.max(0, left)] ?? 0,
      endS: arrivalS[next] ?? 0,
      fromM: from?.distanceM ?? 0,
      toM: to?.distanceM ?? 0,
    };
    const { metres, speedMps } = isAtStop
      ? { metres: left < 0 ? (trip.stops[0]?.distanceM ?? 0) : leg.toM, speedMps: 0 }
      : travel(leg, atS);
    const shape = this.#shapeOf(trip);
    const { point, heading } = placeAt(shape.line, shape.along, metres * shape.scale);
    const [lon, lat] = this.#world.plane.toLonLat(point);
    const headingDeg = Math.round((Math.atan2(heading[0], heading[1]) * 180) / Math.PI + 360) % 360;
    const delayS = isFinished
      ? (arrivalS[last] ?? 0) - (trip.stops[last]?.arrivalS ?? 0)
      : delayOf(run, Math.max(0, left), next, isAtStop, metres, atS);
    return {
      vehicle: duty.vehicle,
      day: duty.day,
      trip,
      nextStop: next,
      isAtStop,
      isFinished,
      lon,
      lat,
      headingDeg,
      speedMps,
      odometerM: metres,
      delayS,
    };
  }

  #shapeOf(trip: RunTrip): Shape {
    const known = this.#shapes.get(trip.shape);
    if (known !== undefined) return known;
    const line = trip.shape.map(this.#world.plane.toPlane);
    const along = distancesAlong(line);
    // The distances in the timetable may be in any unit; they are scaled so that the last stop is at the end of the
    // shape.
    const shape = { line, along, scale: (along.at(-1) ?? 0) / Math.max(1, trip.stops.at(-1)?.distanceM ?? 1) };
    this.#shapes.set(trip.shape, shape);
    return shape;
  }

  #dutiesOf(day: number): Duty[] {
    const known = this.#duties.get(day);
    if (known !== undefined) return known;
    const serial = new Map<string, number>();
    const duties = this.#timetable.blocks
      .filter(({ serviceId }) => this.#timetable.runsOn(serviceId, day))
      .map((block): Duty => {
        const number = (serial.get(block.serviceId) ?? 0) + 1;
        serial.set(block.serviceId, number);
        // Two halves of the fleet work on alternate days, because night buses come home after the first buses of the
        // next day have left.
        return {
          block,
          day,
          vehicle: 1000 + 2 * number + (day % 2),
          fromS: block.trips[0]?.stops[0]?.departureS ?? 0,
          toS: block.trips.at(-1)?.stops.at(-1)?.arrivalS ?? 0,
          runs: [],
          version: -1,
        };
      });
    if (this.#duties.size > 3) this.#duties.clear();
    this.#duties.set(day, duties);
    return duties;
  }

  #runsOf(duty: Duty): Run[] {
    if (duty.version !== this.#disturbance.version) {
      const startMs = this.#world.time.serviceDayStartMs(duty.day);
      const stretch: Stretch = (trip, atS) => this.#disturbance.stretch(trip, startMs + atS * 1000);
      duty.runs = planRuns(duty.block, duty.day, this.#seed, stretch);
      duty.version = this.#disturbance.version;
    }
    return duty.runs;
  }
}

/** The motion from stop to stop: the bus accelerates, rolls and brakes. */
function travel(
  leg: { startS: number; endS: number; fromM: number; toM: number },
  atS: number,
): { metres: number; speedMps: number } {
  const [duration, length] = [Math.max(1, leg.endS - leg.startS), leg.toM - leg.fromM];
  const ramp = Math.min(0.3, 11 / duration);
  const cruise = length / (duration * (1 - ramp));
  const t = Math.min(1, Math.max(0, (atS - leg.startS) / duration));
  if (t < ramp) return { metres: leg.fromM + (cruise * duration * t * t) / (2 * ramp), speedMps: (cruise * t) / ramp };
  if (t > 1 - ramp)
    return { metres: leg.toM - (cruise * duration * (1 - t) ** 2) / (2 * ramp), speedMps: (cruise * (1 - t)) / ramp };
  return { metres: leg.fromM + cruise * duration * (t - ramp / 2), speedMps: cruise };
}

/**
 * The delay against the timetable at the place where the bus is. Before the first departure a bus is late only when its
 * departure time has passed.
 */
function delayOf({ trip }: Run, from: number, next: number, isAtStop: boolean, metres: number, atS: number): number {
  const [a, b] = [trip.stops[from], trip.stops[next]];
  if (a === undefined || b === undefined) return 0;
  if (isAtStop) return atS < b.departureS ? Math.min(0, atS - b.arrivalS) * (next === 0 ? 0 : 1) : atS - b.departureS;
  const share = b.distanceM > a.distanceM ? (metres - a.distanceM) / (b.distanceM - a.distanceM) : 0;
  return atS - (a.departureS + share * (b.arrivalS - a.departureS));
}

/** The bus's day as YYYY-MM-DD. */
export const serviceDate = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
