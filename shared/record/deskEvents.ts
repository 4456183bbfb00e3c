import { z } from 'zod';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';

/** A workstation as the desk knows it; its Ed25519 key (PEM) signs its events. */
export const workstationSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().min(1).max(100),
  publicKey: z.string().max(500),
});
export type Workstation = z.infer<typeof workstationSchema>;

/** What an administrator did about the workstations of the room. */
export const deskEvents = [
  z.object({ kind: z.literal('workstation.joined'), workstation: workstationSchema }),
  /** `upTo` says which of its events still count: what whoever revoked it had of each of its sequences. */
  z.object({
    kind: z.literal('workstation.revoked'),
    workstationId: z.string(),
    reason: z.string(),
    upTo: z.record(z.string(), z.number().int()),
  }),
] as const;

/** What the workstations say of themselves and of the log. */
export const ownDeskEvents = [
  z.object({ kind: z.literal('system.noted'), text: z.string() }),
  /** The first entry of a sequence: why it begins, and what it goes on from. */
  z.object({ kind: z.literal('log.begun'), reason: z.string(), follows: z.array(sequenceHeadSchema) }),
  /** The first workstation; the desk's id is the fingerprint of its key. */
  z.object({ kind: z.literal('desk.founded'), deskId: z.string(), workstation: workstationSchema }),
  /** The workstation that writes this is sent keys under this X25519 key (PEM). */
  z.object({ kind: z.literal('workstation.keyTold'), publicKey: z.string().max(500) }),
  /**
   * What is new is sealed with this key of the desk from now on; `wrapped`: the key by workstation, each for that one's
   * X25519 key alone.
   */
  z.object({
    kind: z.literal('desk.keyRenewed'),
    keyId: z.string().max(40),
    wrapped: z.record(z.string(), z.string().max(2000)),
  }),
  /** No longer written; logs of the first version may have it. */
  z.object({ kind: z.literal('act.begun'), actId: z.string(), term: z.number().int() }),
] as const;
