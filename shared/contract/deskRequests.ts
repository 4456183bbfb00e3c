import { z } from 'zod';
import { deskStateSchema } from '../desk/deskState.ts';
import { command, call, nothing, text } from '../commands/declare.ts';

/** The requests about the workstations that share the log. */
export const deskRequests = {
  'desk.state': call(nothing, deskStateSchema),
  /**
   * Fetches a file that the log names from any workstation that has it, and answers when it is here. Answers
   * `unavailable`, and says where the file is, where no connected workstation has it.
   */
  'desk.fetchFile': call(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }), nothing),
  /** Makes a code with which one workstation can join within ten minutes. Only this answer contains the code. */
  'desk.makeCode': {
    ...command(nothing, z.object({ code: z.string(), expiresAtMs: z.number() }), 'desk.administer'),
    alsoWrites: ['workstation.joined'],
  },
  /**
   * Leaves this workstation's desk and joins the one whose code it is, at the same broker. The engine restarts with
   * that desk's log; its own record is kept as a file.
   */
  'desk.join': command(z.object({ code: text(60) }), nothing, 'desk.administer'),
  /**
   * Gives this workstation an identity of its own in the same desk, where another process runs under the present one.
   * The engine restarts.
   */
  'desk.renewIdentity': { ...command(nothing, nothing, 'desk.administer'), alsoWrites: ['workstation.joined'] },
  'desk.revoke': {
    ...command(z.object({ workstationId: z.string().min(1).max(60), reason: text(500) }), nothing, 'desk.administer'),
    alsoWrites: ['workstation.revoked', 'desk.keyRenewed'],
  },
} as const;
