import type { meterEvents } from '../../shared/wire/topics.ts';
import type { TrafficEffect, TrafficModel } from '../world/TrafficModel.ts';
import type { Random } from '../random/Random.ts';
import type { RunTrip } from '../world/readTimetable.ts';
import type { World } from '../world/World.ts';

export const scenarioNames = [
  'quiet',
  'demo',
  'crash',
  'burst',
  'outage',
  'bunching',
  'leaks',
  'tamper',
  'deadDetectors',
  'brokerLoss',
  'reports',
  'noAnswer',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** What really happened, for those who judge the product. */
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
 * can be laid over one another. Zones, links, meters and detectors are meant by index. It is asked from `fromMs` to
 * `toMs`, except where said.
 */
export type Scenario = {
  truth: Truth;
  fromMs: number;
  toMs: number;
  traffic?: (link: number, atMs: number) => TrafficEffect | undefined;
  /** Water that leaves the zone beside its meters, m³/h, and the pressure it costs, kPa. */
  water?: (zone: number, atMs: number) => { extraM3h: number; lostKpa: number } | undefined;
  /**
   * Power that is off from `fromMs` until it is restored: the whole feeder, whose breaker is open, or some of its
   * meters and their share of the load.
   */
  outage?: { zone: number; meters: ReadonlySet<number> | undefined; share: number; restoredMs: number };
  /** Meters that show something else than was drawn. Asked at all times, also in history, and never forgotten. */
  meter?: { meters: ReadonlySet<number>; register: Alter; flags?: readonly string[] };
  /** How much longer buses take. */
  stretch?: (trip: RunTrip, atMs: number) => number;
  deadDetectors?: ReadonlySet<number>;
  /** Response units that hear no order. */
  deafUnits?: ReadonlySet<number>;
  meterEvents?: readonly { meter: number; atMs: number; event: MeterEvent }[];
  reports?: readonly CitizenReport[];
  isSilent?: boolean;
};

/** What a scenario may look at when it is planned. */
export type Stage = { world: World; traffic: TrafficModel; random: Random };

/** Plans a scenario that begins at a time. Nothing where the county has no place for it. */
export type Plan = (stage: Stage, fromMs: number) => Scenario[];
