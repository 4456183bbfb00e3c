import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkLedger } from './checkLedger.ts';
import { checkRecord } from './checkRecord.ts';
import { checkTelemetry } from './checkTelemetry.ts';
import type { CheckReport } from './checkDatabase.ts';
import { leaveNoTrace } from './leaveNoTrace.ts';
import { checkSignatures } from './logProof.ts';

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
