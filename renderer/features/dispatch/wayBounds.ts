type Bounds = [west: number, south: number, east: number, north: number];

/** The bounds of an incident and the routes to it; undefined if there is nothing to show. */
export function wayBounds(
  { lon, lat }: { lon?: number | undefined; lat?: number | undefined },
  ways: readonly (readonly (readonly [number, number])[])[],
): Bounds | undefined {
  const points = [...ways.flat(), ...(lon === undefined || lat === undefined ? [] : [[lon, lat] as const])];
  if (points.length === 0) return undefined;
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}
