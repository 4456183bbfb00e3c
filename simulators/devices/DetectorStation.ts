import type { IntervalsMessage, TrafficMessage } from '../../shared/wire/topics.ts';
import { roundTo } from '../geometry/plane.ts';
import { normal, textKey, uniform } from '../random/hash.ts';
import type { Director } from '../scenarios/Director.ts';
import { MINUTE_MS } from '../world/LocalTime.ts';
import type { World } from '../world/World.ts';
import { beaconMessage, type Message } from './message.ts';
import { Stagger } from './Stagger.ts';
import type { TrafficModel } from '../world/TrafficModel.ts';

/** Share of detectors that have been dead for long, and share of 20-minute spans in which a detector sends nothing. */
const DEAD_SHARE = 0.012;
const DROPOUT_SHARE = 0.004;
const HISTORY_STEP_S = 900;

/** What happens on the roads and to the detectors. */
type Disturbances = Pick<Director, 'trafficEffect' | 'isDetectorDead'>;

/** The traffic detectors: each reports the period that has just ended. */
export class DetectorStation {
  readonly #world: World;
  readonly #model: TrafficModel;
  readonly #director: Disturbances;
  readonly #seed: number;
  readonly #keys: Uint32Array;
  readonly #staggers: Stagger[];

  constructor(world: World, model: TrafficModel, director: Disturbances, seed: number) {
    this.#world = world;
    this.#model = model;
    this.#director = director;
    this.#seed = seed;
    this.#keys = Uint32Array.from(world.detectors, ({ id }) => textKey(id));
    const byPeriod = Map.groupBy(world.detectors.keys(), (detector) =>
      Math.max(1, Math.round(world.detectors[detector]?.periodS ?? 30)),
    );
    this.#staggers = [...byPeriod].map(([periodS, devices]) => new Stagger(devices, periodS, seed));
  }

  report(atMs: number): Message[] {
    return this.#staggers.flatMap((stagger) =>
      stagger
        .dueAt(atMs)
        .flatMap((detector) =>
          this.#isSilent(detector, atMs) ? [] : [this.#reading(detector, stagger.periodS, atMs)],
        ),
    );
  }

  isDead(detector: number): boolean {
    return uniform(this.#seed, this.#keys[detector] ?? 0, 51) < DEAD_SHARE;
  }

  /** The history of a detector in quarters of an hour; undefined for a dead one. */
  history(detector: number, fromMs: number, toMs: number): Message | undefined {
    const stepMs = HISTORY_STEP_S * 1000;
    const firstMs = Math.ceil(fromMs / stepMs) * stepMs;
    const count = Math.floor((toMs - firstMs) / stepMs) + 1;
    if (this.isDead(detector) || count < 1) return undefined;
    const states = Array.from({ length: count }, (_, i) =>
      this.#model.stateOf(this.#world.detectorLink[detector] ?? 0, firstMs + (i - 0.5) * stepMs),
    );
    const key = this.#keys[detector] ?? 0;
    const body: IntervalsMessage = {
      from: firstMs,
      everyS: HISTORY_STEP_S,
      speedMps: states.map(({ speedMps }, i) => roundTo(speedMps * (1 + 0.012 * normal(this.#seed, key, i, 52)), 2)),
      flowVph: states.map(({ flowVph }, i) =>
        Math.round(Math.max(0, flowVph + Math.sqrt(flowVph * 4) * normal(this.#seed, key, i, 53))),
      ),
      occupancy: states.map(({ occupancy }) => roundTo(occupancy, 4)),
    };
    return beaconMessage('intervals', ['traffic', this.#world.detectors[detector]?.id ?? ''], toMs, body);
  }

  #isSilent(detector: number, atMs: number): boolean {
    const span = Math.floor(atMs / (20 * MINUTE_MS));
    return (
      this.isDead(detector) ||
      this.#director.isDetectorDead(detector, atMs) ||
      uniform(this.#seed, this.#keys[detector] ?? 0, span, 54) < DROPOUT_SHARE
    );
  }

  #reading(detector: number, periodS: number, atMs: number): Message {
    const link = this.#world.detectorLink[detector] ?? 0;
    const key = this.#keys[detector] ?? 0;
    const tick = Math.floor(atMs / 1000);
    const state = this.#model.stateOf(link, atMs - (periodS * 1000) / 2, this.#director.trafficEffect(link, atMs));
    const count = poisson((state.flowVph * periodS) / 3600, this.#seed, key, tick);
    const spread = (0.075 * state.speedMps) / Math.sqrt(Math.max(1, count));
    const body: TrafficMessage = {
      at: atMs,
      periodS,
      count,
      speedMps:
        count === 0 ? null : roundTo(Math.max(0.5, state.speedMps + spread * normal(this.#seed, key, tick, 55)), 2),
      occupancy:
        count === 0 ? 0 : roundTo(Math.min(0.95, state.occupancy * (1 + 0.06 * normal(this.#seed, key, tick, 56))), 4),
      status: 'ok',
    };
    return beaconMessage('traffic', [this.#world.detectors[detector]?.id ?? ''], atMs, body);
  }
}

/** A Poisson-distributed number: Knuth's product method for small means, the normal approximation for large ones. */
function poisson(mean: number, seed: number, key: number, tick: number): number {
  if (mean > 25) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(seed, key, tick, 57)));
  const limit = Math.exp(-mean);
  let [count, product] = [0, uniform(seed, key, tick, 58)];
  while (product > limit) product *= uniform(seed, key, tick, 59 + ++count);
  return count;
}
