import { z } from 'zod';
import { accountSchema, tokenSchema } from '../people/account.ts';
import { personSchema, roleSchema } from '../people/person.ts';
import { call, command, nothing, text } from './declare.ts';

const password = z.string().min(1).max(1000);
const secret = z.string().min(1).max(200);
const accountRef = { accountId: z.string().min(1).max(100) };
/** `screen`: what the screen calls itself, the same each time. */
const credentials = z.object({ name: z.string().trim().min(1).max(100), password, screen: z.string().min(1).max(100) });
/** The secret lets the screen come back after its line broke, until the session ends. */
const opened = z.object({ secret: z.string(), expiresAtMs: z.number() });

/**
 * Accounts, sessions and rights. The first seven concern the person at one screen; all but the last of them are there
 * for a screen that nobody is signed in at.
 */
export const peopleRequests = {
  /**
   * `isSetUpDue`: there is no account yet. `canSetUp`: and this screen may make the first. `demonstration`: accounts of
   * the simulated county that anybody may use.
   */
  'people.welcome': call(
    nothing,
    z.object({
      isSetUpDue: z.boolean(),
      canSetUp: z.boolean(),
      demonstration: z.array(z.object({ name: z.string(), password: z.string() })),
    }),
  ),
  'people.setUp': call(credentials, opened),
  'people.signIn': call(credentials, opened),
  'people.resume': call(z.object({ secret }), nothing),
  /** For a display that nobody sits at. */
  'people.showToken': call(z.object({ token: secret }), nothing),
  'people.signOut': call(z.object({ reason: z.enum(['signedOut', 'locked', 'idle']) }), nothing),
  'people.changePassword': command(z.object({ oldPassword: password, newPassword: password }), nothing, 'viewer'),
  /** Everybody who can sign in, for lists to choose from. */
  'people.present': call(nothing, z.object({ people: z.array(personSchema) })),
  'people.list': call(
    nothing,
    z.object({ accounts: z.array(accountSchema), tokens: z.array(tokenSchema), idleLockMinutes: z.number() }),
    'administrator',
  ),
  'people.create': command(
    z.object({ name: text(100), role: roleSchema, password }),
    z.object(accountRef),
    'administrator',
  ),
  'people.change': command(
    z.object({ ...accountRef, name: text(100).optional(), role: roleSchema.optional() }),
    nothing,
    'administrator',
  ),
  'people.revoke': command(z.object(accountRef), nothing, 'administrator'),
  'people.restore': command(z.object(accountRef), nothing, 'administrator'),
  'people.liftLock': command(z.object(accountRef), nothing, 'administrator'),
  'people.setPassword': command(z.object({ ...accountRef, password }), nothing, 'administrator'),
  'people.setIdleLock': command(z.object({ minutes: z.number().int().min(0).max(480) }), nothing, 'administrator'),
  /**
   * The token is told in this answer alone. `isForWall`: the wall displays that this workstation's own application
   * opens use it from then on.
   */
  'token.issue': command(
    z.object({ label: text(100), isForWall: z.boolean() }),
    z.object({ tokenId: z.string(), token: z.string() }),
    'administrator',
  ),
  'token.revoke': command(z.object({ tokenId: z.string().min(1).max(100) }), nothing, 'administrator'),
} as const;
