import { feedEntityType, feedMessageType } from '../../main/engine/ingest/feeds/gtfsRealtimeSchema.ts';
import type { FeedEntity, FeedMessage } from '../../shared/public/gtfsRealtime.ts';
import { NOW_MS } from '../unit/main/engine/ingest/feeds/stepper.ts';

/** A GTFS-Realtime message as bytes; an entity that is bytes already goes in as it is. Sent five seconds ago. */
export function encodeFeed(header: FeedMessage['header'], entities: readonly (FeedEntity | Uint8Array)[]): Uint8Array {
  const entity = entities.map((each) =>
    each instanceof Uint8Array ? each : feedEntityType.encode(feedEntityType.fromObject(each)).finish(),
  );
  const message = { header: { gtfsRealtimeVersion: '2.0', timestamp: NOW_MS / 1000 - 5, ...header }, entity };
  return feedMessageType.encode(feedMessageType.fromObject(message)).finish();
}
