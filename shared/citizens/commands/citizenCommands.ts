import { z } from 'zod';
import { call, command, nothing, text } from '../../commands/declare.ts';
import { markedPages, markSchema } from '../mark.ts';
import { publicationModes, publicationPolicySchema, publicSubjects } from '../publicationPolicy.ts';
import { answerStates, MOST_WORDS, requestChannels, requestNumberSchema, requestWords } from '../serviceRequest.ts';

const number = requestNumberSchema;
const about = { number: z.string() };
const id = z.string().min(1).max(100);
/** SHA-256, hexadecimal, of a secret of 256 random bits. */
const secretHash = z.string().regex(/^[0-9a-f]{64}$/);

const requestCommands = {
  /** Gives a request another state. `into`: the request that stands for it from now on, where it is merged. */
  'serviceRequest.answer': {
    ...command(
      z.object({ number, state: z.enum(answerStates), reason: text(1000), into: number.optional() }),
      nothing,
      'public.inform',
    ),
    event: z.object({
      kind: z.literal('serviceRequest.answered'),
      ...about,
      state: z.enum(answerStates),
      reason: z.string(),
      into: z.string().optional(),
    }),
  },
  /** Makes a request a part of the work on an incident. */
  'serviceRequest.link': {
    ...command(z.object({ number, incidentId: id }), nothing, 'incident.handle'),
    event: z.object({ kind: z.literal('serviceRequest.linked'), ...about, incidentId: z.string() }),
  },
  /** Publishes the words of a request as `text`, from which a person has removed what is not for everybody. */
  'serviceRequest.release': {
    ...command(z.object({ number, text: text(MOST_WORDS) }), nothing, 'public.inform'),
    event: z.object({ kind: z.literal('serviceRequest.released'), ...about, text: z.string() }),
  },
} as const;

const publicationCommands = {
  'publication.policy': call(nothing, z.object({ policy: publicationPolicySchema })),
  'publication.setPolicy': {
    ...command(z.object({ subject: z.enum(publicSubjects), mode: z.enum(publicationModes) }), nothing, 'public.direct'),
    event: z.object({
      kind: z.literal('publication.policySet'),
      subject: z.enum(publicSubjects),
      mode: z.enum(publicationModes),
    }),
  },
} as const;

const keyCommands = {
  'apiKey.list': call(
    nothing,
    z.object({ keys: z.array(z.object({ keyId: z.string(), label: z.string(), issuedAtMs: z.number() })) }),
    'people.administer',
  ),
  /** A key with which another program posts requests by Open311. Only this answer contains the key. */
  'apiKey.issue': {
    ...command(z.object({ label: text(100) }), z.object({ keyId: z.string(), key: z.string() }), 'people.administer'),
    event: z.object({ kind: z.literal('apiKey.issued'), keyId: z.string(), label: z.string(), secretHash }),
  },
  'apiKey.revoke': {
    ...command(z.object({ keyId: id }), nothing, 'people.administer'),
    event: z.object({ kind: z.literal('apiKey.revoked'), keyId: z.string() }),
  },
} as const;

const figureCommands = {
  /**
   * How the service did: of the promises that fell into the time, of what was received in it, and of the marks that
   * were given in it. `started` and `completed` count requests; `requestMarks` and `pageMarks` how often each mark was
   * given.
   */
  'service.figures': call(
    z.object({ fromMs: z.number(), toMs: z.number() }),
    z.object({
      due: z.number(),
      kept: z.number(),
      closed: z.number(),
      started: z.number(),
      completed: z.number(),
      online: z.number(),
      otherChannels: z.number(),
      /** Requests that were closed, whose reporters could give a mark. */
      asked: z.number(),
      requestMarks: z.array(z.number()).length(5),
      pageMarks: z.array(z.number()).length(5),
      /** What people wrote beside their marks, the newest first. */
      comments: z.array(z.object({ atMs: z.number(), mark: markSchema, text: z.string(), about: z.string() })),
    }),
  ),
} as const;

/** The commands of the control room on what citizens report, and on what they are shown. */
export const citizenCommands = {
  ...requestCommands,
  ...publicationCommands,
  ...keyCommands,
  ...figureCommands,
} as const;

/** What citizens do; Beacon writes it, as a citizen has no account. */
export const ownCitizenEvents = [
  /**
   * `keyHash`: of the secret by which the reporter is known again. `keyId`: the key of the program that posted it.
   * `reportId`: the report of another system that it was made of.
   */
  z.object({
    kind: z.literal('serviceRequest.received'),
    ...about,
    ...requestWords,
    channel: z.enum(requestChannels),
    keyHash: secretHash.optional(),
    keyId: z.string().optional(),
    reportId: z.string().optional(),
  }),
  z.object({ kind: z.literal('serviceRequest.followed'), ...about }),
  /** The reporter said whether it is fixed. Where it is not, the request is open again. */
  z.object({ kind: z.literal('serviceRequest.judged'), ...about, isFixed: z.boolean(), text: z.string().optional() }),
  /** The reporter gave the service a mark, after the end; the last one counts. */
  z.object({ kind: z.literal('serviceRequest.marked'), ...about, mark: markSchema, text: z.string().optional() }),
  /** Somebody gave a page of the portal a mark. */
  z.object({
    kind: z.literal('page.marked'),
    page: z.enum(markedPages),
    mark: markSchema,
    text: z.string().optional(),
  }),
] as const;
