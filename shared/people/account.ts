import { z } from 'zod';
import { roleSchema } from './person.ts';

/** An account as an administrator sees it. */
export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  isRevoked: z.boolean(),
  /** It can be used in the simulated county only. */
  isDemonstration: z.boolean(),
  createdAtMs: z.number(),
  /** The last sign-in, at whichever workstation. */
  signedInAtMs: z.number().optional(),
  /** The account is locked after too many attempts, until then or until somebody lifts the lock. */
  lockedUntilMs: z.number().optional(),
  /**
   * Fields that were changed at two workstations that did not know of each other: the value in force, and the value
   * that is not although somebody set it.
   */
  conflicts: z.array(
    z.object({ field: z.enum(['name', 'role']), kept: z.string(), lost: z.string(), lostBy: z.string() }),
  ),
});
export type Account = z.infer<typeof accountSchema>;

/** A token with which a screen without a user, such as a wall display, signs in. */
export const tokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  issuedAtMs: z.number(),
  issuedBy: z.string(),
  /** From then on it lets nobody in. */
  expiresAtMs: z.number(),
  revokedAtMs: z.number().optional(),
});
export type Token = z.infer<typeof tokenSchema>;

/** The form in which names are compared: a person who types `anna ` means `Anna`. */
export const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase();
