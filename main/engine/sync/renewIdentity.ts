import type { Person } from '../../../shared/people/person.ts';
import { renewEngineId } from '../base/engineId.ts';
import { RequestError } from '../base/RequestError.ts';
import type { EventLog } from '../log/EventLog.ts';
import { makeWorkstation, saveWorkstation } from '../log/workstation.ts';
import type { Workstation } from '../log/workstation.ts';
import type { DeskKey } from '../people/DeskKey.ts';

const MOST_NAME = 100;
const RESTORED = ' (restored)';

/**
 * Writes another identity into the data folder, with everything that distinguishes it from a process that runs under
 * the one of before. It is in use after the next start.
 */
export function replaceIdentity(dataDir: string, made: Workstation, key: DeskKey): void {
  saveWorkstation(dataDir, made);
  key.renewPair();
  renewEngineId(dataDir);
}

/** The identity of a workstation that was a copy of another one. */
export const identityAfter = ({ name }: Workstation): Workstation =>
  makeWorkstation(`${name.replace(RESTORED, '').slice(0, MOST_NAME - RESTORED.length)}${RESTORED}`);

type Options = {
  dataDir: string;
  workstation: Workstation;
  log: Pick<EventLog, 'perform'>;
  key: DeskKey;
  hasTwin: () => boolean;
};

/**
 * Makes this workstation one of its own in the same desk, where another process runs under its identity. Rejects with a
 * RequestError where none does.
 */
export async function renewIdentity(
  author: Person,
  { dataDir, workstation, log, key, hasTwin }: Options,
): Promise<void> {
  if (!hasTwin())
    throw new RequestError('refused', 'Nobody else runs under the identity of this workstation, so it stays as it is.');
  const made = identityAfter(workstation);
  const { id, name, publicKey } = made;
  await log.perform(author, { kind: 'workstation.joined', workstation: { id, name, publicKey } });
  replaceIdentity(dataDir, made, key);
}
