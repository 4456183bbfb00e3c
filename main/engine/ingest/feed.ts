import type { Commodity, CountyProfile, Detector, FeedsRegistry, Link, Meter, Timetable, Unit, Zone } from '../../../shared/county/county.ts';
import type { Value } from '../../../shared/base/values.ts';

/** What the county knows of a device: enough to give its values a unit and a place. */
export type RegisteredDevice = {
  id: string;
  /** Devices are numbered from 0, and the county's meters first: the number of a meter is its place in the county's list. */
  number: number;
  kind: 'detector' | 'meter' | 'zone' | 'unit' | 'station' | 'other';
  name: string;
  lon?: number;
  lat?: number;
  commodity?: Commodity;
  zoneId?: string;
  linkId?: string;
  /** For a bare counter: the quantity and what one count is in its unit. */
  count?: { quantity: 'registerKwh' | 'registerM3' | 'gasM3'; perCount: number };
};

/** The county's registers, indexed for look-up by feeds and domains. Never changes while the engine runs. */
export type Registry = {
  profile: CountyProfile;
  /** How many devices it has. */
  size: number;
  device: (id: string) => RegisteredDevice | undefined;
  meter: (id: string) => Meter | undefined;
  zone: (id: string) => Zone | undefined;
  link: (id: string) => Link | undefined;
  detector: (id: string) => Detector | undefined;
  unit: (id: string) => Unit | undefined;
  timetable: Timetable | undefined;
  digitrafficSensor: (sensorId: number) => { name: string; unit: string } | undefined;
  digitrafficStation: (stationId: number) => NonNullable<FeedsRegistry['digitraffic']>['stations'][number] | undefined;
  sparkplugMetric: (metric: string) => { quantity: string; factor: number } | undefined;
};

/** A message that a feed wants sent, such as Sparkplug's rebirth request. */
export type Reply = { topic: string; payload: Uint8Array; qos: 0 | 1 };

export const refusalReasons = ['badTopic', 'notJson', 'notProtobuf', 'badShape', 'badTime', 'unknownType', 'outOfSequence', 'tooLarge', 'noFeed', 'fault'] as const;
/** `reason` is one of few and labels the metric; `detail` says exactly what was wrong. */
export type Refusal = { reason: (typeof refusalReasons)[number]; detail: string };

/** A feed that handled a message without a value for it (a heartbeat, an empty block) gives an empty list, not a refusal. */
export type FeedResult<S> = { state: S; values: Value[]; replies?: Reply[] } | { state: S; refusal: Refusal; replies?: Reply[] };

/**
 * A stream from outside: topic filters and a pure step. The step never throws, never keeps `payload`, and holds whatever it must remember
 * (aliases, sequence numbers) in its state, which it may mutate in place and give back.
 */
export type Feed<S, P = undefined> = {
  /** Short and stable: labels metrics and dead letters. */
  id: string;
  /** For people. */
  name: string;
  /** MQTT topic filters, with + and #. */
  filters: readonly string[];
  qos: 0 | 1;
  /** Called quiet after this long without a message. */
  quietAfterMs: number;
  initialState: () => S;
  /** What the topic alone says: asked once a topic, and handed to each step with it. */
  placeOf?: (topic: string, registry: Registry) => P;
  step: (state: S, topic: string, payload: Uint8Array, receivedAtMs: number, registry: Registry, place?: P) => FeedResult<S>;
};
