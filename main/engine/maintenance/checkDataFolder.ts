import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeskKey } from '../people/DeskKey.ts';
import { checkLedger } from './checkLedger.ts';
import { checkRecord } from './checkRecord.ts';
import { checkTelemetry } from './checkTelemetry.ts';
import type { CheckReport } from './checkDatabase.ts';
import { hasEncryptedSecrets, SECRETS_FILE } from './encryptedSecrets.ts';
import { hasIdentity, unreadableIdentity } from './identity.ts';
import { leaveNoTrace } from './leaveNoTrace.ts';
import { checkSignatures } from './logProof.ts';

/** Checks the files without which nobody could sign in: the identity, and the keys that open the passwords. */
function checkIdentity(dataDir: string): CheckReport {
  const key = join(dataDir, 'desk-key.json');
  const findings = [...unreadableIdentity(dataDir), ...(existsSync(key) ? DeskKey.faultsOf(key) : [])];
  const missing = hasIdentity(dataDir)
    ? []
    : hasEncryptedSecrets(dataDir)
      ? [`The secrets of this backup are encrypted (${SECRETS_FILE}): a restoration asks for the passphrase.`]
      : [
          `${dataDir} has no identity (workstation.json, desk.json): on a machine that has none either, nobody could sign in.`,
        ];
  return { findings, told: missing };
}

/**
 * `unsigned`: which entries of the record are not signed by their workstations. They are findings of a check, but they
 * are no reason against a copy of the folder, which is as whole as the folder is.
 */
export type FolderReport = CheckReport & { unsigned: string[] };

/**
 * Checks record, telemetry cache and ledger of a data folder or of a backup, beside a running engine or without one,
 * and changes nothing.
 */
export function checkDataFolder(dataDir: string): FolderReport {
  if (!existsSync(dataDir)) return { findings: [`There is no folder ${dataDir}.`], told: [], unsigned: [] };
  const telemetry = join(dataDir, 'telemetry.db');
  const leave = leaveNoTrace(dataDir);
  try {
    const record = checkRecord(join(dataDir, 'record.db'));
    // Signatures prove nothing about a record whose hash chains are broken.
    const signatures = record.findings.length === 0 ? checkSignatures(dataDir) : { findings: [], told: [] };
    const parts = [
      record,
      { findings: [], told: signatures.told },
      existsSync(telemetry)
        ? checkTelemetry(telemetry)
        : { findings: [`There is no telemetry cache ${telemetry}.`], told: [] },
      checkLedger(join(dataDir, 'ledger.db')),
      checkIdentity(dataDir),
    ];
    const aside = readdirSync(dataDir)
      .filter((name) => /\.damaged-.*\.db$/.test(name))
      .map((name) => `${name} was set aside because it was damaged; it is not checked.`);
    return {
      findings: parts.flatMap(({ findings }) => findings),
      told: [...parts.flatMap(({ told }) => told), ...aside],
      unsigned: signatures.findings,
    };
  } finally {
    leave();
  }
}
