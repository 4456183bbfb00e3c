import type { Link } from '../../shared/county/county.ts';

export type RoadSpec = { from: string; to: string; seconds: number; roadClass?: Link['roadClass']; oneWay?: boolean };

const DEGREES_A_KM = 1 / 111.195;

/**
 * Makes roads between named nodes on the equator, which are given by their places in kilometres. Each road takes the
 * given seconds, in both directions unless it is one-way.
 */
export function gridRoads(
  nodes: Record<string, readonly [xKm: number, yKm: number]>,
  roads: readonly RoadSpec[],
): Link[] {
  const place = (name: string): [number, number] => {
    const [x, y] = nodes[name] ?? [0, 0];
    return [x * DEGREES_A_KM, y * DEGREES_A_KM];
  };
  return roads.flatMap(({ from, to, seconds, roadClass = 'arterial', oneWay = false }) => {
    const [[ax, ay], [bx, by]] = [nodes[from] ?? [0, 0], nodes[to] ?? [0, 0]];
    const lengthM = Math.max(1, Math.hypot(bx - ax, by - ay) * 1000);
    const link = (a: string, b: string): Link => ({
      id: `${a}-${b}`,
      name: `${from}${to} Road`,
      roadClass,
      fromNode: a,
      toNode: b,
      lengthM,
      freeFlowMps: lengthM / seconds,
      lanes: 1,
      capacityVph: 1000,
      path: [place(a), place(b)],
    });
    return oneWay ? [link(from, to)] : [link(from, to), link(to, from)];
  });
}

/** A place given in kilometres east and north of the origin. */
export const atKm = (x: number, y: number): { lon: number; lat: number } => ({
  lon: x * DEGREES_A_KM,
  lat: y * DEGREES_A_KM,
});
