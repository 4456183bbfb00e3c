import { LEVEL } from './smallestEffect.ts';
import { tWithin, twoSidedChance } from './studentT.ts';

/** What a method found: the effect as a share of what would have been without the change. */
export type Effect = {
  method: 'interruptedSeries' | 'differenceInDifferences' | 'randomisedStart' | 'naive';
  /** −0.08: 8 % less than without the change. */
  share: number;
  low90: number;
  high90: number;
  /** The chance of so great a difference, to either side, where the change does nothing. */
  chance: number;
  /** Whether the chance is below 1 − level, with the usual level of 95 %. */
  isSeen: boolean;
  /** How many values the estimate rests on, before and after. */
  before: number;
  after: number;
  /** Conditions of the method that do not hold, and what was left out: a sentence each. */
  doubts: readonly string[];
};

/** Where a method can say nothing, and why. */
export type NoEffect = { fault: string };

/** Makes an effect of a difference of logarithms. */
export function ofLogs(
  found: Pick<Effect, 'method' | 'before' | 'after' | 'doubts'>,
  difference: number,
  error: number,
  freedom: number,
): Effect {
  const half = tWithin(0.9, freedom) * error;
  const chance = error > 0 ? twoSidedChance(difference / error, freedom) : difference === 0 ? 1 : 0;
  return {
    ...found,
    share: Math.expm1(difference),
    low90: Math.expm1(difference - half),
    high90: Math.expm1(difference + half),
    chance,
    isSeen: chance < 1 - LEVEL,
  };
}

/** Makes an effect of a difference and the level that it is a share of. */
export function ofDifference(
  found: Pick<Effect, 'method' | 'before' | 'after' | 'doubts'>,
  difference: number,
  error: number,
  freedom: number,
  level: number,
): Effect {
  const half = tWithin(0.9, freedom) * error;
  const chance = error > 0 ? twoSidedChance(difference / error, freedom) : difference === 0 ? 1 : 0;
  return {
    ...found,
    share: difference / level,
    low90: (difference - half) / level,
    high90: (difference + half) / level,
    chance,
    isSeen: chance < 1 - LEVEL,
  };
}
