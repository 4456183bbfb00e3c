import { passwordFault } from '../../../shared/people/passwordFault.ts';

/**
 * What is wrong with a password that is typed twice, in a sentence; undefined while the second one is still empty.
 * `differ` is the sentence for two that are not the same.
 */
export function passwordPairFault(name: string, password: string, again: string, differ: string): string | undefined {
  if (again === '') return undefined;
  return passwordFault(password, name) ?? (password === again ? undefined : differ);
}
