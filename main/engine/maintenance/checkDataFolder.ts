import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeskKey } from '../people/DeskKey.ts';
import { checkLedger } from './checkLedger.ts';
import { checkRecord } from './checkRecord.ts';
import { checkTelemetry } from './checkTelemetry.ts';
import type { CheckReport } from './checkDatabase.ts';
import { hasIdentity, unreadableIdentity } from './identity.ts';
import { leaveNoTrace } from './leaveNoTrace.ts';
import { checkSignatures } from './logProof.ts';

/** Checks the files without which nobody could sign in: the identity, and the keys that open the passwords. */
function checkIdentity(dataDir: string): CheckReport {
  const key = join(dataDir, 'desk-key.json');
  const findings = [...unreadableIdentity(dataDir), ...(existsSync(key) ? DeskKey.faultsOf(key) : [])];
  const missing = hasIdentity(dataDir)
    ? []
    : [
        `${dataDir} has no identity (workstation.json, desk.json): on a machine that has none either, nobody could sign in.`,
      ];
  return { findings, told: missing };
}

/**
 * Checks record, telemetry cache and ledger of a data folder or of a backup, beside a running engine or without one,
 * and changes nothing.
 */
export function checkDataFolder(dataDir: string): CheckReport {
  if (!existsSync(dataDir)) return { findings: [`There is no folder ${dataDir}.`], told: [] };
  const telemetry = join(dataDir, 'telemetry.db');
  const leave = leaveNoTrace(dataDir);
  try {
    const record = checkRecord(join(dataDir, 'record.db'));
    const parts = [
      record,
      // Signatures prove nothing about a record whose hash chains are broken.
      record.findings.length === 0 ? checkSignatures(dataDir) : { findings: [], told: [] },
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
    };
  } finally {
    leave();
  }
}
