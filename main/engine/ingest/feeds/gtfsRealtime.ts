import type { Notice, TripReport, Value, VehicleMode, VehicleObservation } from '../../../../shared/base/values.ts';
import type { Feed, Refusal } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { alertContent, gtfsAlert } from './gtfsAlert.ts';
import { feedEntityType, feedMessageType } from './gtfsRealtimeSchema.ts';
import type { FeedEntity, FeedMessage } from '../../../../shared/public/gtfsRealtime.ts';
import { GTFS_ID_PREFIX, gtfsId, gtfsTimeS } from './gtfsTrip.ts';
import { gtfsTripUpdate } from './gtfsTripUpdate.ts';
import { gtfsVehicle } from './gtfsVehicle.ts';
import { isTime } from './jsonMessage.ts';
import { modeOfWord } from './modeWords.ts';
import { protobufMessage } from './protobufMessage.ts';

/** A large agency's whole fleet or day of trips in one message. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Topics whose entities are remembered; each agency has three. */
const MOST_TOPICS = 500;
const DIFFERENTIAL = 1;

/** What a topic's last message said, by entity id: it ends when a whole data set leaves it out or deletes it. */
type Held = { value: VehicleObservation | TripReport | Notice; content?: string };
type Entities = Map<string, Held>;
type State = Map<string, Entities>;

type Topic = {
  mode?: VehicleMode;
  agency?: string;
  /** Each message holds all that the topic has to say. */ isWhole: boolean;
};

/**
 * Digitransit's topics contain the mode: /gtfsrt/vp/<feed>/<agency>/<agency name>/<mode>/…, one vehicle or trip per
 * message. Whole feeds are under gtfs-rt/<agency>/<what>.
 */
function topicOf(topic: string): Topic {
  const parts = topic.split('/');
  if (!topic.startsWith('/gtfsrt/')) {
    const agency = parts.slice(1, -1).join('/');
    return { isWhole: true, ...(agency !== '' && { agency }) };
  }
  const agency = [parts[3], parts[4]].filter((part) => part !== undefined && part !== '').join('/');
  const mode = modeOfWord(parts[6] ?? '');
  return { isWhole: false, ...(mode !== undefined && { mode }), ...(agency !== '' && { agency }) };
}

/**
 * The time of an entity; a message without any time counts as measured when it arrived. Some encoders write 0 for
 * "none", some write milliseconds.
 */
function timeOf(entity: FeedEntity, headerTime: number | undefined, receivedAtMs: number): number {
  const seconds = gtfsTimeS(entity.vehicle?.timestamp ?? entity.tripUpdate?.timestamp) ?? gtfsTimeS(headerTime);
  return seconds === undefined ? receivedAtMs : Math.round(seconds * 1000);
}

/** The end of what an entity said, in the form of its own kind. */
function withdrawn({ value }: Held, atMs: number): Value {
  if (value.kind === 'notice') return { ...value, atMs, endsMs: Math.min(value.endsMs ?? atMs, atMs) };
  if (value.kind === 'tripReport') return { ...value, atMs, stops: [], isWithdrawn: true };
  const { lon: _, lat: __, ...vehicle } = value;
  return { ...vehicle, atMs, isWithdrawn: true };
}

type Context = { topic: Topic; registry: Registry; held: Entities; atMs: number };

function alertOf(
  entityId: string,
  entity: Required<Pick<FeedEntity, 'alert'>>,
  { topic, registry, held, atMs }: Context,
): Held {
  const content = alertContent(entity.alert);
  const same = held.get(`notice ${entityId}`) ?? [...held.values()].find((each) => each.content === content);
  const known = same?.value.kind === 'notice' ? same.value.noticeId : undefined;
  return {
    value: gtfsAlert(known ?? gtfsId(topic.agency, entityId), entity.alert, atMs, topic.agency, registry),
    content,
  };
}

function heldOf(entity: FeedEntity, entityId: string, context: Context): Held[] {
  const { topic, registry, atMs } = context;
  const update = entity.tripUpdate && gtfsTripUpdate(entity.tripUpdate, atMs, topic.agency, registry);
  return [
    ...(entity.vehicle === undefined
      ? []
      : [{ value: gtfsVehicle(entityId, entity.vehicle, atMs, topic.mode, topic.agency, registry) }]),
    ...(update === undefined ? [] : [{ value: update }]),
    ...(entity.alert === undefined ? [] : [alertOf(entityId, { alert: entity.alert }, context)]),
  ];
}

/** One entity may say several things. */
const heldKinds: readonly Held['value']['kind'][] = ['vehicle', 'tripReport', 'notice'];
const keyOf = (entityId: string, { value }: Held): string => `${value.kind} ${entityId}`;

/** The values of the entities of one message, and what it ends. `fresh`: what the message says, by key. */
function applyEntities(
  entities: readonly { entity: FeedEntity; atMs: number }[],
  { isFull, headerMs }: { isFull: boolean; headerMs: number },
  { topic, registry, held }: Omit<Context, 'atMs'>,
): Value[] {
  const fresh: Entities = new Map();
  const values: Value[] = [];
  for (const [index, { entity, atMs }] of entities.entries()) {
    const entityId = entity.id ?? String(index);
    if (entity.isDeleted === true) {
      for (const kind of heldKinds) {
        const each = held.get(`${kind} ${entityId}`);
        if (each !== undefined) values.push(withdrawn(each, atMs));
        held.delete(`${kind} ${entityId}`);
      }
      continue;
    }
    for (const each of heldOf(entity, entityId, { topic, registry, held, atMs })) {
      fresh.set(keyOf(entityId, each), each);
      values.push(each.value);
    }
  }
  if (!topic.isWhole) return values;
  if (isFull) values.push(...missing(held, fresh, headerMs));
  if (isFull) held.clear();
  for (const [key, each] of fresh) held.set(key, each);
  return values;
}

/** What a whole data set no longer says. A vehicle that is left out has only missed its turn: its age shows that. */
function missing(held: Entities, fresh: Entities, atMs: number): Value[] {
  const noticeIds = new Set(
    [...fresh.values()].flatMap(({ value }) => (value.kind === 'notice' ? value.noticeId : [])),
  );
  const kinds = new Set([...fresh.values()].map(({ value }) => value.kind));
  return [...held].flatMap(([key, each]) => {
    const { value } = each;
    if (fresh.has(key) || value.kind === 'vehicle') return [];
    if (value.kind === 'notice' && noticeIds.has(value.noticeId)) return [];
    // A topic that carries vehicles and trips in turn leaves out the others each time.
    return fresh.size > 0 && !kinds.has(value.kind) ? [] : [withdrawn(each, atMs)];
  });
}

/** The entities of a message that can be decoded, and the first reason why another one cannot. */
function entitiesOf({ entity = [] }: FeedMessage): { entities: FeedEntity[]; refusal?: Refusal } {
  const decoded = entity.map((bytes) =>
    protobufMessage<FeedEntity>(feedEntityType, bytes, { mostBytes: MOST_BYTES, longs: Number }),
  );
  const refusal = decoded.find((each) => 'refusal' in each)?.refusal;
  const entities = decoded.flatMap((each) => ('message' in each ? [each.message] : []));
  return { entities, ...(refusal !== undefined && { refusal }) };
}

/**
 * GTFS-Realtime 2.0 over MQTT, one FeedMessage per message: whole feeds under gtfs-rt/, single vehicles and trips under
 * Digitransit's /gtfsrt/. Delays are positive when late, speeds in m/s, directions 0 and 1, as in Beacon itself. An
 * entity that cannot be used costs only itself.
 */
export const gtfsRealtime: Feed<State, undefined, 'gtfs-realtime'> = {
  id: 'gtfs-realtime',
  name: 'Transit (GTFS-Realtime)',
  filters: ['gtfs-rt/#', '/gtfsrt/vp/#', '/gtfsrt/tu/#'],
  qos: 0,
  idPrefixes: [GTFS_ID_PREFIX],
  // Agencies refresh every 30 s; positions older than 90 s are not to be shown as current.
  quietAfterMs: 90_000,
  initialState: () => new Map(),
  step(state, name, payload, receivedAtMs, registry) {
    const decoded = protobufMessage<FeedMessage>(feedMessageType, payload, { mostBytes: MOST_BYTES, longs: Number });
    if ('refusal' in decoded) return { state, refusal: decoded.refusal };
    const { header, entity = [] } = decoded.message;
    if (header === undefined && entity.length === 0)
      return { state, refusal: { reason: 'badShape', detail: 'a FeedMessage without a header and without entities' } };
    const { entities, refusal } = entitiesOf(decoded.message);
    const timed = entities.map((each) => ({ entity: each, atMs: timeOf(each, header?.timestamp, receivedAtMs) }));
    const dated = timed.filter(({ atMs }) => isTime(atMs));
    const undated = timed.find(({ atMs }) => !isTime(atMs));
    const badTime: Refusal | undefined = undated && {
      reason: 'badTime',
      detail: `timestamp ${String(undated.atMs / 1000)}`,
    };
    const partRefused = refusal ?? badTime;
    if (partRefused !== undefined && dated.length === 0) return { state, refusal: partRefused };
    const topic = topicOf(name);
    const held = state.get(name) ?? new Map<string, Held>();
    if (topic.isWhole && state.size < MOST_TOPICS) state.set(name, held);
    const headerMs = timeOf({}, header?.timestamp, receivedAtMs);
    const isFull = topic.isWhole && header?.incrementality !== DIFFERENTIAL && partRefused === undefined;
    const values = applyEntities(dated, { isFull, headerMs }, { topic, registry, held });
    return { state, values, ...(partRefused !== undefined && { partRefused }) };
  },
};
