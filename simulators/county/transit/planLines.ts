import type { Link } from '../../../shared/county/county.ts';
import { add, distance, type Plane, type Point, polar } from '../../geometry/plane.ts';
import { RoadGraph } from '../../roads/RoadGraph.ts';
import type { Land } from '../makeLand.ts';

export type Line = {
  id: string;
  longName: string;
  color: string;
  isOwl: boolean;
  /** Peak headway in minutes. */ headwayMin: number;
  /** Links by direction. */ ways: readonly [number[], number[]];
};

const colors = [
  'D1495B',
  '3A7CA5',
  '6A994E',
  'BC6C25',
  '7B5EA7',
  '2A9D8F',
  'C77D22',
  '8D6E97',
  '4F772D',
  '5C7AEA',
  'A44A3F',
  '468189',
];
/** Factors on the travel time that make buses prefer the larger streets and avoid the freeway. */
const reluctance: Record<Link['roadClass'], number> = { freeway: 4, ramp: 4, arterial: 1, collector: 1.15, local: 2.2 };

/** Lines across the seat through downtown, and lines from downtown to the towns. */
export function planLines(land: Land, links: readonly Link[], plane: Plane): Line[] {
  const graph = new RoadGraph(links, (link) => (link.lengthM / link.freeFlowMps) * reluctance[link.roadClass]);
  const node = (point: Point): number => graph.nearestNode(plane.toLonLat(point));
  const seat = land.places[0];
  if (seat === undefined) return [];
  const towns = land.places
    .filter(({ kind }) => kind === 'town')
    .toSorted((a, b) => distance(a.center, seat.center) - distance(b.center, seat.center));
  const edge = (turn: number): Point => add(seat.center, polar(seat.angle + turn, seat.radius * 0.84));
  const crosstown = [
    [0.12, 3.2],
    [1.65, 4.6],
    [0.85, 3.95],
    [2.35, 5.55],
  ].slice(0, towns.length > 2 ? 4 : 2);
  const plans = [
    ...crosstown.map(([a = 0, b = 0], i) => ({
      id: String(i + 1),
      longName: `${compass(seat.angle + a)} – Downtown – ${compass(seat.angle + b)}`,
      headwayMin: [6, 8, 10, 12][i] ?? 20,
      isOwl: true,
      // The line goes through the quarters at both ends, not only to them.
      via: [edge(a + 0.6), edge(a), seat.center, edge(b), edge(b + 0.6)],
    })),
    ...towns
      .slice(0, 5)
      .map((town, i) => ({
        id: String(20 + i),
        longName: `Downtown – ${town.name}`,
        via: [seat.center, town.center],
        headwayMin: [15, 15, 20, 20, 30][i] ?? 60,
        isOwl: i < 2,
      })),
  ];
  return plans.flatMap(({ id, longName, via, headwayMin, isOwl }, i) => {
    const there = chain(graph, via.map(node));
    const back = chain(graph, via.toReversed().map(node));
    return there.length > 3 && back.length > 3
      ? [
          {
            id,
            longName,
            color: colors[i % colors.length] ?? '777777',
            isOwl,
            headwayMin,
            ways: [there, back] as const,
          },
        ]
      : [];
  });
}

function chain(graph: RoadGraph, nodes: readonly number[]): number[] {
  return nodes.slice(1).flatMap((to, i) => graph.shortestPath(nodes[i] ?? to, to)?.links ?? []);
}

function compass(angle: number): string {
  const sector = ((Math.round(angle / (Math.PI / 4)) % 8) + 8) % 8;
  return (
    ['Eastside', 'Northeast', 'Northside', 'Northwest', 'Westside', 'Southwest', 'Southside', 'Southeast'][sector] ?? ''
  );
}
