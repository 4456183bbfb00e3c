import { mean } from '../../../../shared/base/statistics/percentile.ts';
import { median } from '../../../../shared/base/statistics/robust.ts';
import { stakeKinds } from '../../../../shared/impact/audit.ts';
import type { Audit, Stake, StakeKind } from '../../../../shared/impact/audit.ts';
import { persistence } from '../methods/neweyWest.ts';
import { tWithin } from '../methods/studentT.ts';
import { shrink } from './shrink.ts';

/** What a place lost by the week of the year (0..52), per hour in the unit of its kind. */
export type WeeklyLoss = {
  kind: StakeKind;
  place: string;
  name: string;
  weeks: readonly { week: number; value: number }[];
};

/** The worth of one unit for an hour over a year, by kind; absent where there is no price. */
export type Prices = Partial<Record<StakeKind, number>>;

type Judged = { loss: WeeklyLoss; value: number; error: number; freedom: number };

const HOURS_A_YEAR = 8766;
const WEEKS_A_YEAR = 52;
/** The level, and roughly what the season takes out of the residuals. */
const TAKEN_OUT = 3;
const FEWEST_WEEKS = 8;
const LEAST_OF_A_YEAR = 0.9;
const FEWEST_FOR_SEASON = 3;
const LEVEL = 0.9;
const FIRST = 10;
const DRAWS = 400;

/**
 * How each week of the year is against the others; 1 where unknown. It follows from the places that have most of the
 * year and lose more than their weeks swing, as the ratio of a small noisy place is chance.
 */
function seasonOf(losses: readonly WeeklyLoss[]): number[] {
  const courses = losses.flatMap(({ weeks }) => {
    const values = weeks.map(({ value }) => value);
    const middle = mean(values);
    const spread = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
    return weeks.length >= LEAST_OF_A_YEAR * WEEKS_A_YEAR && middle > spread
      ? [new Map(weeks.map(({ week, value }) => [week, value / middle]))]
      : [];
  });
  return Array.from({ length: WEEKS_A_YEAR + 1 }, (_, week) => {
    const ratios = courses.flatMap((course) => course.get(week) ?? []);
    return ratios.length < FEWEST_FOR_SEASON ? 1 : Math.max(0.1, median(ratios));
  });
}

/** The mean of a year, as if its missing weeks were like those of the other places. */
function judgePlace(loss: WeeklyLoss, season: readonly number[]): Judged {
  const parts = loss.weeks.map(({ week }) => season[week] ?? 1);
  const values = loss.weeks.map(({ value }) => value);
  const total = parts.reduce((sum, part) => sum + part, 0);
  const value = values.reduce((sum, each) => sum + each, 0) / total;
  const residuals = values.map((each, at) => each - value * (parts[at] ?? 1));
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const rho = persistence(residuals, TAKEN_OUT);
  const independent = Math.max(2, (residuals.length * (1 - rho)) / (1 + rho));
  const error = Math.sqrt(squares / (residuals.length - 1) / independent);
  return { loss, value, error, freedom: Math.max(2, independent - 1) };
}

function stakesOf(losses: readonly WeeklyLoss[], price: number | undefined): Stake[] {
  const season = seasonOf(losses);
  const judged = losses.map((loss) => judgePlace(loss, season));
  return shrink(judged).map(({ value, error, ownWeight }, at): Stake => {
    const own = judged[at];
    const half = tWithin(LEVEL, own?.freedom ?? 2) * error;
    const range = { perYear: value, low: Math.max(0, value - half), high: value + half };
    const times = (factor: number): typeof range => ({
      perYear: range.perYear * factor,
      low: range.low * factor,
      high: range.high * factor,
    });
    const loss = own?.loss;
    return {
      ...{ kind: loss?.kind ?? 'delay', place: loss?.place ?? '', name: loss?.name ?? '', ownWeight },
      ...times(HOURS_A_YEAR),
      measured: (own?.value ?? 0) * HOURS_A_YEAR,
      ...(price !== undefined && { money: times(price) }),
      ...{ firstTen: 0, weeks: loss?.weeks.length ?? 0, share: Math.min(1, (loss?.weeks.length ?? 0) / WEEKS_A_YEAR) },
    };
  });
}

/** A normally distributed number (Box–Muller). */
const normalOf = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Half of a 90 % range is so many standard errors. */
const ERRORS_PER_HALF = 1.645;

/** What stakes are ranked by: money, or where there is none the share of all that is lost of the kind. */
function scores(stakes: readonly Stake[]): { value: number; error: number }[] {
  const totals = new Map<StakeKind, number>();
  for (const { kind, perYear } of stakes) totals.set(kind, (totals.get(kind) ?? 0) + Math.max(0, perYear));
  return stakes.map(({ kind, perYear, high, money }) => {
    const scale = money === undefined ? 1 / Math.max(1e-12, totals.get(kind) ?? 1) : money.perYear / (perYear || 1);
    return { value: perYear * scale, error: ((high - perYear) / ERRORS_PER_HALF) * Math.abs(scale) };
  });
}

/** How often each is among the first ten, over draws from what is known of all. */
function firstTenShares(all: readonly { value: number; error: number }[], random: () => number): number[] {
  const counts = all.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = all.map(({ value, error }, at) => ({ at, value: value + error * normalOf(random) }));
    for (const { at } of drawn.sort((a, b) => b.value - a.value).slice(0, FIRST)) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count) => count / DRAWS);
}

/**
 * Ranks places by what is lost there per year. Each kind is shrunk towards its like; stakes with a price come before
 * those without one. Places with less than eight weeks of data are listed apart.
 */
export function rankStakes(
  losses: readonly WeeklyLoss[],
  prices: Prices,
  random: () => number,
): Pick<Audit, 'stakes' | 'unjudged'> {
  const isJudged = ({ weeks }: WeeklyLoss): boolean => weeks.length >= FEWEST_WEEKS;
  const stakes = (Object.keys(stakeKinds) as StakeKind[]).flatMap((kind) =>
    stakesOf(
      losses.filter((loss) => loss.kind === kind && isJudged(loss)),
      prices[kind],
    ),
  );
  const all = scores(stakes);
  const chances = firstTenShares(all, random);
  const order = stakes
    .map((stake, at) => ({ stake: { ...stake, firstTen: chances[at] ?? 0 }, score: all[at]?.value ?? 0 }))
    .sort((a, b) => Number(b.stake.money !== undefined) - Number(a.stake.money !== undefined) || b.score - a.score);
  return {
    stakes: order.map(({ stake }) => stake),
    unjudged: losses
      .filter((loss) => !isJudged(loss))
      .map(({ kind, place, name, weeks }) => ({
        ...{ kind, place, name },
        reason: `There are ${weeks.length} weeks of data; ${FEWEST_WEEKS} are needed.`,
      })),
  };
}
