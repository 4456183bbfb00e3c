import { z } from 'zod';
import { DAY_MS } from '../base/durations.ts';
import { languages } from './language.ts';
import { markSchema } from './mark.ts';

/**
 * The states of a service request, in the order of an ordinary course. `redirected`: somebody else is responsible, and
 * the reason says who. `merged`: another request stands for both. `reopened`: the reporter says that it is not fixed.
 */
export const requestStates = [
  'received',
  'accepted',
  'underWay',
  'reopened',
  'done',
  'declined',
  'redirected',
  'merged',
  'spam',
] as const;
/** A state of a service request. */
export type RequestState = (typeof requestStates)[number];
/** The states that the control room can give a request, each with a reason for the citizen. */
export const answerStates = ['accepted', 'underWay', 'done', 'declined', 'redirected', 'merged', 'spam'] as const;
const closedStates: ReadonlySet<RequestState> = new Set(['done', 'declined', 'redirected', 'merged', 'spam']);

/** Whether nobody works on a request any more, unless it is reopened. */
export const isClosed = (state: RequestState): boolean => closedStates.has(state);

/** Whether the promised day of a request has passed while it is open. */
export const isOverdue = (
  { state, expectedAtMs }: { state: RequestState; expectedAtMs: number },
  nowMs: number,
): boolean => !isClosed(state) && expectedAtMs < nowMs;

/** Whether a closed request was closed after its promised day. */
export const isLate = ({
  closedAtMs,
  expectedAtMs,
}: {
  closedAtMs?: number | undefined;
  expectedAtMs: number;
}): boolean => closedAtMs !== undefined && closedAtMs > expectedAtMs;

/** For so long after it was closed the reporter may reopen a request. */
export const REOPEN_MS = 14 * DAY_MS;

/** The way by which a request came. `mqtt`: a report of another system, which Beacon made a request of. */
export const requestChannels = ['web', 'open311', 'mqtt'] as const;

/** The number of a request: ten letters and digits that cannot be mistaken for each other, in two groups. */
export const requestNumberSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);

/** A number as a person types it: in small letters, with blanks, with letters in place of digits. */
export function readRequestNumber(typed: string): string | undefined {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const number = `${bare.slice(0, 5)}-${bare.slice(5)}`;
  return requestNumberSchema.safeParse(number).success ? number : undefined;
}

/** What a request asks for beyond place and words, by the codes of the service's attributes. */
export const requestAttributesSchema = z
  .array(z.object({ code: z.string().max(60), values: z.array(z.string().max(500)).max(20) }))
  .max(20);

/** The most characters of what a citizen writes about a problem, as Open311 has it. */
export const MOST_WORDS = 4000;
/** The most characters of an address. */
export const MOST_ADDRESS = 300;

const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
/** What a citizen says: the service, where, and in words. The place is WGS84 degrees. */
export const requestWords = {
  serviceCode: z.string().min(1).max(60),
  text: z.string().max(MOST_WORDS),
  language: z.enum(languages),
  address: z.string().max(MOST_ADDRESS).optional(),
  lon: lon.optional(),
  lat: lat.optional(),
  attributes: requestAttributesSchema.optional(),
} as const;

/**
 * A service request as the control room sees it, made of the entries of the log by `foldServiceRequest`. Times are UTC
 * ms.
 */
export const serviceRequestSchema = z.object({
  number: requestNumberSchema,
  ...requestWords,
  channel: z.enum(requestChannels),
  /** The report of another system that it was made of, which alarms and incidents name; never public. */
  reportId: z.string().optional(),
  state: z.enum(requestStates),
  /** Why it is in this state, as the citizen reads it. */
  reason: z.string().optional(),
  receivedAtMs: z.number(),
  changedAtMs: z.number(),
  /** The day by which the service level promises an answer. */
  expectedAtMs: z.number(),
  closedAtMs: z.number().optional(),
  /** The request that stands for this one. */
  mergedInto: z.string().optional(),
  /** How many others said that they see it, too. */
  followers: z.number().int(),
  incidentId: z.string().optional(),
  /** The words that a person released for everybody to read. */
  releasedText: z.string().optional(),
  /** What the reporter said after it had been closed. */
  verdict: z.object({ isFixed: z.boolean(), text: z.string().optional(), atMs: z.number() }).optional(),
  /** How satisfied the reporter was, after the end. */
  mark: z.object({ mark: markSchema, text: z.string().optional(), atMs: z.number() }).optional(),
});
/** A service request as the control room sees it. */
export type ServiceRequest = z.infer<typeof serviceRequestSchema>;
