import { z } from 'zod';
import { roleSchema } from '../people/person.ts';

const accountId = z.string().min(1).max(100);
const name = z.string().min(1).max(100);
/** What a password is checked with, sealed by the desk's key: nobody outside the desk's workstations can read it. */
const sealedVerifier = z.string().max(2000);
/** SHA-256, hexadecimal, of a secret of 256 random bits: too many to be tried, so it need not be sealed. */
const secretHash = z.string().regex(/^[0-9a-f]{64}$/);
/** Names a screen among those of its workstation. */
const screen = z.string().max(100);

/**
 * What people did about accounts, tokens and sessions. Times in them are of the wall's clock, also where the county's
 * runs faster.
 */
export const peopleEvents = [
  /** `isDemonstration`: its password is shown to everybody, so it is good for the simulated county alone. */
  z.object({
    kind: z.literal('account.created'),
    accountId,
    name,
    role: roleSchema,
    verifier: sealedVerifier,
    isDemonstration: z.boolean(),
  }),
  /** A field that is absent stays as it is. */
  z.object({ kind: z.literal('account.changed'), accountId, name: name.optional(), role: roleSchema.optional() }),
  z.object({ kind: z.literal('account.revoked'), accountId }),
  z.object({ kind: z.literal('account.restored'), accountId }),
  /** Ends all sessions of the account but the one that it was set in. */
  z.object({
    kind: z.literal('account.passwordSet'),
    accountId,
    verifier: sealedVerifier,
    by: z.enum(['self', 'administrator', 'recovery']),
    sessionId: z.string().optional(),
  }),
  /** Too many attempts were refused; it ends by itself. */
  z.object({ kind: z.literal('account.locked'), accountId, untilMs: z.number() }),
  z.object({ kind: z.literal('account.lockLifted'), accountId }),
  /** For a screen that nobody sits at. The token itself is told once, to the one who issued it. */
  z.object({ kind: z.literal('token.issued'), tokenId: z.string(), label: name, role: roleSchema, secretHash }),
  z.object({ kind: z.literal('token.revoked'), tokenId: z.string() }),
  z.object({
    kind: z.literal('session.opened'),
    sessionId: z.string(),
    accountId,
    screen,
    secretHash,
    expiresAtMs: z.number(),
  }),
  z.object({
    kind: z.literal('session.closed'),
    sessionId: z.string(),
    reason: z.enum(['signedOut', 'locked', 'idle', 'changed', 'expired']),
  }),
  /**
   * An attempt to sign in that failed. A name that no account has is not written down: it may be a password in the
   * wrong field.
   */
  z.object({ kind: z.literal('session.refused'), accountId: accountId.optional(), screen, atMs: z.number() }),
  /** Minutes without a key or a pointer until a screen locks itself; 0 never. */
  z.object({ kind: z.literal('people.idleLockSet'), minutes: z.number().int().min(0).max(480) }),
] as const;
