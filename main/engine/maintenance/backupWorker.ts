import { parentPort, workerData } from 'node:worker_threads';
import { backUp } from './backUp.ts';

/** A backup to make. */
export type BackupOrder = { dataDir: string; target: string; passphrase: string | undefined };
/** What was done, in sentences, or why nothing was kept. */
export type BackupReply = { lines: string[] } | { error: string };

const { dataDir, target, passphrase } = workerData as BackupOrder;

backUp(dataDir, target, passphrase).then(
  (lines) => parentPort?.postMessage({ lines } satisfies BackupReply),
  (error: unknown) =>
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies BackupReply),
);
