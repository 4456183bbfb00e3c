import { distanceM } from '../../../shared/base/geometry/distanceM.ts';
import { bearingDeg } from '../../live/geo.ts';
import type { Road, RoadClass } from './CountyIndex.ts';
import type { LabelCandidate } from './placeLabels.ts';

const ranks: Record<RoadClass, number> = { freeway: 0.9, arterial: 0.8, collector: 0.6, local: 0.4, ramp: 0 };
/** The zoom from which the names of each class of roads are written. */
const fromZoom: Record<RoadClass, number> = {
  freeway: 11.5,
  arterial: 12.5,
  collector: 14,
  local: 15.5,
  ramp: Infinity,
};
const SIZE_PX = 11;

/**
 * Names along the roads that are long enough to hold them, at the middle of their longest segment and never upside
 * down.
 */
export function roadLabels(roads: readonly Road[], zoom: number, metresPerPx: number): LabelCandidate[] {
  return roads.flatMap((road) => {
    const roomPx = road.lengthM / metresPerPx;
    if (road.name === '' || zoom < fromZoom[road.roadClass] || roomPx < road.name.length * SIZE_PX * 0.45) return [];
    const [lon, lat, angleDeg] = middleOf(road);
    return [{ text: road.name, lon, lat, angleDeg, rank: ranks[road.roadClass], sizePx: SIZE_PX }];
  });
}

function middleOf({ path }: Road): [number, number, number] {
  let longest = -1;
  let middle: [number, number, number] = [path[0]?.[0] ?? 0, path[0]?.[1] ?? 0, 0];
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1], path[i]];
    if (a === undefined || b === undefined) continue;
    const long = distanceM(a[0], a[1], b[0], b[1]);
    if (long <= longest) continue;
    longest = long;
    middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, uprightAngle(bearingDeg(a[0], a[1], b[0], b[1]))];
  }
  return middle;
}

/** Converts a compass bearing to the counter-clockwise angle of a line of text, between -90 and 90. */
export function uprightAngle(bearing: number): number {
  const angle = (((90 - bearing) % 360) + 360) % 360;
  if (angle > 90 && angle <= 270) return angle - 180;
  return angle > 270 ? angle - 360 : angle;
}
