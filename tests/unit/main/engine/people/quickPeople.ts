import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Accounts } from '../../../../../main/engine/people/Accounts.ts';
import { DeskKey } from '../../../../../main/engine/people/DeskKey.ts';
import { PeopleService } from '../../../../../main/engine/people/PeopleService.ts';
import type { SignIn } from '../../../../../main/engine/people/SignIn.ts';
import { WallToken } from '../../../../../main/engine/people/WallToken.ts';
import { roomLog } from './roomLog.ts';
import type { RoomLog } from './roomLog.ts';

export const START_MS = Date.UTC(2026, 4, 4, 6);
const quick = { lnN: 4, r: 8, p: 1 };

export type QuickPeople = {
  people: PeopleService;
  signIn: SignIn;
  accounts: Accounts;
  log: RoomLog;
  key: DeskKey;
  clock: { nowMs: number };
};

/**
 * Accounts and sign-in of one workstation as the engine puts them together, over a log in memory and with passwords
 * that cost little.
 */
export function quickPeople({
  workstation = 'ws-a',
  isDemonstration = false,
  clock = { nowMs: START_MS },
} = {}): QuickPeople {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-people-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const key = DeskKey.load(join(folder, 'desk-key.json'));
  const log = roomLog(workstation, () => clock.nowMs);
  const people = new PeopleService(
    {
      log,
      key,
      workstation,
      wallMs: () => clock.nowMs,
      isDemonstration,
      cost: quick,
      contextWords: [],
      pause: (ms) => {
        clock.nowMs += ms;
        return Promise.resolve();
      },
      random: () => 0,
    },
    new WallToken(join(folder, 'wall-token')),
  );
  return { people, signIn: people.signIn, accounts: people.accounts, log, key, clock };
}
