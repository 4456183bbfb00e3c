import type { Selectable } from '../../client/selection.ts';

/** Something that can be pointed at: a spot on the canvas with the reach that counts as a hit, in CSS pixels. */
export type Spot = { subject: Selectable; x: number; y: number; reachPx: number };

/** The nearest spot within its reach; at equal distance the later one, as it is drawn on top. */
export function nearestSpot(spots: readonly Spot[], x: number, y: number): Selectable | undefined {
  let best: Selectable | undefined;
  let bestPx = Infinity;
  for (const spot of spots) {
    const px = Math.hypot(spot.x - x, spot.y - y);
    if (px > spot.reachPx || px > bestPx) continue;
    best = spot.subject;
    bestPx = px;
  }
  return best;
}

/**
 * The distance in pixels from (x, y) to a polyline, and the side of it on which the point lies: positive to the right
 * of its direction on a screen whose y grows downward. The side distinguishes the two directions of a road, which are
 * drawn side by side.
 */
export function distanceToPath(
  points: readonly (readonly [number, number])[],
  x: number,
  y: number,
): { px: number; side: number } {
  let best = { px: Infinity, side: 0 };
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (a === undefined || b === undefined) continue;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length2 = dx * dx + dy * dy;
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length2));
    const px = Math.hypot(a[0] + share * dx - x, a[1] + share * dy - y);
    if (px < best.px) best = { px, side: dx * (y - a[1]) - dy * (x - a[0]) };
  }
  return best;
}
