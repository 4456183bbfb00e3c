import { z } from 'zod';
import { call, command, nothing, text } from '../../commands/declare.ts';
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

/** The commands of the control room on what citizens report, and on what they are shown. */
export const citizenCommands = { ...requestCommands, ...publicationCommands, ...keyCommands } as const;

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
] as const;
