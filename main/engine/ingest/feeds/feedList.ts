import { anyFeed } from '../anyFeed.ts';
import type { AnyFeed } from '../anyFeed.ts';
import { beaconMeters } from './beaconMeters.ts';
import { beaconReports } from './beaconReports.ts';
import { beaconSegments } from './beaconSegments.ts';
import { beaconTraffic } from './beaconTraffic.ts';
import { beaconUnits } from './beaconUnits.ts';
import { beaconVehicles } from './beaconVehicles.ts';
import { beaconZones } from './beaconZones.ts';
import { digitraffic } from './digitraffic.ts';
import { gtfsRealtime } from './gtfsRealtime.ts';
import { hfp } from './hfp.ts';
import { rtlamr } from './rtlamr.ts';
import { sparkplug } from './sparkplug.ts';
import { wmbusmeters } from './wmbusmeters.ts';

const list = [
  anyFeed(beaconTraffic),
  anyFeed(beaconSegments),
  anyFeed(beaconVehicles),
  anyFeed(beaconMeters),
  anyFeed(beaconZones),
  anyFeed(beaconUnits),
  anyFeed(beaconReports),
  anyFeed(hfp),
  anyFeed(gtfsRealtime),
  anyFeed(digitraffic),
  anyFeed(wmbusmeters),
  anyFeed(rtlamr),
  anyFeed(sparkplug),
] as const;

/** The id of a feed that is in the list. */
export type FeedId = (typeof list)[number]['id'];

/** All streams that Beacon understands. A new stream needs a file of its own and a line above. */
export const feeds: readonly AnyFeed<FeedId>[] = list;

/** The feed with an id of the list. */
export function feedWithId(id: FeedId): AnyFeed<FeedId> {
  const feed = feeds.find((each) => each.id === id);
  if (feed === undefined) throw new RangeError(`there is no feed ${id}`);
  return feed;
}

const feedOfPrefix = new Map(feeds.flatMap(({ id, idPrefixes }) => idPrefixes.map((prefix) => [prefix, id] as const)));

/**
 * The feed to which the prefix of a vehicle's or device's id belongs; undefined for an id of the county's own
 * registers.
 */
export function feedOfId(id: string): FeedId | undefined {
  const colon = id.indexOf(':');
  return colon === -1 ? undefined : feedOfPrefix.get(id.slice(0, colon));
}
