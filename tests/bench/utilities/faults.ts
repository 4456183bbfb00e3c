import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/base/durations.ts';
import type { Random } from '../../../simulators/random/Random.ts';

/** What must be found: by which finding (a rule of an alarm, or words of the work list), and within which time. */
export const faultKinds = {
  mainBurst: { of: 'dma', lastsMs: 6 * HOUR_MS, finds: ['water.burst', 'water.highInflow'], withinMs: 2 * HOUR_MS },
  nightLeak: { of: 'dma', lastsMs: 6 * DAY_MS, finds: ['water.nightFlow', 'water.highInflow'], withinMs: 4 * DAY_MS },
  outage: { of: 'feeder', lastsMs: 2 * HOUR_MS, finds: ['electricity.outage'], withinMs: 30 * MINUTE_MS },
  voltage: { of: 'feeder', lastsMs: 3 * HOUR_MS, finds: ['electricity.voltage'], withinMs: HOUR_MS },
  transformerOut: { of: 'feeder', lastsMs: 3 * HOUR_MS, finds: ['electricity.outage'], withinMs: 30 * MINUTE_MS },
  silent: { of: 'dma', lastsMs: DAY_MS, finds: ['maintenance.meters'], withinMs: 8 * HOUR_MS },
  leak: { of: 'water', lastsMs: 4 * DAY_MS, finds: ['Water flows in every hour'], withinMs: 2 * DAY_MS },
  pipeBurst: { of: 'water', lastsMs: 30 * HOUR_MS, finds: ['Flow of a burst pipe'], withinMs: 12 * HOUR_MS },
  backwards: { of: 'water', lastsMs: 2 * DAY_MS, finds: ['Register ran backwards'], withinMs: DAY_MS },
  stuck: { of: 'electricity', lastsMs: 5 * DAY_MS, finds: ['Register stands still'], withinMs: 4 * DAY_MS },
  tamper: { of: 'electricity', lastsMs: 2 * DAY_MS, finds: ['amper', 'opened'], withinMs: 3 * HOUR_MS },
} as const satisfies Record<
  string,
  { of: 'dma' | 'feeder' | 'water' | 'electricity'; lastsMs: number; finds: readonly string[]; withinMs: number }
>;
export type FaultKind = keyof typeof faultKinds;

/** What a fault may bring besides: findings that follow from it and are no mistake. */
export const follows: Readonly<Partial<Record<FaultKind, readonly string[]>>> = {
  outage: ['electricity.loadLost', 'maintenance.meters', 'electricity.singleMeters'],
  transformerOut: ['electricity.loadLost', 'maintenance.meters', 'electricity.singleMeters'],
  pipeBurst: ['water.continuousFlow', 'Water flows in every hour'],
  backwards: ['maintenance.meters'],
  stuck: ['maintenance.meters'],
  tamper: ['maintenance.meters'],
};

/** What looks like a fault and is none. */
export const benignKinds = ['zero', 'spike', 'exchange', 'rollOver', 'estimate', 'late', 'twice', 'absent'] as const;
export type BenignKind = (typeof benignKinds)[number];

/** `target`: the number of the zone, or of the meter. */
export type Fault = { kind: FaultKind; target: number; fromMs: number; toMs: number };
export type Benign = { kind: BenignKind; target: number; fromMs: number; toMs: number };

type Place = {
  zones: readonly { kind: 'dma' | 'feeder' }[];
  meters: readonly { commodity: 'water' | 'electricity' }[];
};

const placesFor = ({ zones, meters }: Place, of: (typeof faultKinds)[FaultKind]['of']): number[] =>
  of === 'dma' || of === 'feeder'
    ? zones.flatMap(({ kind }, at) => (kind === of ? [at] : []))
    : meters.flatMap(({ commodity }, at) => (commodity === of ? [at] : []));

/** So many faults of each kind at random places and times, such that no place has two that overlap. */
export function plantFaults(place: Place, each: number, firstMs: number, lastMs: number, random: Random): Fault[] {
  const planted: Fault[] = [];
  for (const kind of Object.keys(faultKinds) as FaultKind[]) {
    const { of, lastsMs } = faultKinds[kind];
    const places = placesFor(place, of);
    for (let count = 0, tries = 0; count < each && tries < 50 * each; tries++) {
      const [target, fromMs] = [random.pick(places), Math.floor(random.between(firstMs, lastMs - lastsMs - DAY_MS))];
      const isFree = planted.every(
        (other) =>
          faultKinds[other.kind].of !== of ||
          other.target !== target ||
          fromMs > other.toMs + 2 * DAY_MS ||
          fromMs + lastsMs < other.fromMs - 2 * DAY_MS,
      );
      if (!isFree) continue;
      planted.push({ kind, target, fromMs, toMs: fromMs + lastsMs });
      count++;
    }
  }
  return planted;
}

/** Events of meters that must raise nothing; none at a meter that has a fault. */
export function plantBenign(
  place: Place,
  each: number,
  firstMs: number,
  lastMs: number,
  faults: readonly Fault[],
  random: Random,
): Benign[] {
  const faulty = new Set(
    faults.flatMap(({ kind, target }) => (['dma', 'feeder'].includes(faultKinds[kind].of) ? [] : [target])),
  );
  const free = place.meters.flatMap((_, at) => (faulty.has(at) ? [] : [at]));
  return benignKinds.flatMap((kind) =>
    Array.from({ length: each }, (): Benign => {
      const fromMs = Math.floor(random.between(firstMs, lastMs - 8 * DAY_MS));
      return { kind, target: random.pick(free), fromMs, toMs: fromMs + (kind === 'absent' ? 6 * DAY_MS : 3 * HOUR_MS) };
    }),
  );
}
