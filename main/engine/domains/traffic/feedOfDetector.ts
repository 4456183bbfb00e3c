import { beaconTraffic } from '../../ingest/feeds/beaconTraffic.ts';
import { feedOfId } from '../../ingest/feeds/feedList.ts';
import type { FeedId } from '../../ingest/feeds/feedList.ts';

/** The feed that a detector's values come by: that of its id's prefix, or else Beacon's own topics. */
export const feedOfDetector = (detectorId: string): FeedId => feedOfId(detectorId) ?? beaconTraffic.id;
