import { TextClassifier } from '../../main/portal/text/TextClassifier.ts';
import { DAY_MS } from '../../shared/base/durations.ts';
import { distanceM } from '../../shared/base/geometry/distanceM.ts';
import { similarRequests } from '../../shared/citizens/similarRequests.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { readRequests } from './requests/readRequests.ts';
import type { RealRequest } from './requests/readRequests.ts';

/** What is certainly the same: of one category, this near, and this soon after. */
const SAME_M = 50;
const SAME_MS = 14 * DAY_MS;
const TOP = 3;

type Guesses = (request: RealRequest) => readonly string[];

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000);

function scoreOf(test: readonly RealRequest[], guess: Guesses): { top1: number; top3: number } {
  let [first, among] = [0, 0];
  for (const request of test) {
    const guesses = guess(request);
    if (guesses[0] === request.category) first++;
    if (guesses.slice(0, TOP).includes(request.category)) among++;
  }
  return { top1: share(first, test.length), top3: share(among, test.length) };
}

/** The same guess for everything: the commonest categories. */
function commonest(train: readonly RealRequest[]): Guesses {
  const sizes = [...Map.groupBy(train, ({ category }) => category)].map(([category, { length }]) => ({
    category,
    length,
  }));
  const order = sizes.sort((a, b) => b.length - a.length).map(({ category }) => category);
  return () => order;
}

/** The categories of the nearest reports, each once. */
function nearest(train: readonly RealRequest[]): Guesses {
  const placed = train.filter(({ lon, lat }) => Number.isFinite(lon) && Number.isFinite(lat));
  return ({ lon, lat }) => {
    const byDistance = placed
      .map((each) => ({ category: each.category, m: distanceM(each.lon, each.lat, lon, lat) }))
      .sort((a, b) => a.m - b.m);
    return [...new Set(byDistance.map(({ category }) => category))].slice(0, TOP);
  };
}

type Duplicates = { withEarlier: number; offered: number; offeredByWords: number };

/**
 * Plays the requests in the order of time. Of each that has a certain duplicate before it: whether one of them is among
 * what the form offers, with the category that was chosen, and with the three that its words suggest.
 */
function playDuplicates(all: readonly RealRequest[], fromMs: number, guess: Guesses): Duplicates {
  const known = all.map((each) => ({
    ...each,
    serviceCode: each.category,
    state: 'received' as const,
    receivedAtMs: each.createdAtMs,
  }));
  const found = { withEarlier: 0, offered: 0, offeredByWords: 0 };
  let begin = 0;
  known.forEach((request, at) => {
    const atMs = request.createdAtMs;
    while (atMs - (known[begin]?.createdAtMs ?? atMs) > SAME_MS) begin++;
    if (atMs < fromMs) return;
    const earlier = known.slice(begin, at);
    const isSame = (each: (typeof known)[number]): boolean =>
      each.category === request.category && distanceM(each.lon, each.lat, request.lon, request.lat) <= SAME_M;
    if (!earlier.some(isSame)) return;
    found.withEarlier++;
    const offers = (serviceCodes: readonly string[]): boolean =>
      similarRequests(earlier, { serviceCodes, lon: request.lon, lat: request.lat, atMs }).some(isSame);
    if (offers([request.category])) found.offered++;
    if (offers(guess(request).slice(0, TOP))) found.offeredByWords++;
  });
  return found;
}

function measure(options: BenchOptions, say: (line: string) => void): Figures {
  const [trainPath, testPath] = [options.text('train', ''), options.text('test', '')];
  if (trainPath === '' || testPath === '') throw new Error('The bench needs --train FILE and --test FILE.');
  const [train, test] = [readRequests(trainPath), readRequests(testPath)];
  const startedMs = performance.now();
  const classifier = new TextClassifier(
    train.map(({ description, category }) => ({ text: description, label: category })),
  );
  const trainMs = Math.round(performance.now() - startedMs);
  const byWords: Guesses = ({ description }) => classifier.classify(description).map(({ label }) => label);
  const [words, common, near] = [byWords, commonest(train), nearest(train)].map((each) => scoreOf(test, each));
  const firstMs = test[0]?.createdAtMs ?? 0;
  const history = train.filter(({ createdAtMs }) => createdAtMs < firstMs);
  const { withEarlier, offered, offeredByWords } = playDuplicates([...history, ...test], firstMs, byWords);
  const figures = {
    trained: train.length,
    tested: test.length,
    categoryTop1: words?.top1 ?? 0,
    categoryTop3: words?.top3 ?? 0,
    commonestTop1: common?.top1 ?? 0,
    commonestTop3: common?.top3 ?? 0,
    nearestTop1: near?.top1 ?? 0,
    nearestTop3: near?.top3 ?? 0,
    withEarlier,
    duplicatesOffered: share(offered, withEarlier),
    duplicatesOfferedByWords: share(offeredByWords, withEarlier),
    trainMs,
  };
  say(
    `${figures.tested} requests: the category is the first guess for ${figures.categoryTop1} and among three for ${figures.categoryTop3} by the description alone; by the commonest category ${figures.commonestTop1} and ${figures.commonestTop3}, by the nearest report ${figures.nearestTop1} and ${figures.nearestTop3}.`,
  );
  say(
    `${withEarlier} have an earlier one of their category within ${SAME_M} m and 14 days: it is offered to ${figures.duplicatesOffered} with the category chosen, and to ${figures.duplicatesOfferedByWords} by the suggested ones alone.`,
  );
  return figures;
}

export const requests: Bench = {
  what: 'the category of real requests from their words, beside the commonest one and the nearest report, and which likely duplicates are offered',
  options: {
    train: 'file with the columns of newhaven-311: category, description, created, lng, lat',
    test: 'another one, of later requests',
  },
  run: (options, say) => new Promise((resolve) => resolve(measure(options, say))),
};
