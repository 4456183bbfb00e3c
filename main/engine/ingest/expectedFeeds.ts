import type { County } from '../../../shared/county/county.ts';
import { STATION_ID_PREFIX } from '../registry/addFeedDevices.ts';
import { feedOfId } from './feeds/feedList.ts';

/** The feed that brings what devices of the county's own registers publish. */
const ownFeeds = { detectors: 'beacon-traffic', meters: 'beacon-meters', units: 'beacon-units' } as const;

/**
 * The ids of the feeds that must be heard, because the county's registers have devices that publish nowhere else. The
 * other feeds may well be silent for ever.
 */
export function expectedFeeds(county: Pick<County, 'detectors' | 'meters' | 'units' | 'feeds'>): Set<string> {
  const expected = new Set<string>();
  for (const [register, feed] of Object.entries(ownFeeds))
    for (const { id } of county[register as keyof typeof ownFeeds]) expected.add(feedOfId(id) ?? feed);
  for (const { id } of county.feeds.devices ?? []) {
    const feed = feedOfId(id);
    if (feed !== undefined) expected.add(feed);
  }
  const station = feedOfId(`${STATION_ID_PREFIX}:1`);
  if (station !== undefined && (county.feeds.digitraffic?.stations ?? []).length > 0) expected.add(station);
  return expected;
}
