import type { z } from 'zod';
import type { Value } from '../../../../shared/values.ts';
import { BEACON_PREFIX } from '../../../../shared/wire/topics.ts';
import type { Feed, Refusal, Registry } from '../feed.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';

/** One message below a topic of Beacon's own: its schema, and the values it stands for. */
type Form<T extends z.ZodType> = { schema: T; /** See jsonMessage. */ isCommon?: (value: unknown) => value is z.output<T>; timeOf: (message: z.output<T>) => number; values: (id: string, message: z.output<T>, registry: Registry) => Value[] };
type AnyForm = { read: (id: string, payload: Uint8Array, registry: Registry) => { values: Value[] } | { refusal: Refusal } };

/** What a topic says, looked up by the topic: a county has few of them and many messages, and an id that stays the same string is found faster behind the feed. */
type Place = { id: string; form: AnyForm };
type Places = Map<string, Place>;
/** More topics than this are somebody's mistake, and must not fill the memory. */
const MOST_PLACES = 200_000;

export function form<T extends z.ZodType>({ schema, isCommon, timeOf, values }: Form<T>): AnyForm {
  return {
    read(id, payload, registry) {
      const decoded = jsonMessage(schema, payload, isCommon);
      if ('refusal' in decoded) return decoded;
      const atMs = timeOf(decoded.message);
      if (!isTime(atMs)) return { refusal: { reason: 'badTime', detail: `${String(atMs)} is not epoch milliseconds of a plausible time` } };
      return { values: values(id, decoded.message, registry) };
    },
  };
}

type BeaconFeed = Pick<Feed<Places>, 'id' | 'name' | 'qos' | 'quietAfterMs'> & {
  /** The topic's level after the prefix. */
  branch: string;
  /** By what follows the id in the topic; '' for nothing. */
  forms: Readonly<Record<string, AnyForm>>;
};

/** A feed on `beacon/v1/<branch>/<id>[/<form>]`. */
export function beaconFeed({ branch, forms, ...facts }: BeaconFeed): Feed<Places> {
  const prefix = `${BEACON_PREFIX}/${branch}/`;
  const find = (topic: string, registry: Registry): Place | undefined => {
    const [id = '', name = ''] = topic.slice(prefix.length).split('/');
    const found = Object.hasOwn(forms, name) ? forms[name] : undefined;
    // The register's own string is found in the tables behind without comparing letters.
    return id === '' || found === undefined ? undefined : { id: registry.device(id)?.id ?? id, form: found };
  };
  return {
    ...facts,
    filters: Object.keys(forms).map((name) => `${prefix}+${name === '' ? '' : `/${name}`}`),
    initialState: () => new Map(),
    step(state, topic, payload, _receivedAtMs, registry) {
      const place = state.get(topic) ?? find(topic, registry);
      if (place === undefined) return { state, refusal: { reason: 'badTopic', detail: `${topic} is not ${prefix}<id>` } };
      if (state.size < MOST_PLACES) state.set(topic, place);
      const result = place.form.read(place.id, payload, registry);
      return 'refusal' in result ? { state, refusal: result.refusal } : { state, values: result.values };
    },
  };
}
