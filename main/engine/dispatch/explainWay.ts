import { describeDuration, formatDistance } from '../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Way } from '../routing/Reach.ts';
import type { RoadNetwork } from '../routing/RoadNetwork.ts';

type Roads = {
  network: RoadNetwork;
  closed: ReadonlySet<number>;
  /** Seconds on a link in the traffic of now, and on the empty road. */
  secondsOn: (linkIndex: number) => number;
  freeSecondsOn: (linkIndex: number) => number;
  displayUnits: DisplayUnits;
};

/** Less than this is no delay that somebody would drive round. */
const SHORTEST_DELAY_S = 20;
const SHORTEST_DETOUR_M = 50;

/**
 * Why a way is not the usual one, which is the fastest on empty and open roads: what it avoids, and what that costs or
 * saves. Undefined where it is the usual one.
 */
export function explainWay(way: Way, usual: Way, roads: Roads): string | undefined {
  const { network, closed, secondsOn, freeSecondsOn, displayUnits } = roads;
  const driven = new Set(way.links);
  const avoided = usual.links.filter((link) => !driven.has(link));
  const nameOf = (link: number): string => network.links[link]?.name || 'a road without a name';
  const extraM = way.metres - usual.metres;
  const distance =
    Math.abs(extraM) < SHORTEST_DETOUR_M
      ? 'about as long'
      : `${formatDistance(Math.abs(extraM), displayUnits)} ${extraM > 0 ? 'longer' : 'shorter'}`;
  const shut = avoided.find((link) => closed.has(link));
  if (shut !== undefined) return `avoids the closure on ${nameOf(shut)}: ${distance} than the usual way`;
  const delayOn = (link: number): number => secondsOn(link) - freeSecondsOn(link);
  const [slowest] = avoided.toSorted((a, b) => delayOn(b) - delayOn(a));
  if (slowest === undefined || delayOn(slowest) < SHORTEST_DELAY_S) return undefined;
  // The usual way in the traffic of now: on an empty road it takes `usual.seconds`.
  const savedS = usual.seconds + usual.links.reduce((sum, link) => sum + delayOn(link), 0) - way.seconds;
  const time = savedS > SHORTEST_DELAY_S ? `, ${describeDuration(savedS)} faster` : '';
  return `avoids slow traffic on ${nameOf(slowest)}: ${distance}${time}`;
}
