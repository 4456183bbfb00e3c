import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';
import type { meterEvents } from '../../shared/wire/topics.ts';
import type { TrafficEffect, TrafficModel } from '../world/TrafficModel.ts';
import type { Random } from '../random/Random.ts';
import type { RunTrip } from '../world/readTimetable.ts';
import type { World } from '../world/World.ts';

/** What really happened, to judge the product's findings against. */
export type Truth = {
  scenario: ScenarioName;
  kind: string;
  subjectKind: 'link' | 'zone' | 'meter' | 'detector' | 'vehicle' | 'route' | 'place' | 'broker' | 'unit';
  subjectIds: string[];
  lon: number;
  lat: number;
  fromMs: number;
  toMs: number;
};

export type MeterEvent = (typeof meterEvents)[number];
/** What a meter shows instead of `honest`; `honestAt` is what it would have shown at another time. */
type Alter = (honest: number, meter: number, atMs: number, honestAt: (timeMs: number) => number) => number;
export type CitizenReport = {
  atMs: number;
  category: string;
  text: string;
  lon: number;
  lat: number;
  address?: string;
};

/**
 * Something that happens in the county for a while. Each part is optional and a pure function of the time, so scenarios
 * can be combined. Zones, links, meters and detectors are identified by index. A scenario is evaluated from `fromMs` to
 * `toMs`, except where noted.
 */
export type Scenario = {
  truth: Truth;
  fromMs: number;
  toMs: number;
  traffic?: (link: number, atMs: number) => TrafficEffect | undefined;
  /** Water that leaves the zone unmetered, m³/h, and the resulting loss of pressure, kPa. */
  water?: (zone: number, atMs: number) => { extraM3h: number; lostKpa: number } | undefined;
  /**
   * Power that is off from `fromMs` until it is restored: either the whole feeder, whose breaker is open, or some of
   * its meters with their share of the load.
   */
  outage?: { zone: number; meters: ReadonlySet<number> | undefined; share: number; restoredMs: number };
  /**
   * Meters that show something other than what was drawn. Evaluated at all times, also for history, and kept for the
   * whole run.
   */
  meter?: { meters: ReadonlySet<number>; register: Alter; flags?: readonly string[] };
  /** The factor by which buses take longer. */
  stretch?: (trip: RunTrip, atMs: number) => number;
  deadDetectors?: ReadonlySet<number>;
  /** Response units that receive no orders. */
  deafUnits?: ReadonlySet<number>;
  meterEvents?: readonly { meter: number; atMs: number; event: MeterEvent }[];
  reports?: readonly CitizenReport[];
  isSilent?: boolean;
};

/** What a scenario may use when it is planned. */
export type Stage = { world: World; traffic: TrafficModel; random: Random };

/** Plans a scenario that begins at a time. Returns an empty list where the county has no suitable place for it. */
export type Plan = (stage: Stage, fromMs: number) => Scenario[];
