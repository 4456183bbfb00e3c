import { roles } from './person.ts';
import type { Role, ScreenPerson, ScreenRole } from './person.ts';

/**
 * What somebody may do. Every request and every stream names the one that it needs, and every role is a set of them;
 * nothing else decides.
 */
export const permissions = [
  /** The picture of the county as a wall shows it. */
  'wall.show',
  /** One's own session and password. */
  'account.own',
  /** Details, history, incidents and shifts, to look at. */
  'county.read',
  'past.replay',
  /** What a single household uses. Without it, people see sums of zones and feeders alone. */
  'household.read',
  /** Messages that were refused, and devices without a place, as they came. */
  'system.read',
  'alarm.handle',
  /** Takes alarms out of service, and back. */
  'alarm.supervise',
  /** Releases a position that somebody else holds, and answers for one that nobody holds. */
  'position.relieve',
  'incident.handle',
  /** Ends, merges and splits incidents, and takes back what was written wrongly. */
  'incident.direct',
  'incident.assess',
  'unit.dispatch',
  'public.inform',
  /** Decides which kinds of things become public, and when. */
  'public.direct',
  'playbook.edit',
  'shift.run',
  'shift.signOff',
  'report.read',
  /** The entries of the log, without the secrets in them. */
  'record.read',
  /** Bills of single accounts, before they leave. */
  'bills.read',
  /** The audit, plans and results of changes. */
  'impact.read',
  /** Writes, registers and evaluates plans. */
  'impact.plan',
  'people.administer',
  'desk.administer',
] as const;
/** One of the things that somebody may be allowed to do. */
export type Permission = (typeof permissions)[number];

const display = ['wall.show'] as const satisfies Permission[];
const viewer = [...display, 'account.own', 'county.read', 'past.replay'] as const satisfies Permission[];
const operator = [
  ...viewer,
  'household.read',
  'system.read',
  'alarm.handle',
  'incident.handle',
  'shift.run',
  'report.read',
] as const satisfies Permission[];
const dispatcher = [...operator, 'incident.direct', 'unit.dispatch', 'public.inform'] as const satisfies Permission[];
const supervisor = [
  ...dispatcher,
  'alarm.supervise',
  'position.relieve',
  'incident.assess',
  'public.direct',
  'playbook.edit',
  'shift.signOff',
  'record.read',
  'bills.read',
  'impact.read',
  'impact.plan',
] as const satisfies Permission[];
const administrator = [...supervisor, 'people.administer', 'desk.administer'] as const satisfies Permission[];

/** The permissions of each role. A role need not have all those of another one. */
export const permissionsOf: Readonly<Record<ScreenRole, ReadonlySet<Permission>>> = {
  display: new Set(display),
  viewer: new Set(viewer),
  operator: new Set(operator),
  dispatcher: new Set(dispatcher),
  supervisor: new Set(supervisor),
  administrator: new Set(administrator),
};

/** Whether a role has a permission. */
export const may = (role: ScreenRole, permission: Permission): boolean => permissionsOf[role].has(permission);

/** The first role of the list that has a permission, to name in a refusal. */
export const roleWith = (permission: Permission): Role =>
  roles.find((role) => may(role, permission)) ?? 'administrator';

/** The sentence for a person whose role lacks a permission. */
export const lackingSentence = ({ name, role }: ScreenPerson, permission: Permission): string =>
  `This needs the role ${roleWith(permission)}; ${name} is ${role}.`;
