import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OFF_ROAD_MPS } from '../../../../../main/engine/routing/Reach.ts';
import { RoadNetwork } from '../../../../../main/engine/routing/RoadNetwork.ts';
import { Router } from '../../../../../main/engine/routing/Router.ts';
import type { Route, Terms } from '../../../../../main/engine/routing/Router.ts';
import { freeFlowTimes, liveTimes } from '../../../../../main/engine/routing/TravelTimes.ts';
import type { Link, Turn } from '../../../../../shared/county/county.ts';
import { atKm, gridRoads } from '../../../../support/gridRoads.ts';
import { seededRandom } from '../../../../support/makeCounty.ts';
import { PlainDijkstra } from '../../../../support/plainDijkstra.ts';

/** A square with a slow diagonal: A (0,0), B (2,0), C (2,2), D (0,2), and a lane from C to E (4,2). */
const nodes = { A: [0, 0], B: [2, 0], C: [2, 2], D: [0, 2], E: [4, 2] } as const;
const square = gridRoads(nodes, [
  { from: 'A', to: 'B', seconds: 100 },
  { from: 'B', to: 'C', seconds: 100 },
  { from: 'C', to: 'D', seconds: 90 },
  { from: 'D', to: 'A', seconds: 200 },
  { from: 'A', to: 'C', seconds: 250 },
  { from: 'C', to: 'E', seconds: 100 },
]);
const indexOf = (links: readonly Link[], id: string): number => links.findIndex((link) => link.id === id);
const termsOf = (links: readonly Link[], more: Partial<Terms> = {}): Terms => ({
  rights: 'car',
  times: freeFlowTimes(links),
  atMs: 0,
  ...more,
});
type Drive = { links?: Link[]; turns?: Turn[]; from?: [number, number]; to?: [number, number]; terms?: Partial<Terms> };
function drive({ links = square, turns = [], from = [0.5, 0], to = [2.5, 2], terms = {} }: Drive): string | undefined {
  const route = new Router(new RoadNetwork(links, turns)).route(atKm(...from), atKm(...to), termsOf(links, terms));
  return 'refusal' in route ? route.refusal : route.links.map((link) => links[link]?.id).join(' ');
}
const withAccess = (access: Link['access'], ...ids: string[]): Link[] =>
  square.map((link) => (ids.includes(link.id) && access !== undefined ? { ...link, access } : link));

describe('a way', () => {
  it('is the fastest, or the shortest, and says how long it is and when it ends at the earliest and the latest', () => {
    const router = new Router(new RoadNetwork(square));
    const fastest = router.route(atKm(0.5, 0), atKm(2.5, 2), termsOf(square)) as Route;
    expect(fastest.links.map((link) => square[link]?.id)).toEqual(['A-B', 'B-C', 'C-E']);
    expect(fastest.seconds).toBeCloseTo(75 + 100 + 25, 1);
    expect(fastest.metres).toBeCloseTo(1500 + 2000 + 500, -1);
    expect(fastest.earliestS).toBeLessThan(fastest.seconds);
    expect(fastest.latestS).toBeGreaterThan(fastest.seconds);
    expect(drive({ from: [0.1, 0], terms: { measure: 'length' } })).toBe('B-A A-C C-E');
  });

  it('does not turn where that is forbidden, nor over a sequence of links that is', () => {
    expect(drive({ turns: [{ links: ['A-B', 'B-C'] }] })).not.toMatch(/A-B B-C/);
    const over = drive({ turns: [{ links: ['A-B', 'B-C', 'C-E'] }] });
    expect(over).not.toMatch(/A-B B-C C-E/);
    // The same links are free for those who come another way, and for those who go on another way.
    expect(drive({ turns: [{ links: ['A-B', 'B-C', 'C-E'] }], to: [1, 2] })).toBe('A-B B-C C-D');
    expect(drive({ turns: [{ links: ['A-B', 'B-C'] }], terms: { rights: 'response' } })).toBe('A-B B-C C-E');
  });

  it('turns round only at the end of a road', () => {
    const noLeft = [{ links: ['A-B', 'B-C'] }, { links: ['B-A', 'A-C'] }, { links: ['B-A', 'A-D'] }];
    // From A-B no way leads on but back; at B, where the road does not end for others, nobody turns.
    expect(drive({ turns: noLeft, from: [1, 0] })).toMatch(/A-B B-A A-B|not connected/);
    const lane = gridRoads({ A: [0, 0], B: [1, 0], C: [2, 0] }, [
      { from: 'A', to: 'B', seconds: 10 },
      { from: 'B', to: 'C', seconds: 10 },
    ]);
    const heading = new Router(new RoadNetwork(lane)).route(
      { ...atKm(1.9, 0), headingDeg: 90 },
      atKm(0.5, 0),
      termsOf(lane),
    );
    expect((heading as Route).links.map((link) => lane[link]?.id)).toEqual(['B-C', 'C-B', 'B-A']);
  });

  it('keeps to one-way streets, and to the direction of a moving vehicle where turning costs more', () => {
    const oneWay = gridRoads(nodes, [
      { from: 'A', to: 'B', seconds: 100, oneWay: true },
      { from: 'B', to: 'C', seconds: 100, oneWay: true },
      { from: 'C', to: 'D', seconds: 100, oneWay: true },
      { from: 'D', to: 'A', seconds: 100, oneWay: true },
    ]);
    expect(drive({ links: oneWay, from: [1, 0], to: [0.5, 0] })).toBe('A-B B-C C-D D-A A-B');
  });

  it('passes roads with a destination only where it begins or ends there, and others by rights', () => {
    const enclosed = withAccess('destination', 'B-C', 'C-B');
    expect(drive({ links: enclosed })).toBe('B-A A-C C-E');
    expect(drive({ links: enclosed, to: [2, 1] })).toBe('A-B B-C');
    expect(drive({ links: enclosed, from: [2, 0.5] })).toMatch(/^B-C C-E$/);
    expect(drive({ links: enclosed, terms: { rights: 'response' } })).toBe('A-B B-C C-E');
    const gated = withAccess('emergency', 'B-C', 'C-B');
    expect(drive({ links: gated })).toBe('B-A A-C C-E');
    expect(drive({ links: gated, terms: { rights: 'response' } })).toBe('A-B B-C C-E');
    const busway = withAccess('bus', 'B-C', 'C-B');
    expect(drive({ links: busway })).toBe('B-A A-C C-E');
    expect(drive({ links: busway, terms: { rights: 'bus' } })).toBe('A-B B-C C-E');
    // A place beside a gated road is reached by the nearest road that is open.
    expect(drive({ links: gated, from: [0.5, 2], to: [2, 0.1] })).toMatch(/A-B$|B-A$/);
  });

  it('goes round what is closed, and says in words where it cannot', () => {
    expect(drive({ terms: { closed: new Set([indexOf(square, 'B-C')]) } })).toBe('B-A A-C C-E');
    const shut = new Set(['B-C', 'A-C', 'D-C'].map((id) => indexOf(square, id)));
    expect(drive({ terms: { closed: shut } })).toBe('Every road there is closed.');
    expect(drive({ to: [900, 0] })).toMatch(/No road is within 20 km of the destination/);
    expect(drive({ from: [900, 0] })).toMatch(/No road is within 20 km of the start/);
    expect(new Router(new RoadNetwork([])).route(atKm(0, 0), atKm(1, 1), termsOf([]))).toHaveProperty('refusal');
  });

  it('does not lead between two islands, but a road that leads nowhere gives way to one beside it', () => {
    const islands = gridRoads({ A: [0, 0], B: [2, 0], C: [9, 0], D: [11, 0], P: [1, 0.1], Q: [1.05, 0.1] }, [
      { from: 'A', to: 'B', seconds: 100 },
      { from: 'C', to: 'D', seconds: 100 },
      { from: 'P', to: 'Q', seconds: 10 },
    ]);
    expect(drive({ links: islands, from: [1, 0], to: [10, 0] })).toMatch(/parts of the network that are not connected/);
    expect(drive({ links: islands, from: [1.02, 0.09], to: [1.8, 0] })).toBe('A-B');
  });

  it('takes the traffic of the moment at which a link is reached', () => {
    const jam = indexOf(square, 'C-E');
    const later = {
      source: 'live' as const,
      secondsOn: (link: number, atMs: number): number =>
        link === indexOf(square, 'B-C') && atMs > 50_000 ? 1000 : freeFlowTimes(square).secondsOn(link, atMs),
    };
    expect(jam).toBeGreaterThan(0);
    expect(drive({ terms: { times: later } })).toBe('B-A A-C C-E');
    expect(drive({ from: [1.5, 0], terms: { times: later } })).toBe('A-B B-C C-E');
  });
});

describe('alternatives', () => {
  it('differ in at least 30 % of their length, and the best comes first', () => {
    const routes = new Router(new RoadNetwork(square)).alternatives(atKm(0.5, 0), atKm(2.5, 2), termsOf(square));
    expect(routes.length).toBeGreaterThan(1);
    expect(routes[0]?.links.map((link) => square[link]?.id)).toEqual(['A-B', 'B-C', 'C-E']);
    for (const [at, route] of routes.entries())
      for (const other of routes.slice(0, at)) {
        const lengthOf = (links: readonly number[]): number =>
          links.reduce((sum, link) => sum + square[link]!.lengthM, 0);
        const own = route.links.filter((link) => !other.links.includes(link));
        expect(lengthOf(own) / lengthOf(route.links)).toBeGreaterThanOrEqual(0.3);
      }
  });
});

describe('many ways', () => {
  /** A grid of streets with some missing, one-way, slow or forbidden to turn into. */
  function town(seed: number): { links: Link[]; turns: Turn[]; random: () => number } {
    const random = seededRandom(seed);
    const places: Record<string, readonly [number, number]> = {};
    const roads: Parameters<typeof gridRoads>[1][number][] = [];
    for (let x = 0; x < 9; x++)
      for (let y = 0; y < 9; y++) {
        places[`${x}.${y}`] = [x + 0.3 * random(), y + 0.3 * random()];
        for (const to of [`${x + 1}.${y}`, `${x}.${y + 1}`])
          if (random() < 0.85 && !/9/.test(to))
            roads.push({ from: `${x}.${y}`, to, seconds: 40 + 100 * random(), oneWay: random() < 0.25 });
      }
    const accessOf = (): Link['access'] => {
      const chance = random();
      return chance < 0.05 ? 'destination' : chance < 0.08 ? 'emergency' : undefined;
    };
    const links = gridRoads(places, roads).map((link): Link => {
      const access = accessOf();
      return access === undefined ? link : { ...link, access };
    });
    const after = (link: Link): Link | undefined => {
      const next = links.filter(({ fromNode, toNode }) => fromNode === link.toNode && toNode !== link.fromNode);
      return next[Math.floor(random() * next.length)];
    };
    const turns = links.flatMap((link): Turn[] => {
      const second = after(link);
      const third = second && after(second);
      if (second === undefined || third === undefined || random() > 0.2) return [];
      return [{ links: random() < 0.5 ? [link.id, second.id] : [link.id, second.id, third.id] }];
    });
    return { links, turns, random };
  }

  it('are those of plain Dijkstra, with live times that change and closures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { links, turns, random } = town(seed);
        const network = new RoadNetwork(links, turns);
        const [router, oracle] = [new Router(network), new PlainDijkstra({ links, turns })];
        for (let minute = 0; minute < 3; minute++) {
          const speeds = links.map(({ freeFlowMps }) => (random() < 0.4 ? freeFlowMps * random() : Number.NaN));
          const times = liveTimes(links, (link) => speeds[link] ?? Number.NaN);
          const closed = new Set([...links.keys()].filter(() => random() < 0.04));
          for (let pair = 0; pair < 5; pair++) {
            const [from, to] = [atKm(9 * random(), 9 * random()), atKm(9 * random(), 9 * random())];
            const near = (place: typeof from): ReturnType<RoadNetwork['spotsNear']> =>
              network.spotsNear(place, (link) => links[link]!.access !== 'emergency');
            const open = (spots: ReturnType<RoadNetwork['spotsNear']>): typeof spots => {
              const kept = spots.filter(({ linkIndex }) => !closed.has(linkIndex));
              return kept.length === 0 ? spots : kept;
            };
            const expected = oracle.cost({
              from: open(near(from)).map((spot) => ({ spot, cost: spot.offM / OFF_ROAD_MPS })),
              to: open(near(to)),
              costOn: (link) => times.secondsOn(link, 0),
              closed,
            });
            const route = router.route(from, to, { rights: 'car', times, atMs: 0, closed });
            const seconds =
              'refusal' in route ? Number.POSITIVE_INFINITY : route.seconds + route.from.offM / OFF_ROAD_MPS;
            if (Number.isFinite(expected)) expect(seconds).toBeCloseTo(expected, 6);
            const [way] = router.matrix([from], to, { rights: 'car', times, atMs: 0, closed });
            if (Number.isFinite(expected)) expect(way?.seconds).toBeCloseTo(expected, 6);
            else expect(way).toBeUndefined();
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
