import { z } from 'zod';
import { deskStateSchema } from '../desk/deskState.ts';
import { command, call, nothing, text } from '../commands/declare.ts';

/** The workstations that share the log. */
export const deskRequests = {
  'desk.state': call(nothing, deskStateSchema),
  /**
   * Fetches a file that the log names from whichever workstation has it; answered when it is here. Unavailable, with
   * where it is, where nobody who is there has it.
   */
  'desk.fetchFile': call(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }), nothing),
  /** For one workstation, within ten minutes. The code is told in this answer alone. */
  'desk.makeCode': {
    ...command(nothing, z.object({ code: z.string(), expiresAtMs: z.number() }), 'administrator'),
    alsoWrites: ['workstation.joined'],
  },
  /**
   * Leaves the own desk for the one whose code it is, at the same broker. The engine starts anew with that desk's log;
   * its own record is kept as a file.
   */
  'desk.join': command(z.object({ code: text(60) }), nothing, 'administrator'),
  'desk.revoke': {
    ...command(z.object({ workstationId: z.string().min(1).max(60), reason: text(500) }), nothing, 'administrator'),
    alsoWrites: ['workstation.revoked', 'desk.keyRenewed'],
  },
} as const;
