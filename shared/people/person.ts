import { z } from 'zod';

/** Ascending: each role may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'dispatcher', 'supervisor', 'administrator'] as const;
/** The role of a person or of a display. */
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Who did something, as it is written down: the account, its name and role at that time. */
export const personSchema = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  role: roleSchema,
});
export type Person = z.infer<typeof personSchema>;

const DISPLAY_PREFIX = 'token:';

/** Whether a role may do what `least` is needed for. */
export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** Whether it is a display that nobody sits at, let in by a token. */
export const isDisplay = ({ id }: Person): boolean => id.startsWith(DISPLAY_PREFIX);

/** The person that stands for a display without a user, such as the wall's, which signed in with a token. */
export const displayPerson = (tokenId: string, name: string, role: Role): Person => ({
  id: `${DISPLAY_PREFIX}${tokenId}`,
  name,
  role,
});

/** Signs what nobody ordered: reports of units, what Beacon noticed of itself. */
export const beaconPerson: Person = { id: 'beacon', name: 'Beacon', role: 'administrator' };
