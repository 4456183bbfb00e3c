/** A sign that wants to stand at (`x`, `y`), in pixels, and takes a circle of that radius around it. */
export type Wish = {
  x: number;
  y: number;
  radiusPx: number;
  /** Where it steps aside to first: a direction of length 1, for example away from the road that it is about. */
  aside?: readonly [number, number];
};

/** Two signs may touch at their edges. */
const TOUCH_PX = 2;
/** How far a sign looks for room, in its own radii. */
const rings = [1.2, 2.1, 3, 4, 5] as const;
const DIRECTIONS = 12;
/** More signs than this are a flood, which a list can show and a map cannot. */
const MOST = 300;

const turned = ([x, y]: readonly [number, number], angle: number): [number, number] => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
];

/** The directions in which a sign looks for room, the wanted one first and its opposite last. */
function directionsFrom(aside: readonly [number, number]): [number, number][] {
  return Array.from({ length: DIRECTIONS }, (_, i) => {
    const step = (i + 1) >> 1;
    return turned(aside, ((i % 2 === 0 ? 1 : -1) * step * 2 * Math.PI) / DIRECTIONS);
  });
}

/** The circles that are taken on a map; a sign that finds room takes one more. */
export type Taken = { x: number; y: number; radiusPx: number }[];

/**
 * Where the signs stand so that none hides another: each keeps its place if that is free, and otherwise takes the
 * nearest free one around it. Earlier signs have the first choice. A sign that finds no room stays where it is.
 */
export function spreadSigns(wishes: readonly Wish[], taken: Taken): [x: number, y: number][] {
  return wishes.map(({ x, y, radiusPx, aside = [0, -1] }) => {
    if (taken.length >= MOST) return [x, y];
    const isFree = ([cx, cy]: readonly [number, number]): boolean =>
      taken.every((other) => Math.hypot(other.x - cx, other.y - cy) >= other.radiusPx + radiusPx - TOUCH_PX);
    const spots = [
      [x, y] as const,
      ...rings.flatMap((ring) =>
        directionsFrom(aside).map(([dx, dy]) => [x + dx * ring * radiusPx, y + dy * ring * radiusPx] as const),
      ),
    ];
    const [fx, fy] = spots.find(isFree) ?? [x, y];
    taken.push({ x: fx, y: fy, radiusPx });
    return [fx, fy];
  });
}
