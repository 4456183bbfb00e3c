import type { Link } from '../../shared/county/county.ts';
import { type Plane, roundTo } from '../geometry/plane.ts';
import { lengthOf } from '../geometry/polyline.ts';
import type { Land } from './makeLand.ts';
import { standardOf } from './RoadBuilder.ts';

/** The roads as links, one per direction; nodes are numbered in the order in which they are used. */
export function makeLinks(land: Land, plane: Plane): Link[] {
  const names = new Map<number, string>();
  const nodeName = (node: number): string => {
    const name = names.get(node) ?? `N${String(names.size + 1).padStart(5, '0')}`;
    names.set(node, name);
    return name;
  };
  const links: Link[] = [];
  for (const road of land.book.roads) {
    const kind = land.places[road.place]?.kind;
    const { freeFlowMps, lanes, capacityVph } = standardOf(road, kind === 'seat');
    const path = road.path.map(plane.toLonLat);
    const common = {
      name: road.name,
      roadClass: road.roadClass,
      lengthM: roundTo(lengthOf(road.path), 1),
      freeFlowMps: roundTo(freeFlowMps, 2),
      lanes,
      capacityVph,
    };
    const [fromNode, toNode] = [nodeName(road.from), nodeName(road.to)];
    const id = (): string => `L${String(links.length + 1).padStart(5, '0')}`;
    links.push({ id: id(), ...common, fromNode, toNode, path });
    if (!road.isOneWay)
      links.push({ id: id(), ...common, fromNode: toNode, toNode: fromNode, path: path.toReversed() });
  }
  return links;
}
