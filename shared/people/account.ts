import { z } from 'zod';
import { roleSchema } from './person.ts';

/** An account as an administrator sees it. */
export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  isRevoked: z.boolean(),
  /** Good for the simulated county alone. */
  isDemonstration: z.boolean(),
  createdAtMs: z.number(),
  /** The last sign-in, at whichever workstation. */
  signedInAtMs: z.number().optional(),
  /** Locked after too many attempts, until then or until it is lifted. */
  lockedUntilMs: z.number().optional(),
  /**
   * Changed at two workstations that did not know of each other: what stands, and what does not although somebody set
   * it.
   */
  conflicts: z.array(
    z.object({ field: z.enum(['name', 'role']), kept: z.string(), lost: z.string(), lostBy: z.string() }),
  ),
});
export type Account = z.infer<typeof accountSchema>;

/** What a screen without a person, such as the wall's, shows itself with. */
export const tokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  role: roleSchema,
  issuedAtMs: z.number(),
  issuedBy: z.string(),
  revokedAtMs: z.number().optional(),
});
export type Token = z.infer<typeof tokenSchema>;

/** Names are compared by this: who types `anna ` means `Anna`. */
export const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase();
