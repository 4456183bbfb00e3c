import { createHash } from 'node:crypto';
import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { ofDifference } from './effect.ts';
import type { Effect, NoEffect } from './effect.ts';
import { leastSquares } from './leastSquares.ts';
import { neweyWestError } from './neweyWest.ts';
import { LEVEL, Z_POWER } from './smallestEffect.ts';
import { tWithin } from './studentT.ts';

/** A household, building or stop of a randomised start: its mean before and after. */
export type Unit = { before: number; after: number; isFirst: boolean };

const FEWEST = 10;

/**
 * Draws the half of the units that gets the change first. The draw follows from the seed alone, so that anybody can
 * repeat it: units are ordered by SHA-256 of seed and id.
 */
export function drawFirst(seed: string, ids: readonly string[]): string[] {
  const place = (id: string): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
  return ids
    .map((id) => ({ id, place: place(id) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, Math.floor(ids.length / 2))
    .map(({ id }) => id);
}

/**
 * The effect of a change that a draw gave to half of the units first: the difference of the halves after it, where what
 * each unit was before is taken into account (analysis of covariance, errors that hold for unequal spreads).
 */
export function randomisedStart(units: readonly Unit[]): Effect | NoEffect {
  const first = units.filter(({ isFirst }) => isFirst);
  const others = units.filter(({ isFirst }) => !isFirst);
  if (first.length < FEWEST || others.length < FEWEST)
    return { fault: `There are ${first.length} and ${others.length} units; at least ${FEWEST} of each are needed.` };
  const middle = mean(units.map(({ before }) => before));
  const columns = [
    units.map(() => 1),
    units.map(({ isFirst }) => (isFirst ? 1 : 0)),
    units.map(({ before }) => before - middle),
  ];
  const fit = leastSquares(
    columns,
    units.map(({ after }) => after),
  );
  if (fit === undefined) return { fault: 'All units were alike before, or all of one half.' };
  return ofDifference(
    { method: 'randomisedStart', before: units.length, after: units.length, doubts: [] },
    fit.coefficients[1] ?? 0,
    neweyWestError(fit, columns, 1, 0),
    units.length - columns.length,
    fit.coefficients[0] ?? 1,
  );
}

/**
 * The smallest effect that two halves would see, as a share: `spread` is how far a unit's ratio of after to before
 * usually lies from that of the others (standard deviation of its logarithm).
 */
export function smallestInHalves(before: readonly number[], spread: number): number {
  const middle = mean(before);
  const squares = mean(before.map((value) => value ** 2));
  const each = Math.sqrt(Math.expm1(spread ** 2) * squares) / middle;
  return (tWithin(LEVEL, before.length - 3) + Z_POWER) * 2 * (each / Math.sqrt(before.length));
}
