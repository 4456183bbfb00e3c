import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { putOutSchema } from '../../../shared/desk/deskState.ts';
import { workstationSchema } from '../../../shared/record/deskEvents.ts';
import { DataFolderError } from '../store/DataFolderError.ts';

/** Which desk the data folder belongs to, and the workstations with which its log can be checked from the beginning. */
const deskFileSchema = z.object({
  deskId: z.string().regex(/^[0-9a-f]{32}$/),
  known: z.array(workstationSchema),
  /** A desk was joined: what was recorded before stays as it is, and the desk's log begins at the next start. */
  isJoining: z.boolean(),
  /** This workstation was put out of the desk, and learned it. */
  putOut: putOutSchema.optional(),
});
export type DeskFile = z.infer<typeof deskFileSchema>;

const fileIn = (dataDir: string): string => join(dataDir, 'desk.json');

/** Undefined where no desk was founded or joined. Throws a DataFolderError where the file cannot be read. */
export function readDeskFile(dataDir: string): DeskFile | undefined {
  const file = fileIn(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return deskFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new DataFolderError(
      `What desk this workstation belongs to cannot be read from ${file}. Restore it from a backup, or remove it to found a desk of its own.`,
    );
  }
}

export function writeDeskFile(dataDir: string, content: DeskFile): void {
  const file = fileIn(dataDir);
  // Renaming makes the write atomic: the file is written as a whole or not at all.
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * After a desk was joined, sets the record and the notification settings of before aside, before the desk's own are
 * begun: the logs of two desks are never merged into one. Returns the names that the files of the record have now.
 */
export function setPastAside(dataDir: string, nowMs: number): string[] {
  const desk = readDeskFile(dataDir);
  if (desk?.isJoining !== true) return [];
  const mark = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  // The notification settings of the desk come with its log.
  const files = readdirSync(dataDir).filter((name) =>
    /^(record(-\d+)?\.db(-wal|-shm)?|notifications\.json)$/.test(name),
  );
  const renamed = files.map((name) => `before-joining-${mark}-${name}`);
  for (const [index, name] of files.entries()) renameSync(join(dataDir, name), join(dataDir, renamed[index] ?? name));
  writeDeskFile(dataDir, { ...desk, isJoining: false });
  return renamed.filter((name) => name.endsWith('.db'));
}
