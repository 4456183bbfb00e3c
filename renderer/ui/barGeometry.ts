type Bar = { x: number; y: number; width: number; height: number; isAbove: boolean };

/**
 * The shapes of a strip of bars, in the units of `width` and `height`. Values that are `undefined` are not drawn,
 * because they are not known.
 */
export function barGeometry(
  values: readonly (number | undefined)[],
  { limit, width, height }: { limit: number; width: number; height: number },
): { bars: Bar[]; limitY: number; top: number } {
  // The limit is always within the strip, so that a quiet day looks quiet.
  const top = Math.max(limit * 1.25, ...values.map((value) => value ?? 0));
  const step = width / Math.max(1, values.length);
  const bars = values.flatMap((value, index) => {
    if (value === undefined || value === 0) return [];
    const barHeight = (value / top) * height;
    return [
      {
        x: index * step,
        y: height - barHeight,
        width: Math.max(step * 0.8, 0.5),
        height: barHeight,
        isAbove: value > limit,
      },
    ];
  });
  return { bars, limitY: height - (limit / top) * height, top };
}
