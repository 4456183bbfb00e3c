import type { Person, Role } from '../../shared/people/person.ts';

/** Makes a person of a name, e.g. `person('Ann')`. */
export const person = (name: string, role: Role = 'supervisor'): Person => ({ id: name.toLowerCase(), name, role });

export const administrator = person('Root', 'administrator');
