import type { z } from 'zod';
import type { Value } from '../../../../shared/base/values.ts';
import { BEACON_PREFIX, topics } from '../../../../shared/wire/topics.ts';
import type { Feed, Refusal } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { isTime, jsonMessage } from './jsonMessage.ts';

/** One kind of message on Beacon's own topics: its schema, and how it becomes values. */
type Form<T extends z.ZodType> = {
  schema: T;
  /** See jsonMessage. */ readPlain?: (payload: Uint8Array) => z.output<T> | undefined;
  timeOf: (message: z.output<T>) => number;
  values: (id: string, message: z.output<T>, deviceNumber: number | undefined) => Value[];
};
export type AnyForm = {
  read: (place: Pick<Place, 'id' | 'number'>, payload: Uint8Array) => { values: Value[] } | { refusal: Refusal };
};

/** What a topic says: which device sent the message, and in which form. */
export type Place = { id: string; number: number | undefined; form: AnyForm };

export function form<T extends z.ZodType>({ schema, readPlain, timeOf, values }: Form<T>): AnyForm {
  return {
    read({ id, number }, payload) {
      const decoded = jsonMessage(schema, payload, readPlain);
      if ('refusal' in decoded) return decoded;
      const atMs = timeOf(decoded.message);
      if (!isTime(atMs))
        return {
          refusal: { reason: 'badTime', detail: `${String(atMs)} is not epoch milliseconds of a plausible time` },
        };
      return { values: values(id, decoded.message, number) };
    },
  };
}

type Branch = 'traffic' | 'segment' | 'vehicle' | 'meter' | 'zone' | 'unit' | 'report';

type BeaconFeed<Id extends string> = Pick<Feed<undefined, Place, Id>, 'id' | 'name' | 'quietAfterMs'> & {
  /** The topic's level after the prefix, which is also its name in the table of topics. */
  branch: Branch;
  /** The forms by the level that follows the id in the topic; '' where nothing follows. */
  forms: Readonly<Record<string, AnyForm>>;
};

/** A feed on `beacon/v1/<branch>/<id>[/<form>]`. */
export function beaconFeed<Id extends string>({
  branch,
  forms,
  ...facts
}: BeaconFeed<Id>): Feed<undefined, Place | undefined, Id> {
  const prefix = `${BEACON_PREFIX}/${branch}/`;
  const find = (topic: string, registry: Registry): Place | undefined => {
    const [id = '', name = ''] = topic.slice(prefix.length).split('/');
    const found = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (id === '' || found === undefined) return undefined;
    const device = registry.device(id);
    // The registry's own string instance is used, because later tables find it without comparing letters.
    return { id: device?.id ?? id, number: device?.number, form: found };
  };
  return {
    ...facts,
    qos: topics[branch].qos,
    idPrefixes: [],
    filters: Object.keys(forms).map((name) => `${prefix}+${name === '' ? '' : `/${name}`}`),
    initialState: () => undefined,
    placeOf: find,
    step(state, topic, payload, _receivedAtMs, registry, place = find(topic, registry)) {
      if (place === undefined)
        return { state, refusal: { reason: 'badTopic', detail: `${topic} is not ${prefix}<id>` } };
      const result = place.form.read(place, payload);
      return 'refusal' in result ? { state, refusal: result.refusal } : { state, values: result.values };
    },
  };
}
