import type { County } from '../../../shared/county/county.ts';
import { beaconMeters } from './feeds/beaconMeters.ts';
import { beaconSegments } from './feeds/beaconSegments.ts';
import { beaconTraffic } from './feeds/beaconTraffic.ts';
import { beaconUnits } from './feeds/beaconUnits.ts';
import { beaconVehicles } from './feeds/beaconVehicles.ts';
import { beaconZones } from './feeds/beaconZones.ts';
import { feedOfId } from './feeds/feedList.ts';
import type { FeedId } from './feeds/feedList.ts';
import { gtfsRealtime } from './feeds/gtfsRealtime.ts';
import { hfp } from './feeds/hfp.ts';

/** The feeds that can bring the vehicles of a timetable; one of them is enough. */
const vehicleFeeds: readonly string[] = [beaconVehicles.id, hfp.id, gtfsRealtime.id];

type Expecting = Pick<County, 'detectors' | 'segments' | 'meters' | 'zones' | 'units' | 'timetable'>;

/**
 * Which feeds a county expects: those to which the devices of its files belong. For the vehicles of its timetable any
 * feed of vehicles will do, so that Beacon's own is expected until one of them is heard.
 */
export function expectFeeds(county: Expecting): (feed: string, isHeard: (feed: string) => boolean) => boolean {
  const feedsOf = (devices: readonly { id: string }[], usual: FeedId): FeedId[] =>
    devices.map(({ id }) => feedOfId(id) ?? usual);
  const named = new Set<string>([
    ...feedsOf(county.detectors, beaconTraffic.id),
    ...feedsOf(county.segments ?? [], beaconSegments.id),
    ...feedsOf(county.meters, beaconMeters.id),
    ...feedsOf(county.zones, beaconZones.id),
    ...feedsOf(county.units, beaconUnits.id),
  ]);
  return (feed, isHeard) => {
    if (county.timetable === undefined || !vehicleFeeds.includes(feed)) return named.has(feed);
    return isHeard(feed) || (feed === beaconVehicles.id && !vehicleFeeds.some(isHeard));
  };
}
