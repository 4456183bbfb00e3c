import { distanceM } from '../../../shared/base/geometry/distanceM.ts';
import type { Link } from '../../../shared/county/county.ts';
import type { Collected, Way } from './collect.ts';
import { directionsOf, factsOf } from './roadTags.ts';

/** The links of a county, and where they come from. */
export type Laid = {
  links: Link[];
  /** The links of a way in each direction, in the order in which they are driven. */
  ofWay: Map<number, Link[]>;
  /** Nodes at which a barrier keeps out all but response vehicles. */
  barriers: Set<string>;
  /** Ways that end at the bounds, or at the edge of what the file has. */
  cutWays: number;
  /** Pieces of ways with fewer than two places. */
  emptyPieces: number;
};

type Position = [number, number];
/** A stretch of a way between two junctions. */
type Piece = { nodes: readonly number[]; path: Position[] };

/** The stretches of a way that lie within the bounds, without nodes that repeat the one before. */
function stretches({ refs }: Way, { isInside }: Collected): number[][] {
  const parts: number[][] = [[]];
  for (const ref of refs) {
    const part = parts.at(-1) ?? [];
    if (!isInside(ref)) parts.push([]);
    else if (part.at(-1) !== ref) part.push(ref);
  }
  return parts.filter(({ length }) => length > 0);
}

/** How many roads use a node; the ends of a stretch count twice, because links end there. */
function countUses(parts: readonly number[][]): Map<number, number> {
  const uses = new Map<number, number>();
  const add = (node: number, number: number): void => void uses.set(node, (uses.get(node) ?? 0) + number);
  for (const part of parts) {
    for (const node of part) add(node, 1);
    for (const end of [part[0], part.at(-1)]) if (end !== undefined) add(end, 1);
  }
  return uses;
}

/** Cuts a stretch at junctions, and a loop also at its middle, so that no link ends where it began. */
function cut(part: readonly number[], isCut: (node: number) => boolean): number[][] {
  const pieces: number[][] = [];
  let from = 0;
  for (let at = 1; at < part.length; at++) {
    if (at < part.length - 1 && !isCut(part[at] ?? 0)) continue;
    const piece = part.slice(from, at + 1);
    const middle = piece.length >> 1;
    if (piece[0] === piece.at(-1)) pieces.push(piece.slice(0, middle + 1), piece.slice(middle));
    else pieces.push(piece);
    from = at;
  }
  return pieces.filter(({ length }) => length > 1);
}

const lengthOf = (path: readonly Position[]): number =>
  path
    .slice(1)
    .reduce((sum, [lon, lat], at) => sum + distanceM(path[at]?.[0] ?? lon, path[at]?.[1] ?? lat, lon, lat), 0);

/** A solid barrier parts the road: what lies on its two sides has two names. */
const endName = (node: number, isSolid: boolean, side: string): string => `n${node}${isSolid ? side : ''}`;

function linksOf(way: Way, pieces: readonly Piece[], { barriers }: Collected): Link[] {
  const directions = directionsOf(way.tags);
  return directions.flatMap((direction) => {
    const facts = factsOf(way.tags, direction, directions.length === 1);
    if (facts === undefined) return [];
    const isBack = direction === 'backward';
    const links = pieces.map(({ nodes, path }, at): Link => {
      const [first = 0, last = 0] = [nodes[0], nodes.at(-1)];
      const ends = [
        endName(first, barriers.get(first) === 'solid', `+${way.id}`),
        endName(last, barriers.get(last) === 'solid', `-${way.id}`),
      ] as const;
      return {
        id: `w${way.id}-${at + 1}${isBack ? 'r' : ''}`,
        ...facts,
        fromNode: isBack ? ends[1] : ends[0],
        toNode: isBack ? ends[0] : ends[1],
        lengthM: Math.round(lengthOf(path) * 10) / 10,
        path: isBack ? path.toReversed() : path,
      };
    });
    return isBack ? links.reverse() : links;
  });
}

/** Makes links of the roads: one for each direction, from junction to junction. */
export function layLinks(found: Collected): Laid {
  const parts = new Map(found.roads.map((way) => [way, stretches(way, found)]));
  const uses = countUses([...parts.values()].flat());
  const isCut = (node: number): boolean => (uses.get(node) ?? 0) > 1 || found.barriers.has(node);
  const laid: Laid = { links: [], ofWay: new Map(), barriers: new Set(), cutWays: 0, emptyPieces: 0 };
  for (const [way, ofWay] of parts) {
    if (ofWay.reduce((sum, { length }) => sum + length, 0) < new Set(way.refs).size) laid.cutWays++;
    const pieces = ofWay
      .flatMap((part) => cut(part, isCut))
      .map((nodes): Piece => ({ nodes, path: nodes.flatMap((node) => [found.positionOf(node) ?? []] as Position[]) }))
      .filter(({ path }) => lengthOf(path) >= 0.05);
    if (pieces.length === 0) laid.emptyPieces++;
    const links = linksOf(way, pieces, found);
    laid.ofWay.set(way.id, links);
    for (const link of links) laid.links.push(link);
  }
  for (const [node, kind] of found.barriers) if (kind === 'openable' && uses.has(node)) laid.barriers.add(`n${node}`);
  return laid;
}
