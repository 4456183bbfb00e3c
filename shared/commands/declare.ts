import { z } from 'zod';
import { withoutHidden } from '../base/plainText.ts';
import type { Permission } from '../people/permissions.ts';

/** For whom something is: the people of the control room, or everybody in the county. */
export type Audience = 'desk' | 'public';

/**
 * What a declaration of a request or of a stream says about who gets it; `accessFault` is the one place that judges.
 */
export type Access = DeskAccess | PublicAccess;
/** What the people of the control room get, if they have the permission. */
export type DeskAccess = { audience: 'desk'; needs: Permission };
/** What everybody gets. */
export type PublicAccess = { audience: 'public' };

/**
 * A request as the contract declares it: `input` is checked on arrival in the engine, `output` types the answer,
 * `needs` is the permission that it takes.
 */
type Declared<I extends z.ZodType, O extends z.ZodType> = { input: I; output: O; isCommand: boolean } & DeskAccess;

/**
 * What a declaration adds to a request that writes to the log. `event` is the schema of its own event, and `alsoWrites`
 * names events of other declarations: a person who may give the command may write all of them. `isOwnToo`: Beacon also
 * writes the event by itself.
 */
export type Writes<K extends string> = {
  event?: z.ZodObject<{ kind: z.ZodLiteral<K> }>;
  alsoWrites?: readonly K[];
  isOwnToo?: true;
};

/** Declares a request that changes nothing. */
export const call = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  needs: Permission = 'county.read',
): Declared<I, O> => ({ input, output, isCommand: false, audience: 'desk', needs });

/**
 * Declares a request that changes the county or the record, and is therefore refused to a screen that shows the past.
 */
export const command = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  needs: Permission,
): Declared<I, O> => ({ input, output, isCommand: true, audience: 'desk', needs });

/**
 * An empty object: the input of a request that needs none, and the answer of a command that only says that it is done.
 */
export const nothing = z.object({}).strict();
/**
 * A text that a person writes: without control characters and changes of direction, trimmed, not empty, at most `most`
 * characters.
 */
export const text = (most: number): z.ZodString => z.string().overwrite(withoutHidden).trim().min(1).max(most);

type WithEvent = { event: z.ZodObject<{ kind: z.ZodLiteral<string> }> };
/** The schemas of the events in a record of declarations. */
export type EventSchemaOf<C> = { [N in keyof C]: C[N] extends WithEvent ? C[N]['event'] : never }[keyof C];

/** The schemas of the events of all declarations that have one. */
export function eventsOf<C extends Readonly<Record<string, object>>>(declarations: C): EventSchemaOf<C>[] {
  return Object.values(declarations).flatMap((declared) =>
    'event' in declared ? [declared.event] : [],
  ) as EventSchemaOf<C>[];
}
