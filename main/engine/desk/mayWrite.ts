import { isAtLeast } from '../../../shared/people/person.ts';
import type { Person, Role } from '../../../shared/people/person.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';

/** By the area of an event; what is not here needs an operator. What each command needs stands in the contract, and is checked where it is given. */
const leastRoles: Readonly<Record<string, Role>> = { desk: 'administrator', workstation: 'administrator', account: 'administrator', token: 'administrator', playbook: 'supervisor', session: 'viewer' };

/** Whether an event that came from another workstation may be by such a person: the last check, against a workstation that does not check. */
export function mayWrite({ role }: Person, { kind }: RecordEvent): boolean {
  return isAtLeast(role, leastRoles[kind.slice(0, kind.indexOf('.'))] ?? 'operator');
}
