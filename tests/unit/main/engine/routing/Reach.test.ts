import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reach } from '../../../../../main/engine/routing/Reach.ts';
import { RoadNetwork } from '../../../../../main/engine/routing/RoadNetwork.ts';
import { freeFlowTimes } from '../../../../../main/engine/routing/TravelTimes.ts';
import type { Link } from '../../../../../shared/county/county.ts';
import { atKm, gridRoads, type RoadSpec } from '../../../../support/gridRoads.ts';
import { seededRandom } from '../../../../support/makeCounty.ts';
import { simulatedWorld } from '../../../../support/simulatedWorld.ts';

const reachOf = (
  links: Link[],
  to: { lon: number; lat: number },
  closed?: Set<number>,
  onLink?: string,
): { network: RoadNetwork; reach: Reach } => {
  const network = new RoadNetwork(links);
  const times = freeFlowTimes(links);
  const targets =
    onLink === undefined
      ? network.spotsNear(to)
      : [
          network.spotOn(
            links.findIndex(({ id }) => id === onLink),
            to,
          ),
        ];
  return {
    network,
    reach: new Reach({ network, targets, secondsOn: (link) => times.secondsOn(link, 0), ...(closed && { closed }) }),
  };
};

/** A square with a slow diagonal: A (0,0), B (2,0), C (2,2), D (0,2). */
const nodes = { A: [0, 0], B: [2, 0], C: [2, 2], D: [0, 2] } as const;
const square = gridRoads(nodes, [
  { from: 'A', to: 'B', seconds: 100 },
  { from: 'B', to: 'C', seconds: 100 },
  { from: 'C', to: 'D', seconds: 40 },
  { from: 'D', to: 'A', seconds: 200 },
  { from: 'A', to: 'C', seconds: 250 },
]);
const idsOf = (links: readonly number[] | undefined, all: Link[]): string[] =>
  (links ?? []).map((link) => all[link]?.id ?? '');

describe('the ways of all places to one', () => {
  it('are the fastest, not the shortest, and count parts of links at both ends', () => {
    const { network, reach } = reachOf(square, atKm(2, 1));
    const way = reach.from(network.spotsNear(atKm(0.5, 0)));
    expect(idsOf(way?.links, square)).toEqual(['A-B', 'B-C']);
    expect(way?.seconds).toBeCloseTo(75 + 50, 3);
    expect(way?.metres).toBeCloseTo(1500 + 1000, -1);
  });

  it('go round a closed link, and may end on one', () => {
    const closed = new Set([0, 1]);
    const around = reachOf(square, atKm(2, 0), closed);
    expect(idsOf(around.reach.from(around.network.spotsNear(atKm(0, 0)))?.links.slice(-1), square)).toEqual(['C-B']);
    const onIt = reachOf(square, atKm(1, 0), closed, 'A-B');
    expect(onIt.reach.from(onIt.network.spotsNear(atKm(0, 1)))?.links.map((link) => square[link]?.id)).toEqual([
      'D-A',
      'A-B',
    ]);
  });

  it('obey directions: one behind on a one-way road goes all the way round', () => {
    const ring = gridRoads(nodes, [
      { from: 'A', to: 'B', seconds: 100, oneWay: true },
      { from: 'B', to: 'C', seconds: 100, oneWay: true },
      { from: 'C', to: 'D', seconds: 100, oneWay: true },
      { from: 'D', to: 'A', seconds: 100, oneWay: true },
    ]);
    const { network, reach } = reachOf(ring, atKm(0.5, 0));
    expect(reach.from(network.spotsNear(atKm(0.2, 0)))?.seconds).toBeCloseTo(15, 3);
    expect(reach.from(network.spotsNear(atKm(0.8, 0)))?.seconds).toBeCloseTo(385, 3);
  });

  it('keep to the carriageway of the incident on a freeway', () => {
    const apart = { W: [0, 0], E: [4, 0], w: [0, 0.03], e: [4, 0.03] } as const;
    const freeway = gridRoads(apart, [
      { from: 'W', to: 'E', seconds: 100, roadClass: 'freeway', oneWay: true },
      { from: 'e', to: 'w', seconds: 100, roadClass: 'freeway', oneWay: true },
      { from: 'E', to: 'e', seconds: 10 },
      { from: 'W', to: 'w', seconds: 10 },
    ]);
    const { network, reach } = reachOf(freeway, atKm(2, 0.03), undefined, 'e-w');
    const east = network.spotsNear({ ...atKm(1, 0.012), headingDeg: 90 });
    expect(
      idsOf(
        east.map(({ linkIndex }) => linkIndex),
        freeway,
      ),
    ).toEqual(['W-E']);
    expect(reach.from(east)?.seconds).toBeCloseTo(75 + 10 + 50 + 12 / 5, 1);
  });

  it('let a driving unit turn round, which takes a while', () => {
    const { network, reach } = reachOf(square, atKm(0, 0));
    const place = { ...atKm(1, 0), headingDeg: 90 };
    expect(reach.from(network.spotsNear(place), place)?.seconds).toBeCloseTo(50 + 20, 3);
    expect(reach.from(network.spotsNear(atKm(1, 0)), atKm(1, 0))?.seconds).toBeCloseTo(50, 3);
  });

  it('are none from where no road leads there, and none at all without roads', () => {
    const island = [...square, ...gridRoads({ X: [9, 9], Y: [9, 8] }, [{ from: 'X', to: 'Y', seconds: 10 }])];
    const { network, reach } = reachOf(island, atKm(0, 0));
    expect(reach.from(network.spotsNear(atKm(9, 9)))).toBeUndefined();
    expect(new RoadNetwork([]).spotsNear(atKm(0, 0))).toEqual([]);
    expect(new RoadNetwork(square).spotsNear({ lon: 40, lat: 40 })).toEqual([]);
  });

  it('are what trying every way finds', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
    const road = fc
      .record({
        from: fc.constantFrom(...names),
        to: fc.constantFrom(...names),
        seconds: fc.integer({ min: 1, max: 300 }),
        oneWay: fc.boolean(),
      })
      .filter(({ from, to }) => from !== to);
    const places = { A: [0, 0], B: [3, 1], C: [6, 0], D: [6, 5], E: [3, 4], F: [0, 5] } as const;
    fc.assert(
      fc.property(
        fc.array(road, { minLength: 1, maxLength: 10 }),
        fc.nat(),
        fc.nat(),
        fc.array(fc.nat(19), { maxLength: 3 }),
        (roads: RoadSpec[], a, b, shut) => {
          const links = gridRoads(places, roads);
          const [from, to] = [a % links.length, b % links.length];
          const closed = new Set(shut.filter((link) => link < links.length));
          const network = new RoadNetwork(links);
          const seconds = (link: number): number => links[link]!.lengthM / links[link]!.freeFlowMps;
          const reach = new Reach({
            network,
            targets: [{ linkIndex: to, share: 0.25, offM: 0 }],
            secondsOn: seconds,
            closed,
          });
          const found = reach.from([{ linkIndex: from, share: 0.75, offM: 0 }])?.seconds ?? Infinity;
          expect(found).toBeCloseTo(0.25 * seconds(from) + tried(links, links[from]!.toNode, to, closed, new Set()), 6);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agree with the length and the time of the links that they name, in the generated county', () => {
    const { links, profile } = simulatedWorld(0.3).world;
    const random = seededRandom(5);
    const somewhere = (): { lon: number; lat: number } => {
      const [west, south, east, north] = profile.bounds;
      return { lon: west + (east - west) * random(), lat: south + (north - south) * random() };
    };
    const { network, reach } = reachOf(links, somewhere());
    for (let i = 0; i < 200; i++) {
      const way = reach.from(network.spotsNear(somewhere()));
      expect(way).toBeDefined();
      const inOrder = way!.links.every(
        (link, at) => at === 0 || links[way!.links[at - 1]!]?.toNode === links[link]?.fromNode,
      );
      const share = (at: number): number =>
        (at === 0 ? 1 - way!.from.share : 1) - (at === way!.links.length - 1 ? 1 - way!.to.share : 0);
      const sum = way!.links.reduce(
        (seconds, link, at) => seconds + (links[link]!.lengthM / links[link]!.freeFlowMps) * share(at),
        way!.from.offM / 5,
      );
      expect([inOrder, Math.abs(sum - way!.seconds) < 1e-6]).toEqual([true, true]);
    }
  });

  it('are the same from the places that were asked for, where the search ends with them', () => {
    const { links, profile } = simulatedWorld(0.3).world;
    const random = seededRandom(7);
    const [west, south, east, north] = profile.bounds;
    const somewhere = (): { lon: number; lat: number } => ({
      lon: west + (east - west) * random(),
      lat: south + (north - south) * random(),
    });
    const network = new RoadNetwork(links);
    const times = freeFlowTimes(links);
    const closed = new Set(links.flatMap((_, link) => (link % 17 === 0 ? [link] : [])));
    for (let i = 0; i < 50; i++) {
      const options = {
        network,
        targets: network.spotsNear(somewhere()),
        closed,
        secondsOn: (link: number) => times.secondsOn(link, 0),
      };
      const units = Array.from({ length: 1 + (i % 5) }, () => network.spotsNear(somewhere()));
      const [whole, short] = [new Reach(options), new Reach({ ...options, starts: units.flat() })];
      expect(units.map((spots) => short.from(spots))).toEqual(units.map((spots) => whole.from(spots)));
    }
  });

  it('begin at the nearest road', () => {
    const { links, profile } = simulatedWorld().world;
    const network = new RoadNetwork(links);
    const random = seededRandom(6);
    for (let i = 0; i < 100; i++) {
      const [west, south, east, north] = profile.bounds;
      const place = { lon: west + (east - west) * random(), lat: south + (north - south) * random() };
      const offM = Math.min(...links.map((_, link) => network.spotOn(link, place).offM));
      expect(network.spotsNear(place)[0]?.offM).toBeCloseTo(offM, 6);
    }
  });
});

/** Seconds from a node to a quarter along a link, by trying every way without a loop. */
function tried(
  links: Link[],
  node: string,
  to: number,
  closed: ReadonlySet<number>,
  seen: ReadonlySet<string>,
): number {
  const seconds = (link: number): number => links[link]!.lengthM / links[link]!.freeFlowMps;
  const ends = links[to]!.fromNode === node ? 0.25 * seconds(to) : Infinity;
  const on = links.flatMap((link, index) =>
    link.fromNode === node && !closed.has(index) && !seen.has(link.toNode)
      ? [seconds(index) + tried(links, link.toNode, to, closed, new Set([...seen, node]))]
      : [],
  );
  return Math.min(ends, ...on);
}
