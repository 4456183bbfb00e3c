import { mean, percentile } from '../../../../shared/base/statistics/percentile.ts';

/** An estimate with its standard error. */
export type Estimate = { value: number; error: number };

/** An estimate after the like of it were taken into account, and the weight that its own data have. */
export type Shrunk = Estimate & { ownWeight: number };

/** Places of one sort: how many of all, around what, and how far apart. */
type Sort = { share: number; middle: number; variance: number };

const ROUNDS = 200;
/** Fewer places are taken to be of one sort. */
const FEWEST_FOR_TWO = 10;
const UPPER = 0.9;
const LEAST_SHARE = 0.01;

const density = (distance: number, variance: number): number =>
  Math.exp((-distance * distance) / (2 * variance)) / Math.sqrt(variance);

/** What is known of one place if it is of a sort: the mean, its variance, and the weight of its own data. */
function within(
  { value, error }: Estimate,
  { middle, variance }: Sort,
): { value: number; variance: number; own: number } {
  const own = variance / (variance + error ** 2);
  return { value: own * value + (1 - own) * middle, variance: own * error ** 2, own };
}

/** How likely a place is of each sort. */
function chances({ value, error }: Estimate, sorts: readonly Sort[]): number[] {
  const parts = sorts.map(({ share, middle, variance }) => share * density(value - middle, variance + error ** 2));
  const sum = parts.reduce((all, part) => all + part, 0);
  // A value that is far from all sorts is of the widest one.
  return sum > 0 ? parts.map((part) => part / sum) : sorts.map((_, at) => (at === sorts.length - 1 ? 1 : 0));
}

/** Improves the sorts by one step of expectation and maximisation. */
function improve(estimates: readonly Estimate[], sorts: readonly Sort[], least: number): Sort[] {
  const likely = estimates.map((estimate) => chances(estimate, sorts));
  return sorts.map((sort, at) => {
    const parts = estimates.map((estimate, i) => ({ chance: likely[i]?.[at] ?? 0, ...within(estimate, sort) }));
    const sum = parts.reduce((all, { chance }) => all + chance, 0);
    if (sum < LEAST_SHARE) return sort;
    const middle = parts.reduce((all, { chance, value }) => all + chance * value, 0) / sum;
    const spread = parts.reduce(
      (all, { chance, value, variance }) => all + chance * ((value - middle) ** 2 + variance),
      0,
    );
    return { share: sum / estimates.length, middle, variance: Math.max(least, spread / sum) };
  });
}

/** The sorts of places that the estimates show: the usual ones, and those that lose much more. */
function findSorts(estimates: readonly Estimate[]): Sort[] {
  const values = estimates.map(({ value }) => value);
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2)) + 1e-12;
  const usual = { middle: percentile(values, 0.5), variance: variance / 10 };
  let sorts: Sort[] =
    estimates.length < FEWEST_FOR_TWO
      ? [{ share: 1, middle, variance }]
      : [
          { share: UPPER, ...usual },
          { share: 1 - UPPER, middle: percentile(values, UPPER), variance },
        ];
  for (let round = 0; round < ROUNDS; round++) sorts = improve(estimates, sorts, variance * 1e-6);
  return sorts;
}

/**
 * Empirical Bayes: estimates of like places are drawn towards what is usual for them, each the more the less sure it
 * is. What is usual follows from the estimates themselves, as a mixture of two sorts of places, so that the few that
 * truly lose much are not drawn towards the many. Picking the worst of noisy places without this picks chance.
 */
export function shrink(estimates: readonly Estimate[]): Shrunk[] {
  if (estimates.length < 2) return estimates.map((estimate) => ({ ...estimate, ownWeight: 1 }));
  const sorts = findSorts(estimates);
  return estimates.map((estimate) => {
    const likely = chances(estimate, sorts);
    const parts = sorts.map((sort, at) => ({ chance: likely[at] ?? 0, ...within(estimate, sort) }));
    const value = parts.reduce((sum, part) => sum + part.chance * part.value, 0);
    const variance = parts.reduce((sum, part) => sum + part.chance * (part.variance + (part.value - value) ** 2), 0);
    // The sorts are estimates, too, so that how far a value was drawn is not sure either.
    const drawn = estimate.value - value;
    return {
      value,
      error: Math.sqrt(variance + drawn ** 2),
      ownWeight: parts.reduce((sum, part) => sum + part.chance * part.own, 0),
    };
  });
}
