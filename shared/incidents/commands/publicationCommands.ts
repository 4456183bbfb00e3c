import { z } from 'zod';
import { text } from '../../commands/declare.ts';
import { attachmentName } from '../attachmentName.ts';
import { defined, withItem } from '../fields.ts';
import type { Incident } from '../incident.ts';
import {
  about,
  byAuthor,
  handedOnTo,
  handledCommand,
  id,
  incidentCommand,
  incidentRef,
  untilClosed,
} from './incidentCommand.ts';
import type { ClaimValue } from './incidentCommand.ts';

/** SHA-256 of a file, hexadecimal. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const attachments = {
  /**
   * Attaches a file that was sent before (`attachment.put`). Refused where files with such content may not be attached.
   */
  'incident.attach': handledCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, uploadId: id, name: text(200), caption: text(500).optional() }),
    output: z.object({ hash: z.string() }),
    event: z.object({
      kind: z.literal('incident.attached'),
      ...about,
      hash: z.string(),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
      caption: z.string().optional(),
    }),
    // A file that is attached again is no longer withdrawn. The name is that of its sender, at whichever workstation.
    change: (incident, entry) => {
      const { hash: sha, mediaType, bytes, caption } = entry.event;
      const name = attachmentName(entry.event.name, mediaType);
      const attachment = defined({ hash: sha, name, mediaType, bytes, caption, ...byAuthor(entry) });
      return {
        attachments: withItem(incident.attachments, 'hash', attachment as NonNullable<Incident['attachments']>[number]),
      };
    },
    line: (_incident, { event: { name, mediaType, caption } }) =>
      `Attached ${attachmentName(name, mediaType)}${caption === undefined ? '' : `: ${caption}`}`,
  }),
  'incident.withdrawAttachment': incidentCommand({
    needs: 'incident.direct',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, hash, reason: text(1000) }),
    event: z.object({
      kind: z.literal('incident.attachmentWithdrawn'),
      ...about,
      hash: z.string(),
      reason: z.string(),
    }),
    toEvent: (input, { holderOf, refuse }) => ({
      ...input,
      incidentId:
        holderOf((own) => own.attachments?.some((each) => each.hash === input.hash) ?? false) ??
        refuse('There is no such attachment.'),
    }),
    change: (incident, entry) => ({
      attachments: incident.attachments?.map((each) =>
        each.hash === entry.event.hash
          ? { ...each, withdrawn: { reason: entry.event.reason, ...byAuthor(entry) } }
          : each,
      ),
    }),
    line: (incident, { event }) =>
      `${incident.attachments?.find((each) => each.hash === event.hash)?.name ?? 'An attachment'} withdrawn: ${event.reason}`,
  }),
} as const;

const messageState = z.enum(['draft', 'released', 'withdrawn']);
type MessageState = z.infer<typeof messageState>;
const messageWords = {
  draft: 'Public message drafted',
  released: 'Public message released',
  withdrawn: 'Public message withdrawn',
} as const;

/** A decision for a text does not release a message that was withdrawn meanwhile. */
function decidedState(value: ClaimValue, state: MessageState | undefined): MessageState {
  if (value === null) return 'withdrawn';
  return state === 'released' ? 'released' : 'draft';
}

const publicMessage = {
  'incident.setPublicMessage': incidentCommand({
    needs: 'public.inform',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, text: text(2000), state: messageState }),
    event: z.object({
      kind: z.literal('incident.publicMessageSet'),
      ...about,
      text: z.string(),
      state: messageState,
      handedOnTo,
    }),
    toEvent: (input) => input,
    change: (_incident, entry) => {
      const { text: words, state } = entry.event;
      return { publicMessage: { text: words, state, ...byAuthor(entry) } };
    },
    line: (_incident, { event }) =>
      event.handedOnTo === undefined
        ? `${messageWords[event.state]}: ${event.text}`
        : `Public message handed on to ${event.handedOnTo}: ${event.text}`,
    claims: (event) => [['publicMessage', event.state === 'withdrawn' ? null : event.text]],
    settles: {
      isFor: (field) => field === 'publicMessage',
      toEvent: ({ incidentId, value, text: words }, { incident: { publicMessage: message } }) => ({
        incidentId,
        text: value === null ? (message?.text ?? '') : words,
        state: decidedState(value, message?.state),
      }),
    },
  }),
} as const;

/** The commands on what is kept with an incident for others to see: files, and the message for the public. */
export const publicationCommands = { ...attachments, ...publicMessage } as const;
