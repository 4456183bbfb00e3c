import { roles } from '../../../shared/people/person.ts';
import type { Role, ScreenRole } from '../../../shared/people/person.ts';

const details: Record<Role, string> = {
  viewer: 'sees everything',
  operator: 'and works on alarms and incidents',
  dispatcher: 'and sends units and closes incidents',
  supervisor: 'and hands over and signs shifts',
  administrator: 'and decides who may do what',
};

export const roleLabel = (role: ScreenRole): string => `${role.charAt(0).toUpperCase()}${role.slice(1)}`;

/** The roles to choose from, each with the rights that it adds to the ones before. */
export const roleOptions = roles.map((id) => ({ id, label: roleLabel(id), detail: details[id] }));
