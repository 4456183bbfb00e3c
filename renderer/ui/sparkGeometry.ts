type SparkGeometry = {
  /** SVG path data; a gap starts a new stroke. */
  path: string;
  band: { top: number; height: number } | undefined;
  typicalY: number | undefined;
  /** The newest point, absent when the newest value is a gap. */
  end: { x: number; y: number } | undefined;
};

type Limits = { low?: number | undefined; high?: number | undefined; typical?: number | undefined };

const PAD = 3;

/**
 * Coordinates of a sparkline in a box of `width` × `height`; the band and the typical value are always inside.
 * Undefined if there is no value.
 */
export function sparkGeometry(
  values: readonly (number | null)[],
  limits: Limits,
  width: number,
  height: number,
): SparkGeometry | undefined {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return undefined;
  const all = [
    ...known,
    ...[limits.low, limits.high, limits.typical].filter((value): value is number => value !== undefined),
  ];
  const min = Math.min(...all);
  const span = Math.max(...all) - min;
  // A flat line belongs in the middle, not on the floor.
  const y = (value: number): number =>
    span === 0 ? height / 2 : round(PAD + (1 - (value - min) / span) * (height - 2 * PAD));
  const x = (index: number): number => round(values.length < 2 ? width : (index / (values.length - 1)) * width);
  const last = values.at(-1);
  return {
    path: strokes(values, x, y),
    band:
      limits.low !== undefined && limits.high !== undefined
        ? { top: y(limits.high), height: Math.max(1, y(limits.low) - y(limits.high)) }
        : undefined,
    typicalY: limits.typical === undefined ? undefined : y(limits.typical),
    end: last === null || last === undefined ? undefined : { x: x(values.length - 1), y: y(last) },
  };
}

function strokes(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let isDown = false;
  values.forEach((value, index) => {
    if (value !== null) path += `${isDown ? 'L' : 'M'}${x(index)} ${y(value)}`;
    isDown = value !== null;
  });
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;
