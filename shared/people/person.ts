import { z } from 'zod';

/** The roles that an account can have; what each may do stands in `permissions.ts`. */
export const roles = ['viewer', 'operator', 'dispatcher', 'supervisor', 'administrator'] as const;
/** The role of an account. */
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
/** The role of who is at a screen: that of an account, or of a display that nobody sits at. */
export type ScreenRole = Role | 'display';

/** A person as an entry of the log records it: the account, its name and its role at that time. */
export const personSchema = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  role: roleSchema,
});
export type Person = z.infer<typeof personSchema>;
/** Who is at a screen: a person, or a display without a user, which never writes to the log. */
export type ScreenPerson = Omit<Person, 'role'> & { role: ScreenRole };

const DISPLAY_PREFIX = 'token:';

/** Whether a person is a display without a user, which signed in with a token. */
export const isDisplay = ({ id }: ScreenPerson): boolean => id.startsWith(DISPLAY_PREFIX);

/** The person that stands for a display without a user, such as a wall display, which signed in with a token. */
export const displayPerson = (tokenId: string, name: string): ScreenPerson => ({
  id: `${DISPLAY_PREFIX}${tokenId}`,
  name,
  role: 'display',
});

/** The author of what no person ordered: reports of units, what Beacon noticed of itself. */
export const beaconPerson: Person = { id: 'beacon', name: 'Beacon', role: 'administrator' };
