import { passwordFault } from '../../../shared/people/passwordFault.ts';

/**
 * What is wrong with a password that was typed twice, in a sentence; nothing while the second is not there yet.
 * `differ` says that the two are not the same.
 */
export function passwordPairFault(name: string, password: string, again: string, differ: string): string | undefined {
  if (again === '') return undefined;
  return passwordFault(password, name) ?? (password === again ? undefined : differ);
}
