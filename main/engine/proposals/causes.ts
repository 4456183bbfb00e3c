import type { Role } from './clue.ts';

/** How an effect must lie to its cause. */
export type Reach =
  /** On the same road: up to `upstreamM` before the cause, or up to `downstreamM` past it. */
  | { by: 'road'; upstreamM: number; downstreamM: number }
  /** As the crow flies. */
  | { by: 'near'; metres: number }
  /** Inside the cause's feeder or water zone. */
  | { by: 'area' }
  /** Inside the cause's feeder or water zone, on a road with traffic signals. */
  | { by: 'signals' }
  /** In the feeder or water zone beside the cause's. */
  | { by: 'neighbour' }
  /** On a route that runs over the road up to `upstreamM` before the cause. */
  | { by: 'route'; upstreamM: number }
  /** Part of the same system, wherever it is. */
  | { by: 'system' };

/**
 * A cause and an effect that it may have. The effect is noticed at most `beforeMs` before its cause and `afterMs` after
 * it; `weight` 0..1 says how strong the evidence of such a pair is.
 */
export type CauseRule = {
  cause: Role;
  effect: Role;
  reach: readonly Reach[];
  beforeMs: number;
  afterMs: number;
  weight: number;
  why: string;
  /** Does not hold for a queue that people saw a crash in. */ unlessCrash?: true;
  /** Two reports of the same category, or both of a jam. */ isSameTopic?: true;
};

const MINUTE = 60_000;

/**
 * The pairs of cause and effect that Beacon knows. People notice a crash before the queue can be measured, and a bus
 * becomes fifteen minutes late long after it; a feeder's customers lose power at once. Two things without a pair here
 * are never joined, however near they are.
 */
export const causeRules: readonly CauseRule[] = [
  {
    cause: 'queue',
    effect: 'roadReport',
    reach: [
      { by: 'road', upstreamM: 6000, downstreamM: 1000 },
      { by: 'near', metres: 300 },
    ],
    beforeMs: 15 * MINUTE,
    afterMs: 30 * MINUTE,
    weight: 1,
    why: 'somebody sees there what the detectors measure',
  },
  {
    cause: 'queue',
    effect: 'queue',
    reach: [
      { by: 'road', upstreamM: 3000, downstreamM: 0 },
      { by: 'near', metres: 800 },
    ],
    beforeMs: 0,
    afterMs: 30 * MINUTE,
    weight: 0.8,
    why: 'a queue grows backwards, and people across the road slow down to look',
  },
  {
    cause: 'queue',
    effect: 'late',
    reach: [
      { by: 'road', upstreamM: 4000, downstreamM: 2000 },
      { by: 'near', metres: 300 },
      { by: 'route', upstreamM: 3000 },
    ],
    beforeMs: 5 * MINUTE,
    afterMs: 60 * MINUTE,
    weight: 0.9,
    why: 'a bus in a queue loses its timetable',
  },
  {
    cause: 'queue',
    effect: 'bunching',
    reach: [
      { by: 'road', upstreamM: 4000, downstreamM: 2000 },
      { by: 'near', metres: 300 },
      { by: 'route', upstreamM: 3000 },
    ],
    beforeMs: 5 * MINUTE,
    afterMs: 45 * MINUTE,
    weight: 0.8,
    why: 'the bus that stands in a queue is caught up with by the next one',
  },
  {
    cause: 'outage',
    effect: 'powerReport',
    reach: [{ by: 'area' }, { by: 'near', metres: 300 }],
    beforeMs: 10 * MINUTE,
    afterMs: 60 * MINUTE,
    weight: 1,
    why: 'a customer tells of the same darkness',
  },
  {
    cause: 'outage',
    effect: 'supply',
    reach: [{ by: 'area' }],
    beforeMs: 15 * MINUTE,
    afterMs: 30 * MINUTE,
    weight: 1,
    why: 'the same feeder',
  },
  {
    cause: 'outage',
    effect: 'outage',
    reach: [{ by: 'area' }],
    beforeMs: 0,
    afterMs: 30 * MINUTE,
    weight: 1,
    why: 'the same feeder',
  },
  {
    cause: 'outage',
    effect: 'outage',
    reach: [{ by: 'neighbour' }],
    beforeMs: 0,
    afterMs: 1.5 * MINUTE,
    weight: 0.7,
    why: 'feeders that fail within a minute hang on the same supply',
  },
  {
    cause: 'outage',
    effect: 'queue',
    reach: [{ by: 'signals' }],
    beforeMs: MINUTE,
    afterMs: 20 * MINUTE,
    weight: 0.7,
    why: 'traffic signals without power hold up the road',
    unlessCrash: true,
  },
  {
    cause: 'burst',
    effect: 'waterReport',
    reach: [{ by: 'area' }, { by: 'near', metres: 300 }],
    beforeMs: 15 * MINUTE,
    afterMs: 60 * MINUTE,
    weight: 1,
    why: 'somebody sees or misses the water',
  },
  {
    cause: 'burst',
    effect: 'burst',
    reach: [{ by: 'area' }, { by: 'neighbour' }],
    beforeMs: 0,
    afterMs: 10 * MINUTE,
    weight: 0.7,
    why: 'zones that draw on the same main lose together',
  },
  {
    cause: 'burst',
    effect: 'queue',
    reach: [{ by: 'signals' }],
    beforeMs: 5 * MINUTE,
    afterMs: 45 * MINUTE,
    weight: 0.6,
    why: 'water on the road, or the hole under it, holds up traffic',
    unlessCrash: true,
  },
  {
    cause: 'late',
    effect: 'bunching',
    reach: [{ by: 'near', metres: 1500 }],
    beforeMs: 20 * MINUTE,
    afterMs: 30 * MINUTE,
    weight: 0.7,
    why: 'the late bus is the one that is caught up with',
  },
  {
    cause: 'roadReport',
    effect: 'roadReport',
    reach: [
      { by: 'road', upstreamM: 2500, downstreamM: 500 },
      { by: 'near', metres: 300 },
    ],
    beforeMs: 10 * MINUTE,
    afterMs: 20 * MINUTE,
    weight: 0.8,
    why: 'two people tell of the same road',
    isSameTopic: true,
  },
  {
    cause: 'powerReport',
    effect: 'powerReport',
    reach: [{ by: 'near', metres: 500 }],
    beforeMs: 20 * MINUTE,
    afterMs: 20 * MINUTE,
    weight: 0.8,
    why: 'two neighbours are without power',
    isSameTopic: true,
  },
  {
    cause: 'waterReport',
    effect: 'waterReport',
    reach: [{ by: 'near', metres: 400 }],
    beforeMs: 20 * MINUTE,
    afterMs: 20 * MINUTE,
    weight: 0.8,
    why: 'two neighbours tell of water',
    isSameTopic: true,
  },
  {
    cause: 'broker',
    effect: 'feed',
    reach: [{ by: 'system' }],
    beforeMs: 3 * MINUTE,
    afterMs: 15 * MINUTE,
    weight: 1,
    why: 'nothing arrives while the line to the broker is down',
  },
];
