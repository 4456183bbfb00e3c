import type { z } from 'zod';
import type { Value } from '../../../../shared/values.ts';
import { BEACON_PREFIX } from '../../../../shared/wire/topics.ts';
import type { Feed, FeedResult, Registry } from '../feed.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';

/** One message below a topic of Beacon's own: its schema, and the values it stands for. */
type Form<T extends z.ZodType> = { schema: T; timeOf: (message: z.output<T>) => number; values: (id: string, message: z.output<T>, registry: Registry) => Value[] };
type AnyForm = { read: (id: string, payload: Uint8Array, registry: Registry) => FeedResult<undefined> };

export function form<T extends z.ZodType>({ schema, timeOf, values }: Form<T>): AnyForm {
  return {
    read(id, payload, registry) {
      const decoded = jsonMessage(schema, payload);
      if ('refusal' in decoded) return { state: undefined, refusal: decoded.refusal };
      const atMs = timeOf(decoded.message);
      if (!isTime(atMs)) return { state: undefined, refusal: { reason: 'badTime', detail: `${String(atMs)} is not epoch milliseconds of a plausible time` } };
      return { state: undefined, values: values(id, decoded.message, registry) };
    },
  };
}

type BeaconFeed = Pick<Feed<undefined>, 'id' | 'name' | 'qos' | 'quietAfterMs'> & {
  /** The topic's level after the prefix. */
  branch: string;
  /** By what follows the id in the topic; '' for nothing. */
  forms: Readonly<Record<string, AnyForm>>;
};

/** A feed on `beacon/v1/<branch>/<id>[/<form>]`. */
export function beaconFeed({ branch, forms, ...facts }: BeaconFeed): Feed<undefined> {
  const prefix = `${BEACON_PREFIX}/${branch}/`;
  return {
    ...facts,
    filters: Object.keys(forms).map((name) => `${prefix}+${name === '' ? '' : `/${name}`}`),
    initialState: () => undefined,
    step(state, topic, payload, _receivedAtMs, registry) {
      const [id = '', name = ''] = topic.slice(prefix.length).split('/');
      const found = Object.hasOwn(forms, name) ? forms[name] : undefined;
      if (id === '' || found === undefined) return { state, refusal: { reason: 'badTopic', detail: `${topic} is not ${prefix}<id>` } };
      return found.read(id, payload, registry);
    },
  };
}
