import type { Link } from '../../../shared/county/county.ts';

/** How long links take at a given time: the only interface between routing and what is known of traffic. */
export type TravelTimes = {
  source: 'freeFlow' | 'live';
  /** Seconds from the beginning of the link to its end for a unit that enters it at the time; always above 0. */
  secondsOn: (linkIndex: number, atMs: number) => number;
  /** Whether the time of a link is made of what was measured; absent where nothing is. */
  isMeasured?: (linkIndex: number, atMs: number) => boolean;
};

/** Travel times by the speeds of empty roads. */
export function freeFlowTimes(links: readonly Link[]): TravelTimes {
  const seconds = Float64Array.from(links, ({ lengthM, freeFlowMps }) => lengthM / freeFlowMps);
  return { source: 'freeFlow', secondsOn: (linkIndex) => seconds[linkIndex] ?? Number.POSITIVE_INFINITY };
}

/** A standing queue still moves, and a unit with lights and siren passes it. */
const SLOWEST_MPS = 2;

/**
 * Travel times by measured speeds where there are any, and by the speeds of empty roads elsewhere. `speedMps` returns
 * the speed on a link now, or NaN.
 */
export function liveTimes(links: readonly Link[], speedMps: (linkIndex: number) => number): TravelTimes {
  const free = freeFlowTimes(links);
  return {
    source: 'live',
    isMeasured: (linkIndex) => !Number.isNaN(speedMps(linkIndex)),
    secondsOn(linkIndex, atMs) {
      const speed = speedMps(linkIndex);
      // Where others drive faster than the free flow, a unit is not assumed to do so.
      return Number.isNaN(speed)
        ? free.secondsOn(linkIndex, atMs)
        : Math.max(free.secondsOn(linkIndex, atMs), (links[linkIndex]?.lengthM ?? 0) / Math.max(SLOWEST_MPS, speed));
    },
  };
}
