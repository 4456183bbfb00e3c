import {
  differenceInDifferences,
  smallestInDifferences,
} from '../../../main/engine/impact/methods/differenceInDifferences.ts';
import type { Effect, NoEffect } from '../../../main/engine/impact/methods/effect.ts';
import { interruptedSeries, smallestInSeries } from '../../../main/engine/impact/methods/interruptedSeries.ts';
import { naiveEffect } from '../../../main/engine/impact/methods/naiveEffect.ts';
import { randomisedStart, smallestInHalves } from '../../../main/engine/impact/methods/randomisedStart.ts';
import { Random } from '../../../simulators/random/Random.ts';
import { homesOf, kinds, sceneOf, withEffect } from './simulateChange.ts';
import type { Kind, Scene } from './simulateChange.ts';

type Judged = { truth: number; found: Effect | NoEffect; naive: Effect | NoEffect };
/** A simulated change, what was found of it, and what was found of one of the smallest size that should be seen. */
export type Trial = Judged & { method: string; atSmallest: Effect | NoEffect | undefined };

const allKinds = Object.keys(kinds) as Kind[];
const isEffect = (found: Effect | NoEffect | undefined): found is Effect => found !== undefined && !('fault' in found);

function judgeHomes(seed: number, truth: number): Trial {
  const units = homesOf(seed, truth);
  const smallest = smallestInHalves(
    units.map(({ before }) => before),
    0.36,
  );
  const first = units.filter(({ isFirst }) => isFirst);
  const days = (of: 'before' | 'after', from: number): { day: number; value: number }[] =>
    first.map((unit, at) => ({ day: from + at, value: unit[of] }));
  return {
    ...{ method: 'randomisedStart', truth, found: randomisedStart(units) },
    naive: naiveEffect([...days('before', 0), ...days('after', 10_000)], { startDay: 10_000, afterDay: 10_000 }),
    atSmallest: randomisedStart(homesOf(seed, -smallest)),
  };
}

function judgeScene(kind: Exclude<Kind, 'notice'>, scene: Scene, truth: number): Trial {
  const { change, others, temperature, sensorDays } = scene;
  const isCompared = kinds[kind] === 'differenceInDifferences';
  const known = { covariates: [temperature], sensorDays };
  const judge = (effect: number): Effect | NoEffect =>
    isCompared
      ? differenceInDifferences(withEffect(scene, effect), others, change)
      : interruptedSeries(withEffect(scene, effect), change, known);
  const series = withEffect(scene, 0);
  const smallest = isCompared ? smallestInDifferences(series, others, change) : smallestInSeries(series, change, known);
  return {
    ...{ method: kinds[kind], truth, found: judge(truth), naive: naiveEffect(withEffect(scene, truth), change) },
    atSmallest: smallest === undefined ? undefined : judge(Math.expm1(-smallest)),
  };
}

/** How often the methods were right, over changes whose truth is known. */
export function figuresOf(trials: readonly Trial[]): Record<string, number> {
  const share = (some: readonly Trial[], is: (trial: Trial) => boolean): number =>
    some.length === 0 ? Number.NaN : some.filter(is).length / some.length;
  const judged = trials.filter(({ found }) => isEffect(found));
  const none = judged.filter(({ truth }) => truth === 0);
  const some = judged.filter(({ truth }) => truth !== 0);
  const size = some.reduce((sum, { truth }) => sum + Math.abs(truth), 0) / some.length;
  const bias = (of: 'found' | 'naive'): number =>
    Math.abs(
      judged.reduce((sum, trial) => {
        const { [of]: found, truth } = trial;
        return sum + (isEffect(found) ? found.share - truth : 0);
      }, 0) /
        judged.length /
        size,
    );
  const error = (of: 'found' | 'naive'): number =>
    judged.reduce((sum, { [of]: found, truth }) => sum + (isEffect(found) ? Math.abs(found.share - truth) : 0), 0) /
    judged.length;
  return {
    changes: trials.length,
    judged: judged.length,
    coverage: share(judged, ({ found, truth }) => isEffect(found) && found.low90 <= truth && truth <= found.high90),
    falsePositiveRate: share(none, ({ found }) => isEffect(found) && found.isSeen),
    bias: bias('found'),
    meanError: error('found'),
    power: share(judged, ({ atSmallest }) => isEffect(atSmallest) && atSmallest.isSeen && atSmallest.share < 0),
    naiveCoverage: share(
      judged,
      ({ naive, truth }) => isEffect(naive) && naive.low90 <= truth && truth <= naive.high90,
    ),
    naiveFalsePositiveRate: share(none, ({ naive }) => isEffect(naive) && naive.isSeen),
    naiveBias: bias('naive'),
    naiveMeanError: error('naive'),
  };
}

/** Simulates so many changes and judges each by its method; a third has no effect. */
export function tryChanges(count: number, seed: number): Trial[] {
  return Array.from({ length: count }, (_, at) => {
    const kind = allKinds[at % allKinds.length] ?? 'corridor';
    const own = seed * 1_000_003 + at;
    const random = new Random(own ^ 0x55aa);
    const truth = random.chance(1 / 3) ? 0 : -random.between(0.03, 0.3);
    return kind === 'notice' ? judgeHomes(own, truth) : judgeScene(kind, sceneOf(kind, own), truth);
  });
}
