import type { Stop, StopTime } from '../../../../shared/county/county.ts';
import type { PlannedStop } from '../../../../shared/transit/adherence.ts';
import type { OnShape, ShapeLine } from '../../../../shared/transit/ShapeLine.ts';

/**
 * A stop farther than this from its place by the feed's own distance shows that these distances are of another line.
 */
const FARTHEST_M = 200;
/**
 * Another pass of the line counts as a place of the stop where it is at most this much farther off than the nearest.
 */
const PASS_M = 60;
/** Weighs against going back along the line as much as being this far off it. Metres. */
const BACK_M = 2000;

type Placed = { stopTime: StopTime; stop: Stop };
type Step = { at: OnShape; cost: number; from: Step | undefined };

function byDistance(placed: readonly Placed[], line: ShapeLine): number[] | undefined {
  const along: number[] = [];
  for (const { stopTime, stop } of placed) {
    const { distanceM } = stopTime;
    if (distanceM === undefined || distanceM < (along.at(-1) ?? 0)) return undefined;
    if (line.distanceFrom(stop.lon, stop.lat, distanceM) > FARTHEST_M) return undefined;
    along.push(distanceM);
  }
  return along;
}

/** The cheapest way to `at` over one of the places of the stop before. */
function stepTo(at: OnShape, before: readonly Step[]): Step {
  let best: Step = { at, cost: Number.POSITIVE_INFINITY, from: undefined };
  for (const from of before) {
    const cost = from.cost + at.offM ** 2 + (at.alongM < from.at.alongM ? BACK_M ** 2 : 0);
    if (cost < best.cost) best = { at, cost, from };
  }
  return before.length === 0 ? { at, cost: at.offM ** 2, from: undefined } : best;
}

/** All stops at once: of the places where the line passes each stop, those that together are nearest and in order. */
function byPosition(placed: readonly Placed[], line: ShapeLine): number[] {
  let steps: Step[] = [];
  for (const { stop } of placed) steps = line.passes(stop.lon, stop.lat, PASS_M).map((at) => stepTo(at, steps));
  let last = steps.reduce<Step | undefined>((best, each) => (best && best.cost <= each.cost ? best : each), undefined);
  const along: number[] = [];
  for (; last !== undefined; last = last.from) along.unshift(last.at.alongM);
  return along;
}

/**
 * Places the stops of a trip along its line, ascending: by the feed's own distances where they fit the line, otherwise
 * by the stops' positions, all of them together, so that each one is on the right pass of a line that comes by twice.
 */
export function placeStops(
  stopTimes: readonly StopTime[],
  stopOf: (id: string) => Stop | undefined,
  line: ShapeLine,
): PlannedStop[] {
  const placed = stopTimes.flatMap((stopTime) => {
    const stop = stopOf(stopTime.stopId);
    return stop === undefined ? [] : [{ stopTime, stop }];
  });
  const along = byDistance(placed, line) ?? byPosition(placed, line);
  let afterM = -1;
  return placed.map(({ stopTime: { stopId, sequence, arrivalS, departureS } }, index) => {
    afterM = Math.max(afterM + 1, along[index] ?? 0);
    return { stopId, sequence, alongM: afterM, arrivalS, departureS };
  });
}
