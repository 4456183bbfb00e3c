import type { Value, VehicleMode } from '../../../../shared/base/values.ts';
import type { Feed } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { gtfsAlert } from './gtfsAlert.ts';
import { feedMessageType } from './gtfsRealtimeSchema.ts';
import type { FeedEntity, FeedMessage } from './gtfsRealtimeSchema.ts';
import { gtfsTripUpdate } from './gtfsTripUpdate.ts';
import { GTFS_ID_PREFIX, gtfsVehicle } from './gtfsVehicle.ts';
import { isTime } from './jsonMessage.ts';
import { modeOfWord } from './modeWords.ts';
import { protobufMessage } from './protobufMessage.ts';

/** A large agency's whole fleet or day of trips in one message. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Digitransit's topics contain the mode: /gtfsrt/vp/<feed>/<agency>/<agency name>/<mode>/… */
const modeOf = (topic: string): VehicleMode | undefined =>
  topic.startsWith('/gtfsrt/') ? modeOfWord(topic.split('/')[6] ?? '') : undefined;

/**
 * The time in the message is in POSIX seconds; a message without any time counts as measured when it arrived. Some
 * encoders write 0 for "none".
 */
function timeOf(entity: FeedEntity, headerS: number | undefined, receivedAtMs: number): number {
  const own = entity.vehicle?.timestamp ?? entity.tripUpdate?.timestamp;
  const seconds = own === undefined || own === 0 ? headerS : own;
  return seconds === undefined || seconds === 0 ? receivedAtMs : seconds * 1000;
}

function valuesOf(entity: FeedEntity, atMs: number, mode: VehicleMode | undefined, registry: Registry): Value[] {
  if (entity.isDeleted === true) return [];
  return [
    ...(entity.vehicle === undefined ? [] : [gtfsVehicle(entity.id, entity.vehicle, atMs, mode, registry)]),
    ...(entity.tripUpdate === undefined ? [] : gtfsTripUpdate(entity.tripUpdate, atMs, registry)),
    ...(entity.alert === undefined ? [] : [gtfsAlert(entity.id, entity.alert, atMs, registry)]),
  ];
}

/**
 * GTFS-Realtime 2.0 over MQTT, one FeedMessage per message: whole feeds under gtfs-rt/, single vehicles and trips under
 * Digitransit's /gtfsrt/. Delays are positive when late, speeds in m/s, directions 0 and 1, as in Beacon itself.
 */
export const gtfsRealtime: Feed<undefined, undefined, 'gtfs-realtime'> = {
  id: 'gtfs-realtime',
  name: 'Transit (GTFS-Realtime)',
  filters: ['gtfs-rt/#', '/gtfsrt/vp/#', '/gtfsrt/tu/#'],
  qos: 0,
  idPrefixes: [GTFS_ID_PREFIX],
  // Agencies refresh every 30 s; positions older than 90 s are not to be shown as current.
  quietAfterMs: 90_000,
  initialState: () => undefined,
  step(state, topic, payload, receivedAtMs, registry) {
    const decoded = protobufMessage<FeedMessage>(feedMessageType, payload, { mostBytes: MOST_BYTES, longs: Number });
    if ('refusal' in decoded) return { state, refusal: decoded.refusal };
    const { header, entity: entities = [] } = decoded.message;
    const mode = modeOf(topic);
    const timed = entities.map((entity) => ({ entity, atMs: timeOf(entity, header.timestamp, receivedAtMs) }));
    const dated = timed.filter(({ atMs }) => isTime(atMs));
    if (timed.length > 0 && dated.length === 0)
      return {
        state,
        refusal: {
          reason: 'badTime',
          detail: `timestamp ${String(timed[0]?.entity.vehicle?.timestamp ?? header.timestamp)}`,
        },
      };
    return { state, values: dated.flatMap(({ entity, atMs }) => valuesOf(entity, atMs, mode, registry)) };
  },
};
