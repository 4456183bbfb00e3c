import type { Link } from '../../../shared/county/county.ts';

/** How long links take at a time: the one seam between routing and what is known of traffic. */
export type TravelTimes = {
  source: 'freeFlow' | 'live';
  /** Seconds from the beginning of the link to its end for who enters it at the time; always above 0. */
  secondsOn: (linkIndex: number, atMs: number) => number;
};

/** By the speeds of empty roads. */
export function freeFlowTimes(links: readonly Link[]): TravelTimes {
  const seconds = Float64Array.from(links, ({ lengthM, freeFlowMps }) => lengthM / freeFlowMps);
  return { source: 'freeFlow', secondsOn: (linkIndex) => seconds[linkIndex] ?? Number.POSITIVE_INFINITY };
}
