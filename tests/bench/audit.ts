import { rankStakes } from '../../main/engine/impact/audit/rankStakes.ts';
import type { WeeklyLoss } from '../../main/engine/impact/audit/rankStakes.ts';
import type { StakeKind } from '../../shared/impact/audit.ts';
import { Random } from '../../simulators/random/Random.ts';
import { normal } from '../../simulators/random/hash.ts';
import type { Bench, Figures } from './bench.ts';

const HOURS_A_YEAR = 8766;
const PLACES = 80;
const prices: Record<StakeKind, number> = {
  delay: 30 * HOURS_A_YEAR,
  leakage: 0.6 * HOURS_A_YEAR,
  lateRoute: 4 * HOURS_A_YEAR,
};

type Planted = { worth: number };

/**
 * Places of one kind whose usual loss is small, with seasons, gaps and places so small that their data are mostly noise;
 * some have a loss of known worth per year.
 */
function placesOf(
  kind: StakeKind,
  random: Random,
  seed: number,
  planted: Map<string, Planted>,
  count: number,
): WeeklyLoss[] {
  const price = prices[kind];
  const season = random.between(0, 0.4);
  return Array.from({ length: PLACES }, (_, at) => {
    const place = `${kind} ${at}`;
    const isPlanted = at < count;
    const worth = isPlanted ? random.between(40_000, 250_000) : random.between(0, 15_000);
    if (isPlanted) planted.set(place, { worth });
    const perHour = worth / price;
    // A small place: a few vehicles, a few meters; its weeks swing by far more than its loss.
    const isNoisy = !isPlanted && random.chance(0.3);
    const spread = isNoisy
      ? random.between(60_000, 250_000) / price
      : (random.between(0.2, 0.5) * Math.max(worth, 8000)) / price;
    const first = random.chance(0.25) ? random.integer(0, 30) : 0;
    const last = random.chance(0.25) ? random.integer(first + 12, 51) : 51;
    const weeks: { week: number; value: number }[] = [];
    let level = 0;
    for (let week = first; week <= last; week++) {
      level = 0.4 * level + Math.sqrt(1 - 0.16) * normal(seed, at, week, kind.length);
      const value = perHour * (1 + season * Math.cos((2 * Math.PI * week) / 52)) + spread * level;
      if (!random.chance(0.03)) weeks.push({ week, value });
    }
    return { kind, place, name: place, weeks };
  });
}

export const audit: Bench = {
  what: 'the list of where to act first: planted losses of known worth among noise',
  options: { rounds: 'how many counties are simulated (20)', seed: 'the first seed (1)' },
  run(options, say): Promise<Figures> {
    const rounds = options.number('rounds', 20);
    const sums = { precisionAt10: 0, worthFound: 0, inRange: 0, plainPrecisionAt10: 0 };
    for (let round = 0; round < rounds; round++) {
      const seed = options.number('seed', 1) * 1000 + round;
      const random = new Random(seed);
      const planted = new Map<string, Planted>();
      const losses = (['delay', 'leakage', 'lateRoute'] as const).flatMap((kind) =>
        placesOf(kind, random, seed, planted, random.integer(4, 6)),
      );
      const { stakes } = rankStakes(losses, prices, () => random.between(0, 1));
      const isPlanted = ({ place }: { place: string }): boolean => planted.has(place);
      const first = stakes.slice(0, 10);
      const plain = stakes.toSorted(
        (a, b) => b.measured * (prices[b.kind] / HOURS_A_YEAR) - a.measured * (prices[a.kind] / HOURS_A_YEAR),
      );
      const worth = (of: readonly { place: string }[]): number =>
        of.reduce((sum, { place }) => sum + (planted.get(place)?.worth ?? 0), 0);
      const all = [...planted.values()].reduce((sum, each) => sum + each.worth, 0);
      const judged = stakes.filter(isPlanted);
      sums.precisionAt10 += first.filter(isPlanted).length / 10;
      sums.plainPrecisionAt10 += plain.slice(0, 10).filter(isPlanted).length / 10;
      sums.worthFound += worth(stakes.slice(0, 20)) / all;
      sums.inRange +=
        judged.filter(({ place, money }) => {
          const truth = planted.get(place)?.worth ?? 0;
          return money !== undefined && money.low <= truth && truth <= money.high;
        }).length / judged.length;
    }
    const figures = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / rounds]));
    say(JSON.stringify(figures));
    return Promise.resolve({ ...figures, counties: rounds });
  },
};
