import { requests } from './contract.ts';
import type { RequestName } from './contract.ts';
import type { DeskAccess, Writes } from '../commands/declare.ts';
import { may } from '../people/permissions.ts';
import type { ScreenRole } from '../people/person.ts';
import { ownKinds } from '../record/recordEvent.ts';
import type { RecordEvent } from '../record/recordEvent.ts';

type Kind = RecordEvent['kind'];
/**
 * `by`: the requests that write an event for a person; who may make one of them may write it. Empty: people never
 * write it. `isOwn`: Beacon also writes it by itself, for no person.
 */
type Right<N extends string> = { by: readonly N[]; isOwn?: true };

/** Who may write which event, as the declarations of the requests and the list of Beacon's own events say. */
export function rightsOf<N extends string, K extends string>(
  declarations: Readonly<Record<N, Writes<K> & DeskAccess>>,
  own: readonly K[],
): Readonly<Record<K, Right<N>>> {
  const rights = new Map<K, { by: N[]; isOwn?: true }>(own.map((kind) => [kind, { by: [], isOwn: true }]));
  for (const [name, { event, alsoWrites = [], isOwnToo }] of Object.entries(declarations) as [N, Writes<K>][]) {
    const kind = event?.shape.kind.value;
    for (const each of kind === undefined ? alsoWrites : [kind, ...alsoWrites]) {
      const right = rights.get(each) ?? { by: [] };
      right.by.push(name);
      if (each === kind && isOwnToo === true) right.isOwn = true;
      rights.set(each, right);
    }
  }
  return Object.fromEntries<Right<N>>(rights) as Record<K, Right<N>>;
}

/** Who may write which event. The permission of each request stands in its declaration, and nowhere else. */
export const eventRights = rightsOf<RequestName, Kind>(requests, ownKinds);

/** Whether people of a role may write an event. */
export const mayWrite = (role: ScreenRole, kind: Kind): boolean =>
  eventRights[kind].by.some((name) => may(role, requests[name].needs));
