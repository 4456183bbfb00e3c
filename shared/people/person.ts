import { z } from 'zod';

/** Ascending: each role may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'dispatcher', 'supervisor', 'administrator'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Who did something, as it is written down: the account, its name and role at that time. */
export const personSchema = z.object({ id: z.string().min(1).max(100), name: z.string().min(1).max(100), role: roleSchema });
export type Person = z.infer<typeof personSchema>;

/** Whether a role may do what `least` is needed for. */
export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** Signs what nobody ordered: reports of units, what Beacon noticed of itself. */
export const beaconPerson: Person = { id: 'beacon', name: 'Beacon', role: 'administrator' };
