import { DAY_MS } from '../base/durations.ts';
import { distanceM } from '../base/geometry/distanceM.ts';
import type { ServiceRequest } from './serviceRequest.ts';

/** Likely duplicates: FixMyStreet suggests reports of one category within this distance. */
const SIMILAR_M = 250;
const SIMILAR_MS = 14 * DAY_MS;
/** The most requests that are offered before a report is sent. */
export const MOST_SIMILAR = 5;

type Located = Pick<ServiceRequest, 'serviceCode' | 'state' | 'receivedAtMs' | 'lon' | 'lat'>;
/** What a report that is about to be sent is about. The place is in degrees, the time UTC ms. */
export type ReportedPlace = { serviceCodes: readonly string[]; lon: number; lat: number; atMs: number };

/**
 * Requests that are probably about the same thing, the nearest first: of these services, near, and of the last two
 * weeks. Closed ones are among them, because "closed last week" is an answer, too; of merged ones only that which
 * stands for them.
 */
export function similarRequests<R extends Located>(
  requests: Iterable<R>,
  { serviceCodes, lon, lat, atMs }: ReportedPlace,
): R[] {
  const distanceOf = (each: R): number =>
    each.lon === undefined || each.lat === undefined ? Number.NaN : distanceM(each.lon, each.lat, lon, lat);
  return [...requests]
    .filter(
      ({ serviceCode, state, receivedAtMs }) =>
        serviceCodes.includes(serviceCode) &&
        state !== 'spam' &&
        state !== 'merged' &&
        receivedAtMs <= atMs &&
        atMs - receivedAtMs <= SIMILAR_MS,
    )
    .map((request) => ({ request, m: distanceOf(request) }))
    .filter(({ m }) => m <= SIMILAR_M)
    .sort((a, b) => a.m - b.m)
    .slice(0, MOST_SIMILAR)
    .map(({ request }) => request);
}
