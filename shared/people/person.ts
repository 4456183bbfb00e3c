import { z } from 'zod';

/** The roles, ascending: each may do everything that the ones before it may. */
export const roles = ['viewer', 'operator', 'dispatcher', 'supervisor', 'administrator'] as const;
/** The role of a person or of a display. */
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** A person as an entry of the log records it: the account, its name and its role at that time. */
export const personSchema = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  role: roleSchema,
});
export type Person = z.infer<typeof personSchema>;

const DISPLAY_PREFIX = 'token:';

/** Whether a role is at least as high as another. */
export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** Whether a person is a display without a user, which signed in with a token. */
export const isDisplay = ({ id }: Person): boolean => id.startsWith(DISPLAY_PREFIX);

/** The person that stands for a display without a user, such as a wall display, which signed in with a token. */
export const displayPerson = (tokenId: string, name: string, role: Role): Person => ({
  id: `${DISPLAY_PREFIX}${tokenId}`,
  name,
  role,
});

/** The author of what no person ordered: reports of units, what Beacon noticed of itself. */
export const beaconPerson: Person = { id: 'beacon', name: 'Beacon', role: 'administrator' };
