import { z } from 'zod';
import { call, command, nothing } from '../commands/declare.ts';
import { id, incidentRef } from '../incidents/commands/incidentCommand.ts';
import { incidentCommands } from '../incidents/commands/incidentCommands.ts';
import { playbookCommands } from '../incidents/commands/playbookCommands.ts';
import { incidentSchema } from '../incidents/incident.ts';
import { playbookStateSchema } from '../incidents/playbookState.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The longest piece of a file, in bytes before base64. Files are sent and fetched in pieces, so that none holds up
 * other messages on the connection.
 */
export const MOST_CHUNK_BYTES = 192 * 1024;
/** The largest file that can be attached to an incident: 10 MiB. */
export const MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024;
const chunk = z.base64().max(Math.ceil(MOST_CHUNK_BYTES / 3) * 4);

/** The requests about the work on incidents. */
export const incidentRequests = {
  ...incidentCommands,
  ...playbookCommands,
  /** One complete incident, also one that is no longer in the stream. */
  'incident.get': call(z.object(incidentRef), z.object({ incident: incidentSchema })),
  /**
   * Takes the pieces of one file in order, from offset 0 on; the screen chooses `uploadId`. A file that is not attached
   * within ten minutes is discarded.
   */
  'attachment.put': command(
    z.object({ uploadId: id, offset: z.number().int().min(0).max(MOST_ATTACHMENT_BYTES), data: chunk }),
    z.object({ bytes: z.number() }),
    'incident.handle',
  ),
  /** `bytes`: the size of the whole file. A piece that ends there is the last. */
  'attachment.read': call(
    z.object({ hash, offset: z.number().int().min(0).max(MOST_ATTACHMENT_BYTES) }),
    z.object({ data: z.string(), bytes: z.number() }),
  ),
  /** `strays`: files whose name is no type of incident. */
  'playbook.list': call(nothing, z.object({ playbooks: z.array(playbookStateSchema), strays: z.array(z.string()) })),
  /** The adapters that can send notifications without a person, and the fault of their settings where there is one. */
  'notification.adapters': call(
    nothing,
    z.object({
      hasEmail: z.boolean(),
      webhooks: z.array(z.string()),
      fault: z.string().optional(),
      /** The name of the workstation that leads, and so would send; absent where none leads at present. */
      sender: z.string().optional(),
    }),
  ),
  /**
   * Sends a message that says that it is a test, from this workstation, exactly as a notification would leave. Answers
   * whether it was taken, and what the mail server or the webhook said.
   */
  'notification.test': command(
    z.discriminatedUnion('channel', [
      z.object({ channel: z.literal('email'), to: z.email().max(200) }),
      z.object({ channel: z.literal('webhook'), to: z.string().min(1).max(200) }),
    ]),
    z.object({ isSent: z.boolean(), text: z.string() }),
    'desk.administer',
  ),
} as const;
