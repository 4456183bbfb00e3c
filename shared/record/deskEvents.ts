import { z } from 'zod';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';

/** A workstation as the desk knows it; its Ed25519 key (PEM) signs its events. */
export const workstationSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().min(1).max(100),
  publicKey: z.string().max(500),
});
export type Workstation = z.infer<typeof workstationSchema>;

/** The events with which an administrator changes the workstations of the control room. */
export const deskEvents = [
  z.object({ kind: z.literal('workstation.joined'), workstation: workstationSchema }),
  z.object({ kind: z.literal('workstation.renamed'), workstationId: z.string(), name: workstationSchema.shape.name }),
  /**
   * `upTo` says which of its events still count: how much of each of its sequences the workstation that revoked it had.
   */
  z.object({
    kind: z.literal('workstation.revoked'),
    workstationId: z.string(),
    reason: z.string(),
    upTo: z.record(z.string(), z.number().int()),
  }),
] as const;

/** The events that workstations write about themselves and the log. */
export const ownDeskEvents = [
  z.object({ kind: z.literal('system.noted'), text: z.string() }),
  /** The first entry of a sequence: why it begins, and which sequences it continues. */
  z.object({ kind: z.literal('log.begun'), reason: z.string(), follows: z.array(sequenceHeadSchema) }),
  /** The desk began with its first workstation; the desk's id is the fingerprint of its key. */
  z.object({ kind: z.literal('desk.founded'), deskId: z.string(), workstation: workstationSchema }),
  /** Keys for the workstation that writes this are encrypted with this X25519 key (PEM). */
  z.object({ kind: z.literal('workstation.keyTold'), publicKey: z.string().max(500) }),
  /**
   * From now on new secrets are encrypted with this key of the desk; `wrapped`: the key by workstation, encrypted with
   * that one's X25519 key.
   */
  z.object({
    kind: z.literal('desk.keyRenewed'),
    keyId: z.string().max(40),
    wrapped: z.record(z.string(), z.string().max(2000)),
  }),
  /** The notification settings of the desk, encrypted with its key. */
  z.object({ kind: z.literal('notification.settingsShared'), sealed: z.string().max(100_000) }),
  /** No longer written; logs of the first version may have it. */
  z.object({ kind: z.literal('act.begun'), actId: z.string(), term: z.number().int() }),
] as const;
