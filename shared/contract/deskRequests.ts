import { z } from 'zod';
import { topicRefusalSchema } from '../base/topicRefusal.ts';
import { deskStateSchema } from '../desk/deskState.ts';
import { command, call, nothing, text } from '../commands/declare.ts';

const backupStateSchema = z.object({
  /** The folder in which this workstation makes backups by itself; absent where it makes none. */
  folder: z.string().optional(),
  /** How many backups are kept. */
  keep: z.number().optional(),
  /** The next backup will have its secrets encrypted. */
  isEncrypted: z.boolean().optional(),
  /** Newest first. */
  backups: z.array(z.object({ name: z.string(), atMs: z.number(), isEncrypted: z.boolean() })),
  isRunning: z.boolean(),
  /** The time of the workstation, by whose clock backups are dated; that of the county may be accelerated. UTC ms. */
  nowMs: z.number(),
  /** Why the last backup failed. */
  fault: z.string().optional(),
});
/** The backups that this workstation makes by itself. */
export type BackupState = z.infer<typeof backupStateSchema>;

const rightsReportSchema = z.object({
  /** Why nothing could be tried; then there are no topics. */
  reason: z.string().optional(),
  topics: z.array(topicRefusalSchema.extend({ isRefused: z.boolean() })),
});
/** What a test of the rights at the broker found. */
export type RightsReport = z.infer<typeof rightsReportSchema>;

const reloadOutcomeSchema = z.object({
  /** What differs from before, a sentence per file; empty where nothing does. */
  changes: z.array(z.string()),
  /** How many things in the files are not used because of a fault. */
  leftOut: z.number(),
});
/** What the files of the county brought when they were read again. */
export type ReloadOutcome = z.infer<typeof reloadOutcomeSchema>;

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
  'desk.backups': call(nothing, backupStateSchema, 'desk.administer'),
  /** Makes a backup of this workstation now, and answers when it is whole. */
  'desk.backUp': command(nothing, nothing, 'desk.administer'),
  /**
   * Takes the files of the county as they are now. Where something in them changed, the engine of this workstation
   * starts again within seconds, and its screens load the county again.
   */
  'desk.reloadCounty': command(nothing, reloadOutcomeSchema, 'desk.administer'),
  /** Tries out at the broker what Beacon's account may do, topic by topic; those of the desk are always watched. */
  'desk.testRights': command(nothing, rightsReportSchema, 'desk.administer'),
  /** Gives a workstation the name that all workstations of the desk show. */
  'desk.rename': {
    ...command(z.object({ workstationId: z.string().min(1).max(60), name: text(100) }), nothing, 'desk.administer'),
    alsoWrites: ['workstation.renamed'],
  },
  'desk.revoke': {
    ...command(z.object({ workstationId: z.string().min(1).max(60), reason: text(500) }), nothing, 'desk.administer'),
    alsoWrites: ['workstation.revoked', 'desk.keyRenewed'],
  },
} as const;
