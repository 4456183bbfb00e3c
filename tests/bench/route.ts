import { makeCounty } from '../../main/import/importCounty.ts';
import { OFF_ROAD_MPS, openOnes } from '../../main/engine/routing/Reach.ts';
import { RoadNetwork } from '../../main/engine/routing/RoadNetwork.ts';
import { Router } from '../../main/engine/routing/Router.ts';
import type { Terms } from '../../main/engine/routing/Router.ts';
import { liveTimes } from '../../main/engine/routing/TravelTimes.ts';
import type { Link } from '../../shared/county/county.ts';
import { seededRandom } from '../support/makeCounty.ts';
import { PlainDijkstra } from '../support/plainDijkstra.ts';
import type { Bench } from './bench.ts';
import { ANDORRA } from './importOsm.ts';

const PAIRS = 1000;
const PAIRS_PER_MINUTE = 50;
const UNITS = 20;
/** Two sums of the same seconds in another order differ by less than this. */
const SAME_S = 1e-6;

type Position = { lon: number; lat: number };

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

function timed<T>(into: number[], work: () => T): T {
  const began = performance.now();
  const result = work();
  into.push(performance.now() - began);
  return result;
}

/** Traffic as it may be in a minute: slow on many links, and some of them closed. */
function trafficOf(links: readonly Link[], random: () => number): Terms {
  const speeds = Float64Array.from(links, ({ freeFlowMps }) => (random() < 0.3 ? freeFlowMps * random() : Number.NaN));
  const closed = new Set([...links.keys()].filter(() => random() < 0.005));
  return { rights: 'car', times: liveTimes(links, (link) => speeds[link] ?? Number.NaN), atMs: 0, closed };
}

export const route: Bench = {
  what: 'routes between random pairs under traffic that changes every minute, against plain Dijkstra',
  options: { osm: 'the extract (shared/data/osm/andorra.osm.pbf beside the project)', seed: 'of the pairs (1)' },
  run(options, say) {
    const random = seededRandom(options.number('seed', 1));
    const county = makeCounty({ task: 'import', osm: options.text('osm', ANDORRA), dir: '' }, () => undefined);
    const { links } = county.laid;
    const network = new RoadNetwork(links, county.turns);
    const [router, plain] = [new Router(network), new PlainDijkstra({ links, turns: county.turns })];
    const somewhere = (): Position => {
      const [lon, lat] = links[Math.floor(random() * links.length)]?.path[0] ?? [0, 0];
      return { lon: lon + 0.001 * (random() - 0.5), lat: lat + 0.001 * (random() - 0.5) };
    };
    const building: number[] = [];
    timed(building, () => router.route(somewhere(), somewhere(), trafficOf(links, random)));
    const spots = (place: Position, terms: Terms): ReturnType<typeof openOnes> =>
      openOnes(
        network.spotsNear(place, (link) => network.graphFor('car').startOf(link) !== undefined),
        terms.closed,
      );
    const [own, peer, matrix]: [number[], number[], number[]] = [[], [], []];
    let [wrong, found] = [0, 0];
    let terms = trafficOf(links, random);
    for (let pair = 0; pair < PAIRS; pair++) {
      if (pair % PAIRS_PER_MINUTE === 0) {
        terms = trafficOf(links, random);
        const [units, incident] = [Array.from({ length: UNITS }, somewhere), somewhere()];
        timed(matrix, () => router.matrix(units, incident, terms));
      }
      const [from, to] = [somewhere(), somewhere()];
      const answer = timed(own, () => router.route(from, to, terms));
      const expected = timed(peer, () =>
        plain.cost({
          from: spots(from, terms).map((spot) => ({ spot, cost: spot.offM / OFF_ROAD_MPS })),
          to: spots(to, terms),
          costOn: (link) => terms.times.secondsOn(link, 0),
          closed: terms.closed ?? new Set(),
        }),
      );
      const isFound = !('refusal' in answer);
      if (isFound) found++;
      // Where the nearest road leads nowhere, the router goes on from one beside it, which plain Dijkstra does not.
      const seconds = isFound ? answer.seconds + answer.from.offM / OFF_ROAD_MPS : Number.POSITIVE_INFINITY;
      if (Number.isFinite(expected) && Math.abs(seconds - expected) > SAME_S) wrong++;
    }
    for (const times of [own, peer, matrix]) times.sort((a, b) => a - b);
    const figures = {
      pairs: PAIRS,
      found,
      wrong,
      medianMs: at(own, 0.5),
      p99Ms: at(own, 0.99),
      matrix20Ms: at(matrix, 0.5),
      peerMedianMs: at(peer, 0.5),
      firstMs: building[0] ?? Number.NaN,
      links: links.length,
    };
    say(
      `${figures.medianMs.toFixed(2)} ms (p99 ${figures.p99Ms.toFixed(2)}) per route over ${links.length} links, plain Dijkstra ${figures.peerMedianMs.toFixed(2)} ms; ${UNITS} units to one place ${figures.matrix20Ms.toFixed(2)} ms; ${wrong} of ${PAIRS} wrong. The first route, with its landmarks, took ${figures.firstMs.toFixed(0)} ms.`,
    );
    return Promise.resolve(figures);
  },
};
