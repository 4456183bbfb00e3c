export type LabelCandidate = {
  text: string;
  lon: number;
  lat: number;
  /** Labels of a larger rank are placed first. */ rank: number;
  sizePx: number;
  angleDeg: number;
  /** The number of lines, 1 if absent; `text` is then the longest of them. */ lines?: number;
};

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
 * pixels at the zoom in question, from any origin.
 */
export function placeLabels<L extends LabelCandidate>(
  candidates: readonly L[],
  projectPx: (lon: number, lat: number) => readonly [number, number],
  repeatPx: number,
): L[] {
  const placed: { label: L; box: Box; at: readonly [number, number] }[] = [];
  for (const label of candidates.toSorted((a, b) => b.rank - a.rank || a.text.localeCompare(b.text))) {
    const at = projectPx(label.lon, label.lat);
    const box = boxAround(label, at);
    const isCrowded = placed.some(
      (other) =>
        overlap(box, other.box) ||
        (other.label.text === label.text && Math.hypot(other.at[0] - at[0], other.at[1] - at[1]) < repeatPx),
    );
    if (!isCrowded) placed.push({ label, box, at });
  }
  return placed.map(({ label }) => label);
}
