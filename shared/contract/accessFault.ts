import type { Access, Audience } from '../commands/declare.ts';
import { lackingSentence, may } from '../people/permissions.ts';
import type { ScreenPerson } from '../people/person.ts';

/**
 * Why somebody does not get something that the contract declares, in a sentence; undefined where that person does. The
 * engine judges requests, streams and frames by this function alone.
 */
export function accessFault(access: Access, person: ScreenPerson | undefined, asking: Audience): string | undefined {
  if (access.audience !== asking) return 'This is not offered here.';
  if (access.audience === 'public') return undefined;
  if (person === undefined) return 'Sign in first.';
  return may(person.role, access.needs) ? undefined : lackingSentence(person, access.needs);
}
