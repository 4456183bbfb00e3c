import type { TrafficEffect, TrafficModel } from '../world/TrafficModel.ts';
import { Random } from '../random/Random.ts';
import { hash } from '../random/hash.ts';
import type { RunTrip } from '../world/readTimetable.ts';
import type { World } from '../world/World.ts';
import { planOf } from './planOf.ts';
import { type Cue, programme } from './programme.ts';
import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';
import type { CitizenReport, MeterEvent, Scenario, Truth } from './Scenario.ts';

type Outage = { zone: number; fromMs: number; toMs: number; meters: ReadonlySet<number> | undefined; share: number };

const nothingLost = { share: 0, isOpen: false };

/**
 * Runs the scenarios: begins each at its time, combines their effects at any moment, and drops those that are over.
 * Effects on registers (outages, altered meters) are kept for the whole run.
 */
export class Director {
  readonly #world: World;
  readonly #traffic: TrafficModel;
  readonly #seed: number;
  readonly #cues: Generator<Cue, void>;
  #next: Cue | undefined;
  #active: Scenario[] = [];
  readonly #altered: NonNullable<Scenario['meter']>[] = [];
  readonly #outages: Outage[] = [];
  readonly #newTruths: Truth[] = [];
  /** Changes whenever a disturbance of buses begins. */
  version = 0;

  constructor(world: World, traffic: TrafficModel, names: readonly ScenarioName[], seed: number, startMs: number) {
    this.#world = world;
    this.#traffic = traffic;
    this.#seed = seed;
    this.#cues = programme(names, startMs);
    this.#next = this.#nextCue();
    this.advance(startMs);
  }

  /** Begins the scenarios that are due and ends those that are over. */
  advance(nowMs: number): void {
    for (let cue = this.#next; cue !== undefined && cue.atMs <= nowMs; cue = this.#next) {
      const random = new Random(hash(this.#seed, cue.key, 71));
      for (const scenario of planOf(cue, { world: this.#world, traffic: this.#traffic, random })) this.#begin(scenario);
      this.#next = this.#nextCue();
    }
    if (this.#active.some(({ toMs }) => toMs < nowMs)) this.#active = this.#active.filter(({ toMs }) => toMs >= nowMs);
  }

  /** The events that have begun since the last call. */
  takeTruths(): Truth[] {
    return this.#newTruths.splice(0);
  }

  trafficEffect(link: number, atMs: number): TrafficEffect | undefined {
    let sum: TrafficEffect | undefined;
    for (const { traffic } of this.#active) {
      const effect = traffic?.(link, atMs);
      if (effect !== undefined)
        sum = {
          flowFactor: (sum?.flowFactor ?? 1) * effect.flowFactor,
          speedFactor: (sum?.speedFactor ?? 1) * effect.speedFactor,
        };
    }
    return sum;
  }

  waterEffect(zone: number, atMs: number): { extraM3h: number; lostKpa: number } {
    const effects = this.#active.flatMap(({ water }) => water?.(zone, atMs) ?? []);
    return effects.reduce(
      (sum, effect) => ({ extraM3h: sum.extraM3h + effect.extraM3h, lostKpa: sum.lostKpa + effect.lostKpa }),
      { extraM3h: 0, lostKpa: 0 },
    );
  }

  /** The share of a feeder's load that is without power, and whether its breaker is open. */
  outageOf(zone: number, atMs: number): { share: number; isOpen: boolean } {
    const present = this.#outages.filter(
      (outage) => outage.zone === zone && atMs >= outage.fromMs && atMs < outage.toMs,
    );
    if (present.length === 0) return nothingLost;
    const isOpen = present.some(({ meters }) => meters === undefined);
    return {
      isOpen,
      share: isOpen
        ? 1
        : Math.min(
            1,
            present.reduce((sum, { share }) => sum + share, 0),
          ),
    };
  }

  isWithoutPower(meter: number, atMs: number): boolean {
    return this.#outagesOf(meter).some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
  }

  /**
   * What a meter shows, given what it would show without any scenario: minus what could not be drawn during outages,
   * and altered where the meter was tampered with.
   */
  shownRegister(meter: number, atMs: number, undisturbed: (timeMs: number) => number): number {
    const outages = this.#outagesOf(meter);
    const lostUntil = (timeMs: number): number =>
      outages.reduce(
        (sum, { fromMs, toMs }) =>
          timeMs <= fromMs ? sum : sum + undisturbed(Math.min(timeMs, toMs)) - undisturbed(fromMs),
        0,
      );
    const honestAt = (timeMs: number): number => undisturbed(timeMs) - lostUntil(timeMs);
    return this.#altered.reduce(
      (value, { meters, register }) => (meters.has(meter) ? register(value, meter, atMs, honestAt) : value),
      honestAt(atMs),
    );
  }

  flagsOf(meter: number): readonly string[] {
    return this.#altered.flatMap(({ meters, flags }) => (meters.has(meter) ? (flags ?? []) : []));
  }

  isDetectorDead(detector: number, atMs: number): boolean {
    return this.#active.some(({ deadDetectors, fromMs }) => atMs >= fromMs && deadDetectors?.has(detector) === true);
  }

  /** Whether a response unit receives no orders now. */
  isUnitDeaf(unit: number, atMs: number): boolean {
    return this.#active.some(({ deafUnits, fromMs }) => atMs >= fromMs && deafUnits?.has(unit) === true);
  }

  stretch = (trip: RunTrip, atMs: number): number =>
    this.#active.reduce((factor, { stretch }) => factor * (stretch?.(trip, atMs) ?? 1), 1);

  /** Whether the whole county is cut off from the broker. */
  isSilent(atMs: number): boolean {
    return this.#active.some(({ isSilent, fromMs, toMs }) => isSilent === true && atMs >= fromMs && atMs < toMs);
  }

  /** Events of meters after `fromMs`, up to and including `toMs`. */
  meterEvents(fromMs: number, toMs: number): { meter: number; atMs: number; event: MeterEvent }[] {
    return this.#active.flatMap(({ meterEvents = [] }) =>
      meterEvents.filter(({ atMs }) => atMs > fromMs && atMs <= toMs),
    );
  }

  reports(fromMs: number, toMs: number): CitizenReport[] {
    return this.#active.flatMap(({ reports = [] }) => reports.filter(({ atMs }) => atMs > fromMs && atMs <= toMs));
  }

  #begin(scenario: Scenario): void {
    this.#active.push(scenario);
    this.#newTruths.push(scenario.truth);
    if (scenario.meter !== undefined) this.#altered.push(scenario.meter);
    if (scenario.outage !== undefined)
      this.#outages.push({ ...scenario.outage, fromMs: scenario.fromMs, toMs: scenario.outage.restoredMs });
    if (scenario.stretch !== undefined) this.version++;
  }

  #outagesOf(meter: number): Outage[] {
    if (this.#outages.length === 0) return [];
    const zone = this.#world.meterZone[meter];
    return this.#outages.filter((outage) => outage.zone === zone && outage.meters?.has(meter) !== false);
  }

  #nextCue(): Cue | undefined {
    const next = this.#cues.next();
    return next.done === true ? undefined : next.value;
  }
}
