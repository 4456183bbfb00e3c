import type { Value } from '../../../shared/base/values.ts';
import type { Registry } from '../registry/Registry.ts';

/** A message that a feed wants to send, such as Sparkplug's rebirth request. */
export type Reply = { topic: string; payload: Uint8Array; qos: 0 | 1 };

export const refusalReasons = [
  'badTopic',
  'badName',
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
/** `reason` is one of a few words and labels the metric; `detail` says exactly what was wrong. */
export type Refusal = { reason: (typeof refusalReasons)[number]; detail: string };

/**
 * A feed that handled a message that holds no value (a heartbeat, an empty block) returns an empty list, not a refusal.
 * `partRefused`: one part of the message was sound and gave the values, and this is why another part gave none.
 */
export type FeedResult<S> =
  | { state: S; values: Value[]; partRefused?: Refusal; replies?: Reply[] }
  | { state: S; refusal: Refusal; replies?: Reply[] };

/**
 * A stream from outside: topic filters and a pure step. The step never throws and never keeps `payload`. It holds
 * everything that it must remember (aliases, sequence numbers) in its state, which it may mutate in place and return.
 */
export type Feed<S, P = undefined, Id extends string = string> = {
  /** Short and stable: labels metrics and dead letters, and is the subject of alarms about the feed. */
  id: Id;
  /** The name that people see. */
  name: string;
  /** MQTT topic filters, with + and #. */
  filters: readonly string[];
  qos: 0 | 1;
  /**
   * The prefixes of the ids of this feed's vehicles and devices, without the colon. Empty where messages carry the ids
   * of the county's own registers.
   */
  idPrefixes: readonly string[];
  /** The feed is shown as quiet after this long without a message. */
  quietAfterMs: number;
  initialState: () => S;
  /** What the topic alone says. Called once per topic; the result is passed to each step for that topic. */
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
