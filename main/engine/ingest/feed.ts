import type { Value } from '../../../shared/base/values.ts';
import type { Registry } from '../registry/Registry.ts';

/** A message that a feed wants sent, such as Sparkplug's rebirth request. */
export type Reply = { topic: string; payload: Uint8Array; qos: 0 | 1 };

export const refusalReasons = [
  'badTopic',
  'notJson',
  'notProtobuf',
  'badShape',
  'badTime',
  'unknownType',
  'outOfSequence',
  'tooLarge',
  'noFeed',
  'fault',
] as const;
/** `reason` is one of few and labels the metric; `detail` says exactly what was wrong. */
export type Refusal = { reason: (typeof refusalReasons)[number]; detail: string };

/**
 * A feed that handled a message without a value for it (a heartbeat, an empty block) gives an empty list, not a
 * refusal.
 */
export type FeedResult<S> =
  { state: S; values: Value[]; replies?: Reply[] } | { state: S; refusal: Refusal; replies?: Reply[] };

/**
 * A stream from outside: topic filters and a pure step. The step never throws, never keeps `payload`, and holds
 * whatever it must remember (aliases, sequence numbers) in its state, which it may mutate in place and give back.
 */
export type Feed<S, P = undefined, Id extends string = string> = {
  /** Short and stable: labels metrics and dead letters, and is the subject of alarms about the feed. */
  id: Id;
  /** For people. */
  name: string;
  /** MQTT topic filters, with + and #. */
  filters: readonly string[];
  qos: 0 | 1;
  /**
   * What the ids of this feed's vehicles and devices begin with, without the colon. Empty where messages carry the ids
   * of the county's own registers.
   */
  idPrefixes: readonly string[];
  /** Called quiet after this long without a message. */
  quietAfterMs: number;
  initialState: () => S;
  /** What the topic alone says: asked once a topic, and handed to each step with it. */
  placeOf?: (topic: string, registry: Registry) => P;
  step: (
    state: S,
    topic: string,
    payload: Uint8Array,
    receivedAtMs: number,
    registry: Registry,
    place?: P,
  ) => FeedResult<S>;
};
