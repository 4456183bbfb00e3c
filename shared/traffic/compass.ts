const DIRECTIONS = ['N', 'E', 'S', 'W'] as const;

/** The direction of travel along a line of [lon, lat], from its first point to its last, as road signs name it. */
export function compassOf(path: readonly (readonly [number, number])[]): (typeof DIRECTIONS)[number] {
  const from = path[0] ?? [0, 0];
  const to = path.at(-1) ?? from;
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  const bearing = (Math.atan2(east, to[1] - from[1]) * 180) / Math.PI;
  return DIRECTIONS[((Math.round(bearing / 90) % 4) + 4) % 4] ?? 'N';
}
