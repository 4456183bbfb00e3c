import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { LedgerFile } from '../ledger/LedgerFile.ts';
import { LedgerReader } from '../ledger/LedgerReader.ts';
import { RecordFile } from '../record/RecordFile.ts';
import { SearchIndex } from '../search/SearchIndex.ts';
import { judgeRoom } from '../room.ts';
import { toStoreError } from '../StoreError.ts';
import { buffersIn } from './storeRoles.ts';
import type { StoreCall, StoreReply, StoreRoles, StoreWorkerData } from './storeRoles.ts';
import { TelemetryReader } from '../samples/TelemetryReader.ts';
import { TelemetryWriter } from '../samples/TelemetryWriter.ts';

function createRole(data: StoreWorkerData): StoreRoles[keyof StoreRoles] {
  switch (data.role) {
    case 'telemetryWriter':
      return new TelemetryWriter(data.file, data.retention, data.checkAtOnceBytes);
    case 'telemetryReader':
      return new TelemetryReader(data.file);
    case 'ledgerWriter':
      return new LedgerFile(data.file, data.timeZone);
    case 'ledgerReader':
      return new LedgerReader(data.file);
    case 'record':
      return new RecordFile(data.file, data.signer);
    case 'search':
      return new SearchIndex();
  }
}

const data = workerData as StoreWorkerData;

/** The thread's typed side (StoreThread) lets only methods of the role through, so the look-up by name cannot miss. */
const methods = createRole(data) as unknown as Record<string, (...args: unknown[]) => unknown>;

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
