import { z } from 'zod';
import { call, command, nothing, text } from '../../commands/declare.ts';
import { accountSchema, tokenSchema } from '../account.ts';
import { MOST_TOKEN_DAYS } from '../tokenLife.ts';
import { personSchema, roleSchema } from '../person.ts';

const accountId = z.string().min(1).max(100);
const name = z.string().min(1).max(100);
/**
 * What a password is checked with, encrypted with the desk's key: nobody outside the desk's workstations can read it.
 */
const sealedVerifier = z.string().max(2000);
/**
 * SHA-256, hexadecimal, of a secret of 256 random bits: these are too many to be tried, so the hash need not be
 * encrypted.
 */
const secretHash = z.string().regex(/^[0-9a-f]{64}$/);
/** The name of a screen among those of its workstation. */
const screen = z.string().max(100);

const password = z.string().min(1).max(1000);
const secret = z.string().min(1).max(200);
const accountRef = { accountId: z.string().min(1).max(100) };
/** `screen`: the name that the screen gives itself, the same each time. */
const credentials = z.object({ name: z.string().trim().min(1).max(100), password, screen: z.string().min(1).max(100) });
/**
 * The secret lets the screen resume the session after its connection broke, until the session ends.
 * `mustChangePassword`: somebody else chose the password, and the person is let in by `people.changePassword`.
 */
const opened = z.object({ secret: z.string(), expiresAtMs: z.number(), mustChangePassword: z.boolean().optional() });

/**
 * The commands on accounts, sessions and rights. Times in the events are of the wall clock, also where the county's
 * clock runs faster. The first eight concern the person at one screen; all but the last of them may be used at a screen
 * at which nobody is signed in.
 */
export const peopleCommands = {
  /**
   * `isSetUpDue`: there is no account yet. `canSetUp`: in addition, this screen may make the first one.
   * `demonstration`: accounts of the simulated county that anybody may use.
   */
  'people.welcome': call(
    nothing,
    z.object({
      isSetUpDue: z.boolean(),
      canSetUp: z.boolean(),
      demonstration: z.array(z.object({ name: z.string(), password: z.string() })),
    }),
    'wall.show',
  ),
  'people.setUp': { ...call(credentials, opened, 'account.own'), alsoWrites: ['session.opened'] },
  'people.signIn': {
    ...call(credentials, opened, 'account.own'),
    event: z.object({
      kind: z.literal('session.opened'),
      sessionId: z.string(),
      accountId,
      screen,
      secretHash,
      expiresAtMs: z.number(),
    }),
  },
  'people.resume': call(z.object({ secret }), nothing, 'account.own'),
  /** Signs in a display that has no user. */
  'people.showToken': call(z.object({ token: secret }), nothing, 'wall.show'),
  'people.signOut': {
    ...call(z.object({ reason: z.enum(['signedOut', 'locked', 'idle']) }), nothing, 'account.own'),
    event: z.object({
      kind: z.literal('session.closed'),
      sessionId: z.string(),
      reason: z.enum(['signedOut', 'locked', 'idle', 'changed', 'expired']),
    }),
  },
  /** Somebody has touched the screen within the last minute: a session at which nobody does ends. */
  'people.active': call(nothing, nothing, 'account.own'),
  'people.changePassword': {
    ...command(z.object({ oldPassword: password, newPassword: password }), nothing, 'account.own'),
    alsoWrites: ['account.passwordSet'],
  },
  /** All people who can sign in, for lists to choose from. */
  'people.present': call(nothing, z.object({ people: z.array(personSchema) })),
  'people.list': call(
    nothing,
    z.object({ accounts: z.array(accountSchema), tokens: z.array(tokenSchema), idleLockMinutes: z.number() }),
    'people.administer',
  ),
  'people.create': {
    ...command(z.object({ name: text(100), role: roleSchema, password }), z.object(accountRef), 'people.administer'),
    /** `isDemonstration`: its password is shown to everybody, so it can be used in the simulated county only. */
    event: z.object({
      kind: z.literal('account.created'),
      accountId,
      name,
      role: roleSchema,
      verifier: sealedVerifier,
      isDemonstration: z.boolean(),
    }),
    isOwnToo: true,
  },
  'people.change': {
    ...command(
      z.object({ ...accountRef, name: text(100).optional(), role: roleSchema.optional() }),
      nothing,
      'people.administer',
    ),
    /** A field that is absent stays as it is. */
    event: z.object({
      kind: z.literal('account.changed'),
      accountId,
      name: name.optional(),
      role: roleSchema.optional(),
    }),
  },
  'people.revoke': {
    ...command(z.object(accountRef), nothing, 'people.administer'),
    event: z.object({ kind: z.literal('account.revoked'), accountId }),
  },
  'people.restore': {
    ...command(z.object(accountRef), nothing, 'people.administer'),
    event: z.object({ kind: z.literal('account.restored'), accountId }),
  },
  'people.liftLock': {
    ...command(z.object(accountRef), nothing, 'people.administer'),
    event: z.object({ kind: z.literal('account.lockLifted'), accountId }),
  },
  'people.setPassword': {
    ...command(z.object({ ...accountRef, password }), nothing, 'people.administer'),
    /** Ends all sessions of the account except the one in which it was set. */
    event: z.object({
      kind: z.literal('account.passwordSet'),
      accountId,
      verifier: sealedVerifier,
      by: z.enum(['self', 'administrator', 'recovery']),
      sessionId: z.string().optional(),
    }),
    isOwnToo: true,
  },
  'people.setIdleLock': {
    ...command(z.object({ minutes: z.number().int().min(0).max(480) }), nothing, 'people.administer'),
    /** Minutes without a key or a pointer until a screen locks itself; 0 never. */
    event: z.object({ kind: z.literal('people.idleLockSet'), minutes: z.number().int().min(0).max(480) }),
  },
  /**
   * Only this answer contains the token. `isForWall`: the wall displays that this workstation's own application opens
   * use it from then on. `forDays`: how long it is valid; a year where it is left out.
   */
  'token.issue': {
    ...command(
      z.object({
        label: text(100),
        isForWall: z.boolean(),
        forDays: z.number().int().min(1).max(MOST_TOKEN_DAYS).optional(),
      }),
      z.object({ tokenId: z.string(), token: z.string(), expiresAtMs: z.number() }),
      'people.administer',
    ),
    /**
     * A token for a screen that has no user. The token itself is shown once, to the person who issued it. `role` is
     * `viewer` for earlier versions; here a token is a display whatever it says.
     */
    event: z.object({
      kind: z.literal('token.issued'),
      tokenId: z.string(),
      label: name,
      role: roleSchema,
      secretHash,
    }),
    isOwnToo: true,
  },
  'token.revoke': {
    ...command(z.object({ tokenId: z.string().min(1).max(100) }), nothing, 'people.administer'),
    event: z.object({ kind: z.literal('token.revoked'), tokenId: z.string() }),
  },
} as const;

/** The events about accounts that Beacon writes by itself. */
export const ownPeopleEvents = [
  /** Too many attempts were refused; the lock ends by itself. */
  z.object({ kind: z.literal('account.locked'), accountId, untilMs: z.number() }),
  /**
   * A failed attempt to sign in. A name that no account has is not recorded: it may be a password in the wrong field.
   */
  z.object({ kind: z.literal('session.refused'), accountId: accountId.optional(), screen, atMs: z.number() }),
] as const;
