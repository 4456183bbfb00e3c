import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beaconPerson } from '../../../shared/people/person.ts';
import { loadWorkstation } from '../log/workstation.ts';
import { DataFolderError, explainOpenError } from '../store/DataFolderError.ts';
import { lockDataFolder } from '../store/DataFolderLock.ts';
import { RecordFile } from '../store/record/RecordFile.ts';
import { toStoreError } from '../store/StoreError.ts';
import { DeskKey } from '../people/DeskKey.ts';
import { makeVerifier, usualCost } from '../people/passwordVerifier.ts';
import { PeopleState } from '../people/PeopleState.ts';
import { verifierOf } from '../people/PeopleGround.ts';
import { personOf } from '../people/People.ts';

const ENTRIES_A_PAGE = 2000;

function peopleOf(record: RecordFile): PeopleState {
  const book = new PeopleState();
  for (let from = 0; ;) {
    const { entries, next } = record.entries(from, ENTRIES_A_PAGE);
    book.take(entries);
    if (entries.length < ENTRIES_A_PAGE) return book;
    from = next;
  }
}

/**
 * Lets a person who is shut out sign in again, at the machine itself and with the engine stopped: sets a password,
 * lifts a lock, and records both. Returns what was done; throws a DataFolderError where an engine is using the folder
 * or the account does not exist.
 */
export async function resetPassword(dataDir: string, name: string, password: string, nowMs: number): Promise<string[]> {
  if (!existsSync(join(dataDir, 'record.db')))
    throw new DataFolderError(`There is no operators' record in ${dataDir}. Choose the data folder with --data DIR.`);
  const lock = lockDataFolder(dataDir);
  try {
    const workstation = loadWorkstation(dataDir);
    const record = new RecordFile(join(dataDir, 'record.db'), workstation);
    const told = record.open(nowMs).map(({ text }) => text);
    try {
      const { people } = peopleOf(record);
      const account = people.accountNamed(name);
      if (account === undefined)
        throw new DataFolderError(
          `There is no account named ${name}. There are: ${
            people
              .accounts()
              .filter(({ isRevoked }) => !isRevoked)
              .map((each) => personOf(each).name)
              .join(', ') || 'none'
          }.`,
        );
      const verifier = DeskKey.load(join(dataDir, 'desk-key.json')).seal(
        await makeVerifier(password, usualCost),
        verifierOf(account.id),
      );
      record.append(
        [
          {
            atMs: nowMs,
            author: beaconPerson,
            event: { kind: 'account.passwordSet', accountId: account.id, verifier, by: 'recovery' },
          },
        ],
        nowMs,
      );
      return [
        ...told,
        `${personOf(account).name} has a new password. It stands in the record that it was set at the machine itself.`,
      ];
    } finally {
      record.close();
    }
  } catch (error) {
    throw error instanceof DataFolderError ? error : explainOpenError(toStoreError(error), dataDir);
  } finally {
    lock.release();
  }
}
