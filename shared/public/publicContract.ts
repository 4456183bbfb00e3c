import { z } from 'zod';
import { DAY_MS } from '../base/durations.ts';
import { withoutHidden } from '../base/plainText.ts';
import {
  MOST_ADDRESS,
  MOST_WORDS,
  requestAttributesSchema,
  requestNumberSchema,
  requestStates,
  requestWords,
} from '../citizens/serviceRequest.ts';
import { markedPages, markSchema } from '../citizens/mark.ts';
import { MOST_SIMILAR } from '../citizens/similarRequests.ts';
import type { PublicAccess } from '../commands/declare.ts';
import { countyPageSchema, placeNamesSchema } from './countyPage.ts';
import { factSchema, MOST_NAME } from './fact.ts';
import { transitNowSchema } from './transitNow.ts';

/**
 * Everything that the citizens' portal may ask of the engine, and everything that the engine publishes to it. Both
 * sides parse what they get and what they send by these schemas, so what no schema names cannot cross. The portal
 * itself is nobody: every right is judged by the engine, by what the question contains.
 */
const question = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): PublicAccess & { input: I; output: O } => ({ audience: 'public', input, output });

/** A service request as everybody may see it: no words but released ones, and no place closer than a block. */
export const publicRequestSchema = z.object({
  number: requestNumberSchema,
  serviceCode: z.string().max(60),
  state: z.enum(requestStates),
  reason: z.string().max(1000).optional(),
  releasedText: z.string().max(MOST_WORDS).optional(),
  /** The name of the nearest road. */
  road: z.string().max(MOST_NAME).optional(),
  /** Degrees, rounded to a block. */
  lon: z.number().optional(),
  lat: z.number().optional(),
  receivedAtMs: z.number(),
  changedAtMs: z.number(),
  expectedAtMs: z.number(),
  closedAtMs: z.number().optional(),
  mergedInto: requestNumberSchema.optional(),
  followers: z.number().int().nonnegative(),
});
/** A service request as everybody may see it. */
export type PublicRequest = z.infer<typeof publicRequestSchema>;

/** What only the reporter, or the program that posted it, gets back of a request. */
export const ownWordsSchema = z.object({
  text: z.string().max(MOST_WORDS),
  address: z.string().max(MOST_ADDRESS).optional(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  attributes: requestAttributesSchema.optional(),
  /** The reporter may say that it is not fixed. */
  mayReopen: z.boolean(),
  /** What the reporter said after it had been closed. */
  isFixed: z.boolean().optional(),
  /** The reporter may give a mark. */
  mayMark: z.boolean(),
  /** The mark that the reporter gave. */
  mark: markSchema.optional(),
});
/** What only the reporter gets back of a request. */
export type OwnWords = z.infer<typeof ownWordsSchema>;

/** The most characters of what is said beside a verdict or a mark. */
export const MOST_COMMENT = 1000;
/** What a citizen typed, without characters that hide what it says. */
const typed = (most: number): z.ZodString => z.string().overwrite(withoutHidden).trim().min(1).max(most);
const number = requestNumberSchema;
/** The secret of a reporter, or the key of a program. */
const key = z.string().min(1).max(100);
const place = { lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) };

/** For so long after it came a request is published without being asked for. */
export const LISTED_MS = 90 * DAY_MS;
/** The most requests that are published without being asked for. */
export const MOST_LISTED = 10_000;

/** The token of a session in which customers see their own use. */
const token = z.string().min(20).max(100);
/** The most local days of use that can be asked for. */
export const MOST_USE_DAYS = 31;
const meterUseSchema = z.object({
  id: z.string(),
  commodity: z.enum(['electricity', 'water']),
  /** The least use of an hour (m³), where water flowed in each of the last 24 hours, as by a leak. */
  steadyFlowM3: z.number().optional(),
  /** The use of each hour: kWh or m³. */
  hours: z.array(z.object({ startMs: z.number(), use: z.number(), quality: z.enum(['good', 'estimated', 'missing']) })),
});
/** What a meter of a customer counted. */
export type CustomerMeter = z.infer<typeof meterUseSchema>;
const customerAccountSchema = z.object({ id: z.string(), meters: z.array(meterUseSchema) });
/** An account of a customer with the use of its meters. */
export type CustomerAccount = z.infer<typeof customerAccountSchema>;

/** What the portal may ask, and what citizens may submit through it. */
export const publicQuestions = {
  /** Requests by their numbers, however old; numbers that nobody was given are left out. */
  'request.find': question(
    z.object({ numbers: z.array(number).max(100) }),
    z.object({ requests: z.array(publicRequestSchema) }),
  ),
  /** Requests that came between two times (UTC ms), newest first. */
  'request.between': question(
    z.object({
      fromMs: z.number(),
      toMs: z.number(),
      serviceCodes: z.array(z.string().max(60)).max(100).optional(),
      isClosed: z.boolean().optional(),
      skip: z.number().int().nonnegative(),
      most: z.number().int().min(1).max(1000),
    }),
    z.object({ requests: z.array(publicRequestSchema).max(1000) }),
  ),
  /** Requests that are probably about the same: of these services, near, of the last two weeks, the nearest first. */
  'request.similar': question(
    z.object({ serviceCodes: z.array(z.string().max(60)).min(1).max(3), ...place }),
    z.object({ requests: z.array(publicRequestSchema).max(MOST_SIMILAR) }),
  ),
  /** What its reporter wrote. Refused without the key that belongs to the number. */
  'request.own': question(z.object({ number, key }), ownWordsSchema),
  /** The same for a program, of those of these requests that it posted. Refused where the key is not valid. */
  'request.posted': question(
    z.object({ apiKey: key, numbers: z.array(number).max(100) }),
    z.object({ requests: z.array(z.object({ number, words: ownWordsSchema })) }),
  ),
  /** The answer has the number, which is in the log by then, and the key with which the reporter is known again. */
  'request.submit': question(
    z.object({
      ...requestWords,
      text: typed(MOST_WORDS),
      address: typed(MOST_ADDRESS).optional(),
      channel: z.enum(['web', 'open311']),
      apiKey: key.optional(),
    }),
    z.object({ number, key }),
  ),
  'request.follow': question(z.object({ number }), z.object({})),
  /** A mark after the end of a request, by its reporter. */
  'request.mark': question(
    z.object({ number, key, mark: markSchema, text: typed(MOST_COMMENT).optional() }),
    z.object({}),
  ),
  'page.mark': question(
    z.object({ page: z.enum(markedPages), mark: markSchema, text: typed(MOST_COMMENT).optional() }),
    z.object({}),
  ),
  /**
   * Begins a session with the number of an account and the code on its newest bill, or adds the account to the session
   * of `token`, which the new one replaces. Refused alike for a wrong number and a wrong code.
   */
  'account.signIn': question(
    z.object({ account: typed(120), code: typed(60), token: token.optional() }),
    z.object({ token: z.string() }),
  ),
  'account.signOut': question(z.object({ token }), z.object({})),
  /** The use of the accounts of a session, of the last local days with today. Refused without a session. */
  'account.use': question(
    z.object({ token, days: z.number().int().min(1).max(MOST_USE_DAYS) }),
    z.object({ accounts: z.array(customerAccountSchema) }),
  ),
  'request.judge': question(
    z.object({ number, key, isFixed: z.boolean(), text: typed(MOST_COMMENT).optional() }),
    z.object({}),
  ),
  /** Vehicles and predictions of public transport; `now` is absent where the county has no timetable. */
  'transit.now': question(z.object({}), z.object({ now: transitNowSchema.optional() })),
} as const;
/** The name of a question. */
export type QuestionName = keyof typeof publicQuestions;
/** The input of a question, after the check. */
export type QuestionInput<N extends QuestionName> = z.infer<(typeof publicQuestions)[N]['input']>;
/** The answer to a question. */
export type QuestionOutput<N extends QuestionName> = z.infer<(typeof publicQuestions)[N]['output']>;

/** The streams that the engine publishes; each message is the whole of its stream where it does not say otherwise. */
export const publicStreams = {
  county: z.object({
    id: z.string(),
    name: z.string(),
    timeZone: z.string(),
    /** West, south, east, north in degrees. */
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    /** The county is simulated, and nothing in it is real. */
    isSimulated: z.boolean(),
    /** Customers can see their own use. */
    hasAccounts: z.boolean(),
    /** In which units people read amounts. */
    units: z.enum(['us', 'metric']),
    version: z.string(),
  }),
  /** Every second: where it stays away, the portal knows nothing new. */
  vitals: z.object({ nowMs: z.number() }),
  facts: z.object({ facts: z.array(factSchema).max(2000) }),
  /** What the assistant quotes and recognizes; it changes with the county's files. */
  pages: z.object({ pages: z.array(countyPageSchema).max(1000), places: placeNamesSchema }),
  /** Requests of the last 90 days, the newest 10,000. `isFull`: what is not in the message is gone. */
  requests: z.object({ isFull: z.boolean(), changed: z.array(publicRequestSchema) }),
} as const;
/** The name of a stream. */
export type PublicStream = keyof typeof publicStreams;
/** A message of a stream. */
export type PublicMessage<S extends PublicStream> = z.infer<(typeof publicStreams)[S]>;

/** Why the engine does not answer a question. `busy`: it may work later. */
export const publicErrorCodes = ['badInput', 'notFound', 'refused', 'busy'] as const;
/** One of these reasons. */
export type PublicErrorCode = (typeof publicErrorCodes)[number];

/** A line from the portal. */
export const portalLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), secret: z.string().max(100) }),
  z.object({
    type: z.literal('ask'),
    id: z.number().int().nonnegative(),
    name: z.enum(Object.keys(publicQuestions) as [QuestionName, ...QuestionName[]]),
    input: z.unknown(),
  }),
]);

/** A line from the engine. What an answer or a message contains is parsed by the schema that its name has. */
export const engineLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: z.number(), output: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number(), code: z.enum(publicErrorCodes), message: z.string() }),
  z.object({
    type: z.literal('stream'),
    stream: z.enum(Object.keys(publicStreams) as [PublicStream, ...PublicStream[]]),
    data: z.unknown(),
  }),
]);
/** A line from the engine. */
export type EngineLine = z.infer<typeof engineLineSchema>;

/** What the portal is started with, as JSON in this environment variable: arguments can be seen by everybody. */
export const PORTAL_VARIABLE = 'BEACON_PORTAL';
/** The local connection between engine and portal: a socket or a named pipe, and the secret of this start. */
export type PortalLine = { path: string; secret: string };
/** What the portal is started with. */
export const portalSettingsSchema = z.object({
  line: z.object({ path: z.string(), secret: z.string() }),
  host: z.string(),
  port: z.number().int(),
  /** Another port will do where this one is taken. */
  isAnyPortFine: z.boolean(),
  tls: z.object({ cert: z.string(), key: z.string() }).optional(),
  /** The only peers that are served, whose forwarded address is believed; CIDR. */
  proxy: z.string().optional(),
});
/** What the portal is started with. */
export type PortalSettings = z.infer<typeof portalSettingsSchema>;
