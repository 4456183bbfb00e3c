import { requests } from '../../shared/contract/contract.ts';
import type { RequestName } from '../../shared/contract/contract.ts';
import { may, roleWith } from '../../shared/people/permissions.ts';
import type { ScreenRole } from '../../shared/people/person.ts';

/**
 * Whether a command can be given from a screen. `hidden` means that its control is not even shown, because to a person
 * who only watches it would be noise.
 */
export type May = { state: 'allowed' } | { state: 'refused' | 'hidden'; reason: string };

const PAST_REFUSAL = 'This screen shows the past. Go back to live to do this.';
const needWords: Record<ScreenRole, string> = {
  display: 'a display',
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
export function mayOf(command: RequestName, role: ScreenRole | undefined, isPast: boolean): May {
  const { needs, isCommand } = requests[command];
  if (role === undefined) return { state: 'hidden', reason: 'Sign in first.' };
  if (!may(role, needs))
    return {
      state: may(role, 'incident.handle') ? 'refused' : 'hidden',
      reason: `Needs ${needWords[roleWith(needs)]}.`,
    };
  return isPast && isCommand ? { state: 'refused', reason: PAST_REFUSAL } : { state: 'allowed' };
}
