import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BEACON_PREFIX } from '../../shared/wire/topics.ts';

/**
 * Who may connect to the embedded broker: the engine, the simulated county, and devices that people connect
 * themselves.
 */
const usersSchema = z.object({ engine: z.string(), county: z.string(), devices: z.string() });
/** The passwords by user name. */
export type BrokerUsers = z.infer<typeof usersSchema>;
type UserName = keyof BrokerUsers;

/** The environment variable with the passwords, as JSON: arguments of a process can be seen by everybody. */
export const USERS_VARIABLE = 'BEACON_BROKER_USERS';

/** Reads the passwords; undefined where none were given, and anybody may connect. */
export function readUsers(env: NodeJS.ProcessEnv): BrokerUsers | undefined {
  const text = env[USERS_VARIABLE];
  return text === undefined ? undefined : usersSchema.parse(JSON.parse(text));
}

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Client ids that belong to one user: under any other, a client could take over the engine's session. */
const owners: readonly [RegExp, UserName][] = [
  [/^beacon-simulator-/, 'county'],
  [/^beacon-/, 'engine'],
];
/** Topics on which one user alone publishes. */
const publishers: readonly [RegExp, UserName][] = [
  [new RegExp(`^${BEACON_PREFIX}/(?:desk|desk-join|dispatch|engine)(?:/|$)`), 'engine'],
  [new RegExp(`^${BEACON_PREFIX}/clock$`), 'county'],
];

const mayUse = (rules: readonly [RegExp, UserName][], text: string, user: UserName): boolean =>
  (rules.find(([pattern]) => pattern.test(text))?.[1] ?? user) === user;

/** Returns the user whose name and password these are, where the client id is not somebody else's. */
export function userOf(
  users: BrokerUsers,
  clientId: string,
  name: string | undefined,
  password: Buffer | undefined,
): UserName | undefined {
  const user = (Object.keys(users) as UserName[]).find((each) => each === name);
  if (user === undefined || password === undefined || !isSame(password, Buffer.from(users[user]))) return undefined;
  return mayUse(owners, clientId, user) ? user : undefined;
}

/** Returns whether a user may publish on a topic. */
export const mayPublish = (user: UserName, topic: string): boolean => mayUse(publishers, topic, user);
