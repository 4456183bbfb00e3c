import type { DispatchMessage, ReportMessage } from '../../shared/wire/topics.ts';
import { BusFleet } from '../devices/BusFleet.ts';
import { BusStation } from '../devices/BusStation.ts';
import { DetectorStation } from '../devices/DetectorStation.ts';
import { beaconMessage, type Message } from '../devices/message.ts';
import { MeterModel } from '../devices/MeterModel.ts';
import { MeterStation } from '../devices/MeterStation.ts';
import { type Mishaps, Postbox } from '../devices/Postbox.ts';
import { ResponseUnits } from '../devices/ResponseUnits.ts';
import { SolarRoofs } from '../devices/SolarRoofs.ts';
import { TrafficModel } from '../world/TrafficModel.ts';
import { ZoneModel } from '../devices/ZoneModel.ts';
import { ZoneStation } from '../devices/ZoneStation.ts';
import { RoadGraph } from '../roads/RoadGraph.ts';
import { Director } from '../scenarios/Director.ts';
import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';
import type { Truth } from '../scenarios/Scenario.ts';
import { DAY_MS } from '../world/LocalTime.ts';
import type { World } from '../world/World.ts';

export type SimulationOptions = {
  seed: number;
  /** County time at which the run begins, whole seconds. */
  startMs: number;
  scenarios: readonly ScenarioName[];
  /** Seconds of county time between two positions of a bus; more than 1 in accelerated runs. */
  busPeriodS?: number;
};

const mishaps = {
  detector: { twice: 0.002, late: 0.004, latestS: 70 },
  meter: { twice: 0.003, late: 0.006, latestS: 900 },
  zone: { twice: 0.002, late: 0.003, latestS: 40 },
} as const satisfies Record<string, Mishaps>;

/**
 * The county's devices over time. `step` takes the county's time and returns every message since the last step, in
 * order; it uses neither network nor clock, so the same county, options and times give the same messages.
 */
export class Simulation {
  readonly world: World;
  readonly #director: Director;
  readonly #detectors: DetectorStation;
  readonly #meters: MeterStation;
  readonly #zones: ZoneStation;
  readonly #buses: BusStation | undefined;
  readonly #units: ResponseUnits;
  readonly #postbox: Postbox;
  readonly #startMs: number;
  #nowMs: number;
  #unsent: Message[] = [];
  #reports = 0;

  constructor(world: World, options: SimulationOptions) {
    const { seed } = options;
    const traffic = new TrafficModel(world, seed);
    const meterModel = new MeterModel(world.meters, seed, standardOffsetMs(world, options.startMs));
    const zoneModel = new ZoneModel(world, meterModel, seed);
    this.world = world;
    this.#startMs = Math.floor(options.startMs / 1000) * 1000;
    this.#nowMs = this.#startMs;
    this.#director = new Director(world, traffic, options.scenarios, seed, this.#startMs);
    this.#detectors = new DetectorStation(world, traffic, this.#director, seed);
    this.#meters = new MeterStation(world, meterModel, zoneModel, this.#director, seed);
    const solar = options.scenarios.includes('solar') ? new SolarRoofs(world, meterModel, seed) : undefined;
    this.#zones = new ZoneStation(world, zoneModel, this.#director, seed, solar);
    this.#buses =
      world.timetable &&
      new BusStation(new BusFleet(world, world.timetable, seed, this.#director), options.busPeriodS ?? 1);
    this.#units = new ResponseUnits(world, new RoadGraph(world.links), seed, (unit, atMs) =>
      this.#director.isUnitDeaf(unit, atMs),
    );
    this.#postbox = new Postbox(seed);
  }

  /** All messages after the last step up to and including this county time. A time before the last step gives none. */
  step(nowMs: number): Message[] {
    const messages: Message[] = [];
    for (let secondMs = this.#nowMs + 1000; secondMs <= nowMs; secondMs += 1000) {
      this.#director.advance(secondMs);
      messages.push(...this.#overheard(this.#said(secondMs), secondMs));
      this.#nowMs = secondMs;
    }
    return messages;
  }

  /** Skips a span in which the county's devices send nothing, as after the computer was suspended. */
  skipTo(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, Math.floor(nowMs / 1000) * 1000);
  }

  /** The history of the days before the start as blocks of interval reads: zones, then detectors, then meters. */
  *history(days: number): Generator<Message> {
    const fromMs = this.#startMs - days * DAY_MS;
    const parts = [
      [this.world.zones.length, (i: number) => this.#zones.history(i, fromMs, this.#startMs)],
      [this.world.detectors.length, (i: number) => this.#detectors.history(i, fromMs, this.#startMs)],
      [this.world.meters.length, (i: number) => this.#meters.history(i, fromMs, this.#startMs)],
    ] as const;
    for (const [count, blockOf] of parts) {
      for (let i = 0; i < count; i++) {
        const block = blockOf(i);
        if (block !== undefined) yield block;
      }
    }
  }

  /** Passes an order to a response unit, by its id. */
  dispatch(unitId: string, order: DispatchMessage): void {
    this.#units.order(unitId, order, this.#nowMs);
  }

  /** The events that have actually begun since the last call. */
  takeTruths(): Truth[] {
    return this.#director.takeTruths();
  }

  #said(atMs: number): Message[] {
    const events = this.#director.meterEvents(atMs - 1000, atMs);
    return [
      ...this.#detectors.report(atMs).flatMap((message) => this.#postbox.post(message, mishaps.detector)),
      ...this.#zones.report(atMs).flatMap((message) => this.#postbox.post(message, mishaps.zone)),
      ...this.#meters.report(atMs).flatMap((message) => this.#postbox.post(message, mishaps.meter)),
      ...(this.#buses?.report(atMs) ?? []),
      ...this.#units.report(atMs),
      ...events.map(({ meter, event, atMs: eventMs }) =>
        beaconMessage('meterEvent', [this.world.meters[meter]?.id ?? ''], atMs, { at: eventMs, event }),
      ),
      ...this.#director
        .reports(atMs - 1000, atMs)
        .map(({ atMs: reportMs, ...report }) => this.#report({ at: reportMs, ...report }, atMs)),
      ...this.#postbox.due(atMs),
    ];
  }

  #report(body: ReportMessage, atMs: number): Message {
    const id = `R-${this.#startMs.toString(36)}-${++this.#reports}`;
    return beaconMessage('report', [id], atMs, body);
  }

  /**
   * While the county is cut off from the broker, messages that must arrive are kept, and messages that matter only at
   * the moment are lost.
   */
  #overheard(messages: Message[], atMs: number): Message[] {
    if (this.#director.isSilent(atMs)) {
      this.#unsent.push(...messages.filter(({ qos }) => qos === 1));
      return [];
    }
    return this.#unsent.length === 0
      ? messages
      : [...this.#unsent.splice(0).map((message) => ({ ...message, atMs })), ...messages];
  }
}

/** The smaller of the zone's offsets in winter and in summer. */
function standardOffsetMs(world: World, atMs: number): number {
  const year = new Date(atMs).getUTCFullYear();
  return Math.min(world.time.offsetMs(Date.UTC(year, 0, 15)), world.time.offsetMs(Date.UTC(year, 6, 15)));
}
