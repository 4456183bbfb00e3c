import { distanceM } from '../../shared/base/geometry/distanceM.ts';
import { isOnShift } from '../../shared/county/shift.ts';
import type { DispatchMessage, UnitMessage } from '../../shared/wire/topics.ts';
import { hash, textKey, uniform } from '../random/hash.ts';
import type { RoadGraph } from '../roads/RoadGraph.ts';
import type { World } from '../world/World.ts';
import { beaconMessage, type Message } from './message.ts';

type Drive = { path: [number, number][]; atS: number[]; startMs: number };
type Place = [lon: number, lat: number];
type UnitState = {
  status: UnitMessage['status'];
  at: Place;
  headingDeg: number;
  speedMps: number;
  drive: Drive | undefined;
  /** When the crew takes an order. */
  acceptsAtMs: number;
  /** When the unit starts to drive. */
  rollsAtMs: number;
  target: Place | undefined;
  incident: string | undefined;
  saidAtMs: number;
};

const MOVING_PERIOD_MS = 5000;
const STANDING_PERIOD_MS = 30_000;
/** Factors on the speed: with lights and siren, on the way home, and on patrol. */
const PACE = { enRoute: 1.12, returning: 0.9, patrol: 0.75 } as const;

/**
 * Response units on the roads: they carry out orders from dispatch while they are on duty, drive the fastest way, work,
 * and go home. Police patrol when they are free.
 */
export class ResponseUnits {
  readonly #world: World;
  readonly #graph: RoadGraph;
  readonly #seed: number;
  readonly #isDeaf: (unit: number, atMs: number) => boolean;
  readonly #states: UnitState[];

  /** `isDeaf` returns whether a unit receives no orders at a time. */
  constructor(world: World, graph: RoadGraph, seed: number, isDeaf: (unit: number, atMs: number) => boolean) {
    this.#world = world;
    this.#graph = graph;
    this.#seed = seed;
    this.#isDeaf = isDeaf;
    this.#states = world.units.map(({ baseLon, baseLat }) => ({
      status: 'available',
      at: [baseLon, baseLat],
      headingDeg: 0,
      speedMps: 0,
      drive: undefined,
      acceptsAtMs: 0,
      rollsAtMs: 0,
      target: undefined,
      incident: undefined,
      saidAtMs: 0,
    }));
  }

  /**
   * Takes an order from dispatch. Orders to unknown units are ignored; an order without a place is carried out where
   * the unit is.
   */
  order(unitId: string, order: DispatchMessage, nowMs: number): void {
    const index = this.#world.units.findIndex(({ id }) => id === unitId);
    const state = this.#states[index];
    if (state === undefined || state.status === 'offDuty' || this.#isDeaf(index, nowMs)) return;
    state.saidAtMs = 0;
    if (order.order === 'standDown') {
      if (state.incident !== undefined) this.#goHome(index, state, nowMs);
      return;
    }
    state.status = 'dispatched';
    state.incident = order.incident;
    state.drive = undefined;
    state.speedMps = 0;
    state.target = order.lon === undefined || order.lat === undefined ? state.at : [order.lon, order.lat];
    state.acceptsAtMs = nowMs + 3000 + 7000 * uniform(this.#seed, textKey(order.incident), index, 84);
    state.rollsAtMs = nowMs + 12_000 + 25_000 * uniform(this.#seed, textKey(order.incident), index, 81);
  }

  report(atMs: number): Message[] {
    return this.#states.flatMap((state, index) => {
      const before = state.status;
      this.#move(index, state, atMs);
      const periodMs = state.drive === undefined ? STANDING_PERIOD_MS : MOVING_PERIOD_MS;
      // The reports of units that stand all day are spread, so that they do not all report in the same second.
      const isDue =
        atMs - state.saidAtMs >= periodMs ||
        (state.saidAtMs === 0 && Math.floor(atMs / 1000) % 5 === index % 5) ||
        state.status !== before;
      return isDue ? [this.#say(index, state, atMs)] : [];
    });
  }

  #say(index: number, state: UnitState, atMs: number): Message {
    state.saidAtMs = atMs;
    const body: UnitMessage = {
      at: atMs,
      lon: state.at[0],
      lat: state.at[1],
      status: state.status,
      headingDeg: state.headingDeg,
      speedMps: Math.round(state.speedMps * 10) / 10,
      ...(state.incident === undefined ? {} : { incident: state.incident }),
    };
    return beaconMessage('unit', [this.#world.units[index]?.id ?? ''], atMs, body);
  }

  /** A crew goes home at the end of its shift, but not from its work. */
  #signOnOrOff(index: number, state: UnitState, atMs: number): void {
    if (state.drive !== undefined || (state.status !== 'available' && state.status !== 'offDuty')) return;
    const shift = this.#world.units[index]?.shift;
    const isOn = shift === undefined || isOnShift(shift, Math.floor(this.#world.time.at(atMs).secondOfDay / 60));
    state.status = isOn ? 'available' : 'offDuty';
  }

  #move(index: number, state: UnitState, atMs: number): void {
    this.#signOnOrOff(index, state, atMs);
    if (state.status === 'dispatched' && atMs >= state.acceptsAtMs) state.status = 'accepted';
    else if (state.status === 'accepted' && atMs >= state.rollsAtMs && state.target !== undefined) {
      state.status = 'enRoute';
      state.drive = this.#drive(state.at, state.target, PACE.enRoute, atMs);
    }
    if (state.status === 'available' && state.drive === undefined && this.#world.units[index]?.kind === 'police')
      this.#patrol(index, state, atMs);
    if (state.drive === undefined) {
      if (state.status === 'enRoute') state.status = 'onScene';
      return;
    }
    if (this.#follow(state, state.drive, atMs)) return;
    state.drive = undefined;
    state.speedMps = 0;
    if (state.status === 'enRoute') state.status = 'onScene';
    if (state.status === 'returning') state.status = 'available';
  }

  /** Moves the unit along its way; false at the end of the way. */
  #follow(state: UnitState, { path, atS, startMs }: Drive, atMs: number): boolean {
    const seconds = (atMs - startMs) / 1000;
    const next = atS.findIndex((reached) => reached > seconds);
    const [a, b] = next < 0 ? [undefined, path.at(-1)] : [path[next - 1], path[next]];
    if (a === undefined || b === undefined) {
      if (b !== undefined && next < 0) state.at = b;
      return next >= 0;
    }
    const [from, to] = [atS[next - 1] ?? 0, atS[next] ?? 0];
    const share = to > from ? (seconds - from) / (to - from) : 1;
    const [dx, dy] = [(b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180), b[1] - a[1]];
    state.at = [round(a[0] + (b[0] - a[0]) * share), round(a[1] + (b[1] - a[1]) * share)];
    state.headingDeg = Math.round((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360;
    state.speedMps = to > from ? distanceM(...a, ...b) / (to - from) : 0;
    return true;
  }

  #goHome(index: number, state: UnitState, atMs: number): void {
    const unit = this.#world.units[index];
    state.status = 'returning';
    state.incident = undefined;
    state.target = undefined;
    state.drive =
      unit === undefined ? undefined : this.#drive(state.at, [unit.baseLon, unit.baseLat], PACE.returning, atMs);
    if (state.drive === undefined) state.status = 'available';
  }

  /** Sends the unit every few minutes to another corner of the county's towns. */
  #patrol(index: number, state: UnitState, atMs: number): void {
    const spell = Math.floor(atMs / 120_000);
    if (atMs % 120_000 > 2000 || uniform(this.#seed, index, spell, 82) > 0.6 || this.#world.meters.length === 0) return;
    const corner = this.#world.meters[hash(this.#seed, index, spell, 83) % this.#world.meters.length];
    if (corner !== undefined) state.drive = this.#drive(state.at, [corner.lon, corner.lat], PACE.patrol, atMs);
  }

  /** The fastest way as points and the seconds at which they are reached. */
  #drive(from: Place, to: Place, pace: number, startMs: number): Drive | undefined {
    const route = this.#graph.shortestPath(this.#graph.nearestNode(from), this.#graph.nearestNode(to));
    if (route === undefined) return undefined;
    const path: Place[] = [from];
    const atS = [0];
    for (const index of route.links) {
      const link = this.#world.links[index];
      for (const point of link?.path ?? []) extend(path, atS, point, (link?.freeFlowMps ?? 10) * pace);
    }
    extend(path, atS, to, 8 * pace);
    return { path, atS, startMs };
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

function extend(path: Place[], atS: number[], point: Place, speedMps: number): void {
  const last = path.at(-1) ?? point;
  const metres = distanceM(...last, ...point);
  if (metres < 0.5) return;
  path.push(point);
  atS.push((atS.at(-1) ?? 0) + metres / speedMps);
}
