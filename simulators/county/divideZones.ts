import { distance, type Point } from '../geometry/plane.ts';
import { clipNearer, contains, type Ring } from '../geometry/polygon.ts';
import type { Random } from '../random/Random.ts';

export type Cell = { center: Point; outline: Ring };

/**
 * Divides an area into `count` cells of about equal numbers of points: the centres come from Lloyd's algorithm, the
 * outlines are the Voronoi cells of the centres. A point belongs to the nearest centre, so every point inside an
 * outline belongs to that cell.
 */
export function divideZones(area: Ring, points: readonly Point[], count: number, random: Random): Cell[] {
  const sample = points.filter((_, i) => i % Math.max(1, Math.floor(points.length / 3000)) === 0);
  let centers: Point[] = random.shuffled(sample).slice(0, count);
  for (let round = 0; round < 14; round++) {
    const owners = sample.map((point) => nearestOf(centers, point));
    centers = centers.map((center, i) => meanOf(sample.filter((_, k) => owners[k] === i)) ?? center);
  }
  return centers.map((center) => {
    const outline = centers.reduce<Ring>(
      (ring, other) => (other === center ? ring : clipNearer(ring, center, other)),
      area,
    );
    return { center, outline };
  });
}

export function nearestOf(centers: readonly Point[], point: Point): number {
  let [best, bestM] = [0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < centers.length; i++) {
    const metres = distance(centers[i] ?? point, point);
    if (metres < bestM) [best, bestM] = [i, metres];
  }
  return best;
}

/** The point for the label: the centre where it lies inside the outline, otherwise the outline's mean. */
export const labelPoint = ({ center, outline }: Cell): Point =>
  contains(outline, center) ? center : (meanOf(outline) ?? center);

function meanOf(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  const [x, y] = points.reduce<Point>((sum, point) => [sum[0] + point[0], sum[1] + point[1]], [0, 0]);
  return [x / points.length, y / points.length];
}
