import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { workstationSchema } from '../../../shared/record/deskEvents.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';

/** Which workstation a folder is, and of which desk; a part is absent where its file is missing or not readable. */
export type Identity = { workstation?: { id: string; name: string; publicKey: string }; deskId?: string };

const ownSchema = workstationSchema.extend({ privateKey: z.string() });
const deskSchema = z.object({ deskId: z.string() });

function readFile<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export function readIdentity(folder: string): Identity {
  const workstation = readFile(join(folder, 'workstation.json'), ownSchema);
  const deskId = readFile(join(folder, 'desk.json'), deskSchema)?.deskId;
  return { ...(workstation !== undefined && { workstation }), ...(deskId !== undefined && { deskId }) };
}

/** Whether both files of the identity are there. */
export const hasIdentity = (folder: string): boolean =>
  ['workstation.json', 'desk.json'].every((name) => existsSync(join(folder, name)));

/** Reports files of the identity that are there and cannot be read: the engine would not start with them. */
export function unreadableIdentity(folder: string): string[] {
  const { workstation, deskId } = readIdentity(folder);
  const unreadable = [
    ...(workstation === undefined ? ['workstation.json'] : []),
    ...(deskId === undefined ? ['desk.json'] : []),
  ];
  return unreadable
    .map((name) => join(folder, name))
    .filter((file) => existsSync(file))
    .map((file) => `${file} cannot be read: it says which workstation this is, and of which desk.`);
}

/** Whether the log admitted a workstation under this key; others would not believe what it writes. */
export function isAdmittedBy(
  entries: Iterable<LogEntry>,
  { id, publicKey }: { id: string; publicKey: string },
): boolean {
  for (const { event } of entries)
    if (
      (event.kind === 'desk.founded' || event.kind === 'workstation.joined') &&
      event.workstation.id === id &&
      event.workstation.publicKey === publicKey
    )
      return true;
  return false;
}
