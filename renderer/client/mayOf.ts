import { requests } from '../../shared/contract/contract.ts';
import type { RequestName } from '../../shared/contract/contract.ts';
import { isAtLeast } from '../../shared/people/person.ts';
import type { Role } from '../../shared/people/person.ts';

/**
 * Whether a command can be given from a screen. `hidden` means that its control is not even shown, because to a person
 * who only watches it would be noise.
 */
export type May = { state: 'allowed' } | { state: 'refused' | 'hidden'; reason: string };

const PAST_REFUSAL = 'This screen shows the past. Go back to live to do this.';
const needWords: Record<Role, string> = {
  viewer: 'a viewer',
  operator: 'an operator',
  dispatcher: 'a dispatcher',
  supervisor: 'a supervisor',
  administrator: 'an administrator',
};

/**
 * What the contract says of a command. The engine judges by the same declaration, and still checks every command
 * itself.
 */
export function mayOf(command: RequestName, role: Role | undefined, isPast: boolean): May {
  const { role: least, isCommand } = requests[command];
  if (role === undefined) return { state: 'hidden', reason: 'Sign in first.' };
  if (!isAtLeast(role, least))
    return { state: role === 'viewer' ? 'hidden' : 'refused', reason: `Needs ${needWords[least]}.` };
  return isPast && isCommand ? { state: 'refused', reason: PAST_REFUSAL } : { state: 'allowed' };
}
