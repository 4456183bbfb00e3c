import { workstationOf } from '../../../shared/record/logEntry.ts';
import { BEACON_PREFIX } from '../../../shared/wire/topics.ts';

/**
 * The topics of a desk. A sequence `workstation.epoch` is two levels, `workstation/epoch`, as not every broker takes a
 * dot in a topic.
 *
 *     beacon/v1/desk/<deskId>/head/<sequence>           retained   a beat
 *     beacon/v1/desk/<deskId>/events/<sequence>                    new entries, as they are written
 *     beacon/v1/desk/<deskId>/ask/<workstation>/<sequence>         asks that workstation for a range of entries
 *     beacon/v1/desk/<deskId>/give/<workstation>/<sequence>        gives it that range, compressed by zstd
 *     beacon/v1/desk/<deskId>/want/<workstation>/<sequence>        asks that workstation for a piece of a file
 *     beacon/v1/desk/<deskId>/piece/<workstation>/<sequence>       the piece, encrypted with the desk's key, compressed
 *
 * `dotted`: the sequence as one level, which is all that earlier versions of Beacon read and write.
 */
export type TopicForm = 'plain' | 'dotted';

const openKinds = ['head', 'events'];
/** Kinds of messages that have an addressee. */
export const addressedKinds = ['ask', 'give', 'want', 'piece'];

export const deskPrefix = (deskId: string): string => `${BEACON_PREFIX}/desk/${deskId}`;

/** Returns what a workstation subscribes to: every kind, in both forms. */
export function deskFilters(prefix: string, workstationId: string): string[] {
  const bases = [...openKinds, ...addressedKinds.map((kind) => `${kind}/${workstationId}`)];
  return bases.flatMap((base) => [`${prefix}/${base}/+/+`, `${prefix}/${base}/+`]);
}

/**
 * Returns the topic under which a message of a sequence is published. `to`: the workstation that it is for, if it is
 * for one.
 */
export function deskTopic(
  prefix: string,
  { kind, from, to, form = 'plain' }: { kind: string; from: string; to?: string; form?: TopicForm },
): string {
  const sequence = form === 'dotted' ? from : from.replace('.', '/');
  return [prefix, kind, ...(to === undefined ? [] : [workstationOf(to)]), sequence].join('/');
}

/** Reads what a topic says. `from`: the sequence. */
export function readDeskTopic(prefix: string, topic: string): { kind: string; from: string; form: TopicForm } {
  const [kind = '', ...levels] = topic.slice(prefix.length + 1).split('/');
  const last = levels.at(-1) ?? '';
  return last.includes('.')
    ? { kind, from: last, form: 'dotted' }
    : { kind, from: `${levels.at(-2) ?? ''}.${last}`, form: 'plain' };
}
