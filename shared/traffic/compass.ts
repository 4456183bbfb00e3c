const DIRECTIONS = ['N', 'E', 'S', 'W'] as const;

/** The direction of travel of a line of [lon, lat], as road signs name it: from its first point to its last. */
export function compassOf(path: readonly (readonly [number, number])[]): (typeof DIRECTIONS)[number] {
  const from = path[0] ?? [0, 0];
  const to = path.at(-1) ?? from;
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  const bearing = (Math.atan2(east, to[1] - from[1]) * 180) / Math.PI;
  return DIRECTIONS[((Math.round(bearing / 90) % 4) + 4) % 4] ?? 'N';
}
