import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { judgeRoom } from '../room.ts';
import { toStoreError } from '../StoreError.ts';
import { buffersIn } from './storeRoles.ts';
import type { StoreCall, StoreReply, StoreRoles, StoreWorkerData } from './storeRoles.ts';

/**
 * Each thread loads the code of its own role alone: a thread has its own copy of what it loads, and the schemas of the
 * log, which only the record needs, are larger than all the rest.
 */
async function createRole(data: StoreWorkerData): Promise<StoreRoles[keyof StoreRoles]> {
  switch (data.role) {
    case 'telemetryWriter':
      return new (await import('../samples/TelemetryWriter.ts')).TelemetryWriter(
        data.file,
        data.retention,
        data.checkAtOnceBytes,
      );
    case 'telemetryReader':
      return new (await import('../samples/TelemetryReader.ts')).TelemetryReader(data.file);
    case 'ledgerWriter':
      return new (await import('../ledger/LedgerFile.ts')).LedgerFile(data.file, data.timeZone);
    case 'ledgerReader':
      return new (await import('../ledger/LedgerReader.ts')).LedgerReader(data.file);
    case 'record':
      return new (await import('../record/RecordFile.ts')).RecordFile(data.file, data.signer);
    case 'search':
      return new (await import('../search/SearchIndex.ts')).SearchIndex();
  }
}

const data = workerData as StoreWorkerData;

/** The thread's typed side (StoreThread) lets only methods of the role through, so the look-up by name cannot miss. */
const methods = (await createRole(data)) as unknown as Record<string, (...args: unknown[]) => unknown>;

function answer(call: StoreCall): StoreReply {
  const startedAtMs = performance.now();
  const took = (): { id: number; ms: number } => ({ id: call.id, ms: performance.now() - startedAtMs });
  try {
    const result = methods[call.method]?.(...call.args);
    return { ...took(), result };
  } catch (error) {
    const problem = toStoreError(error);
    const { code, message } = 'file' in data ? judgeRoom(problem, dirname(data.file)) : problem;
    return { ...took(), error: { code, message } };
  }
}

parentPort?.on('message', (call: StoreCall) => {
  const reply = answer(call);
  parentPort?.postMessage(reply, 'result' in reply ? buffersIn(reply.result) : []);
});
