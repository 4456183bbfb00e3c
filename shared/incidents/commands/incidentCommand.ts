import { z } from 'zod';
import { nothing } from '../../commands/declare.ts';
import type { Permission } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { TemplateFacts } from '../fillTemplate.ts';
import type { Conflict, Incident } from '../incident.ts';
import type { Playbook } from '../playbook.ts';

/**
 * The phase of an incident, on which commands depend. `closed`: a supervisor has reviewed it. `merged`: the work goes
 * on in the incident that it was merged into.
 */
export type IncidentPhase = 'reported' | 'underWay' | 'resolved' | 'closed' | 'merged';
/** For commands that are allowed until the work has ended. */
export const whileOpen = ['reported', 'underWay'] as const satisfies readonly IncidentPhase[];
/**
 * For commands that are allowed until the review: traffic is often normal again long after the work is done, and what
 * was forgotten is noted and opened later.
 */
export const untilClosed = [...whileOpen, 'resolved'] as const satisfies readonly IncidentPhase[];
/** For commands that are always allowed: later remarks are added, and what turns out to be disputed is decided. */
export const always = [...untilClosed, 'closed', 'merged'] as const satisfies readonly IncidentPhase[];

/** An id in the input of a request. */
export const id = z.string().min(1).max(100);
/** The incident that a command is given for. */
export const incidentRef = { incidentId: id };
/** The incident that an event is about. */
export const about = { incidentId: z.string() };
/** When something ends, UTC ms, where that is known. */
export const untilMs = z.number().optional();
/** The incident that has the effect from now on, where it was handed on and has not ended. */
export const handedOnTo = z.string().optional();

type InputSchema = z.ZodObject<{ incidentId: z.ZodString }>;
type IncidentEventSchema = z.ZodObject<{ kind: z.ZodLiteral<`incident.${string}`>; incidentId: z.ZodString }>;

/** An entry of the log about an incident: its id, when and by whom it was written, and at which workstation. */
export type IncidentEntry<E> = { id: string; atMs: number; by: string; workstation: string; event: E };
/** The fields that an event changes. A field that is undefined is removed. */
export type IncidentChange = { [F in keyof Incident]?: Incident[F] | undefined };
/** The value that a claim gives its field; null: none. */
export type ClaimValue = Conflict['claims'][number]['value'];
/** A claim for which somebody decided; `text` is the value in words. */
export type Decision = { incidentId: string; field: string; value: ClaimValue; text: string };

/** The present state, against which a command is checked. */
export type CommandContext = {
  nowMs: number;
  author: Person;
  /** The incident as people see it. */
  incident: Incident;
  /** Another incident, as people see it. */
  get: (id: string) => Incident | undefined;
  /** The id of the incident that has an item itself: this incident, or one that was merged into it. */
  holderOf: (has: (own: Incident) => boolean) => string | undefined;
  playbookOf: (type: Incident['type']) => Playbook;
  /** The name of a link, route or unit of the county; undefined where the county has none of this id. */
  linkName: (linkId: string) => string | undefined;
  routeName: (routeId: string) => string | undefined;
  unitName: (unitId: string) => string | undefined;
  facts: (incident: Incident) => TemplateFacts;
  /** Ends the command, because it is not possible now, for this reason. */
  refuse: (reason: string) => never;
};

/** The fields of an event without its kind, which the declaration adds. */
type Body<E extends IncidentEventSchema> = Omit<z.infer<E>, 'kind'>;

/** How an event of the log is read: what it changes in its incident, and which line it adds to the incident's log. */
type Reading<E extends IncidentEventSchema> = {
  event: E;
  /**
   * Must be pure, because every workstation has to get the same result; `incident` is the state before. Left out:
   * nothing changes.
   */
  change?: (incident: Incident, entry: IncidentEntry<z.infer<E>>) => IncidentChange;
  line: (incident: Incident, entry: IncidentEntry<z.infer<E>>) => string;
  /**
   * The values that it claims for fields with one true value; claims whose authors did not know of each other conflict.
   */
  claims?: (event: z.infer<E>) => [field: string, value: ClaimValue][];
};

/** Who may give a command on an incident, when, and with which input. */
type Asking<I extends InputSchema> = {
  needs: Permission;
  allowedIn: readonly IncidentPhase[];
  /** Why it is not allowed in this phase; left out: the sentence that fits every command. */
  refusal?: (incident: Incident) => string;
  input: I;
  /** Beacon writes the event by itself, too. */
  isOwnToo?: true;
};

/** How a command becomes its event. */
type Making<I extends InputSchema, E extends IncidentEventSchema> = {
  /** Calls `refuse` where the command is not possible now. */
  toEvent: (input: z.infer<I>, context: CommandContext) => Body<E>;
  /** How it decides a conflict: the claims that this command can make, and the event that repeats such a claim. */
  settles?: {
    isFor: (field: string, value: ClaimValue) => boolean;
    toEvent: (decision: Decision, context: CommandContext) => Body<E>;
  };
};

/**
 * Declares a command that becomes one event: everything about it stands in the declaration, and the engine adds
 * nothing.
 */
export const incidentCommand = <I extends InputSchema, E extends IncidentEventSchema>(
  declared: Asking<I> & Reading<E> & Making<I, E>,
): Asking<I> & Reading<E> & Making<I, E> & { isCommand: true; audience: 'desk'; output: typeof nothing } => ({
  isCommand: true,
  audience: 'desk',
  output: nothing,
  ...declared,
});

/** Declares a command whose event the engine makes in a handler of its own, because that takes more than one step. */
export const handledCommand = <I extends z.ZodObject, O extends z.ZodType, E extends IncidentEventSchema>(
  declared: Omit<Asking<InputSchema>, 'input'> & Reading<E> & { input: I; output: O },
): Omit<Asking<InputSchema>, 'input'> & Reading<E> & { isCommand: true; audience: 'desk'; input: I; output: O } => ({
  isCommand: true,
  audience: 'desk',
  ...declared,
});

/** Declares an event that no command writes, but Beacon by itself. */
export const ownEvent = <E extends IncidentEventSchema>(declared: Reading<E>): Reading<E> => declared;

/** The author of an entry, and when it was written (UTC ms). */
export const byAuthor = ({ by, atMs }: IncidentEntry<unknown>): { by: string; atMs: number } => ({ by, atMs });

/** The reason in an event that settles a conflict. */
export const DECIDED = 'Decided between two who did not know of each other';
