import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerUsers } from './access.ts';

const makePassword = (): string => randomBytes(24).toString('base64url');

/**
 * Makes the passwords of the embedded broker: new ones at every start for what is started with it, and one in the data
 * folder for devices, which people have to enter there.
 */
export function makeUsers(dataDir: string): BrokerUsers {
  const file = join(dataDir, 'broker-password');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  const devices = known === '' ? makePassword() : known;
  if (known === '') writeFileSync(file, `${devices}\n`, { mode: 0o600 });
  return { engine: makePassword(), county: makePassword(), devices };
}
