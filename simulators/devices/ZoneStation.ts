import type { IntervalsMessage, ZoneMessage } from '../../shared/wire/topics.ts';
import { roundTo } from '../geometry/plane.ts';
import type { Director } from '../scenarios/Director.ts';
import type { World } from '../world/World.ts';
import { beaconMessage, type Message } from './message.ts';
import { Stagger } from './Stagger.ts';
import type { SolarRoofs } from './SolarRoofs.ts';
import type { ZoneModel } from './ZoneModel.ts';

const PERIOD_S = 60;
const HISTORY_STEP_S = 900;

/**
 * The meters of whole zones: they report inflow and pressure of district metered areas, and load, voltage and breaker
 * of feeders.
 */
export class ZoneStation {
  readonly #world: World;
  readonly #model: ZoneModel;
  readonly #director: Director;
  readonly #solar: SolarRoofs | undefined;
  readonly #stagger: Stagger;

  constructor(world: World, model: ZoneModel, director: Director, seed: number, solar?: SolarRoofs) {
    this.#world = world;
    this.#model = model;
    this.#director = director;
    this.#solar = solar;
    this.#stagger = new Stagger([...world.zones.keys()], PERIOD_S, seed);
  }

  report(atMs: number): Message[] {
    return this.#stagger.dueAt(atMs).map((zone) => this.reading(zone, atMs));
  }

  reading(zone: number, atMs: number): Message {
    const body: ZoneMessage =
      this.#world.zones[zone]?.kind === 'dma'
        ? { at: atMs, ...this.#water(zone, atMs) }
        : { at: atMs, ...this.#electricity(zone, atMs) };
    return beaconMessage('zone', [this.#world.zones[zone]?.id ?? ''], atMs, body);
  }

  /** The history in quarters of an hour. */
  history(zone: number, fromMs: number, toMs: number): Message | undefined {
    const stepMs = HISTORY_STEP_S * 1000;
    const firstMs = Math.ceil(fromMs / stepMs) * stepMs;
    const times = Array.from(
      { length: Math.max(0, Math.floor((toMs - firstMs) / stepMs) + 1) },
      (_, i) => firstMs + i * stepMs,
    );
    if (times.length === 0) return undefined;
    const head = { from: firstMs, everyS: HISTORY_STEP_S };
    const waters = times.map((atMs) => this.#water(zone, atMs));
    const body: IntervalsMessage =
      this.#world.zones[zone]?.kind === 'dma'
        ? {
            ...head,
            inflowM3h: waters.map(({ inflowM3h }) => inflowM3h),
            pressureKpa: waters.map(({ pressureKpa }) => pressureKpa),
          }
        : { ...head, powerKw: times.map((atMs) => this.#electricity(zone, atMs).powerKw) };
    return beaconMessage('intervals', ['zone', this.#world.zones[zone]?.id ?? ''], toMs, body);
  }

  #water(zone: number, atMs: number): { inflowM3h: number; pressureKpa: number } {
    const { extraM3h, lostKpa } = this.#director.waterEffect(zone, atMs);
    return {
      inflowM3h: roundTo(this.#model.inflowM3h(zone, atMs) + extraM3h, 3),
      pressureKpa: roundTo(Math.max(20, this.#model.pressureKpa(zone, atMs) - lostKpa), 1),
    };
  }

  #electricity(zone: number, atMs: number): { powerKw: number; voltageV: number; breaker: 'open' | 'closed' } {
    const { share, isOpen } = this.#director.outageOf(zone, atMs);
    const loadKw = this.#model.powerKw(zone, atMs) - (this.#solar?.powerKw(zone, atMs) ?? 0);
    const voltageV = this.#model.voltagePu(zone, atMs) * this.#world.profile.nominalVoltageV;
    return {
      powerKw: roundTo(loadKw * (1 - share), 2),
      voltageV: isOpen ? 0 : roundTo(voltageV, 1),
      breaker: isOpen ? 'open' : 'closed',
    };
  }
}
