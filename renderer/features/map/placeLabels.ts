export type LabelCandidate = {
  text: string;
  lon: number;
  lat: number;
  /** Labels of a larger rank are placed first. */ rank: number;
  sizePx: number;
  angleDeg: number;
  /** The number of lines, 1 if absent; `text` is then the longest of them. */ lines?: number;
  /** Other places for the label, in degrees, which it takes where its first one is not free. */
  others?: readonly (readonly [lon: number, lat: number])[];
};
/** What a label must not cover, such as a sign: a box whose middle is `belowPx` below its place. */
export type Obstacle = { lon: number; lat: number; widthPx: number; heightPx: number; belowPx?: number };

const CHARACTER_WIDTH = 0.56;
const MARGIN_PX = 6;

type Box = { left: number; right: number; top: number; bottom: number };

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The box around a label, its width estimated from the mean width of Inter's letters. */
function boxAround({ text, sizePx, angleDeg, lines = 1 }: LabelCandidate, [x, y]: readonly [number, number]): Box {
  const [w, h] = [text.length * sizePx * CHARACTER_WIDTH, sizePx * 1.3 * lines];
  const turn = (angleDeg * Math.PI) / 180;
  const width = Math.abs(w * Math.cos(turn)) + Math.abs(h * Math.sin(turn)) + MARGIN_PX;
  const height = Math.abs(w * Math.sin(turn)) + Math.abs(h * Math.cos(turn)) + MARGIN_PX;
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/**
 * Chooses the labels that fit, important ones first, and never the same text twice within `repeatPx`. `projectPx` gives
 * pixels at the zoom in question, from any origin. A label that has other places takes the first that is free of labels
 * and obstacles; the rank of a label is weighed against other labels alone.
 */
export function placeLabels<L extends LabelCandidate>(
  candidates: readonly L[],
  projectPx: (lon: number, lat: number) => readonly [number, number],
  repeatPx: number,
  obstacles: readonly Obstacle[] = [],
): L[] {
  const placed: { label: L; box: Box; at: readonly [number, number] }[] = [];
  const blocks = obstacles.map(({ lon, lat, widthPx, heightPx, belowPx = 0 }): Box => {
    const [x, y] = projectPx(lon, lat);
    const [w, h] = [widthPx / 2, heightPx / 2];
    return { left: x - w, right: x + w, top: y + belowPx - h, bottom: y + belowPx + h };
  });
  for (const label of candidates.toSorted((a, b) => b.rank - a.rank || a.text.localeCompare(b.text))) {
    const spots = [[label.lon, label.lat] as const, ...(label.others ?? [])].map(([lon, lat]) => {
      const at = projectPx(lon, lat);
      return { label: { ...label, lon, lat }, at, box: boxAround(label, at) };
    });
    const free = spots.find(
      ({ at, box }) =>
        !blocks.some((block) => overlap(box, block)) &&
        !placed.some(
          (other) =>
            overlap(box, other.box) ||
            (other.label.text === label.text && Math.hypot(other.at[0] - at[0], other.at[1] - at[1]) < repeatPx),
        ),
    );
    if (free !== undefined) placed.push(free);
  }
  return placed.map(({ label }) => label);
}
