import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { loadWorkstation } from '../../main/engine/log/workstation.ts';
import { lockDataFolder } from '../../main/engine/store/DataFolderLock.ts';
import { openRecordStore } from '../../main/engine/store/record/openRecordStore.ts';
import { openTelemetryStore } from '../../main/engine/store/samples/openTelemetryStore.ts';
import { person } from './people.ts';

/**
 * A process that is made to be killed: it writes to both stores as fast as it can, and prints a line for each write
 * that was acknowledged to it. Arguments: data folder, worker path, first sample time.
 */
const [, , folder = '', workerPath = '', firstMs = '0'] = argv;
const retention = { samplesDays: 1000, positionsDays: 1000, deadLetterCount: 100, mostBytes: 1e9 };
const common = { workerPath, now: () => Number(firstMs) };
// Each round of killing needs the folder again, so the lock must have been released when the process before was killed.
lockDataFolder(folder);
const telemetry = (await openTelemetryStore({ ...common, file: join(folder, 'telemetry.db'), retention })).store;
const { id, privateKey } = loadWorkstation(folder);
const record = (await openRecordStore({ ...common, file: join(folder, 'record.db'), signer: { id, privateKey } }))
  .store;

async function appendForEver(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const { seq } = await record.append(Number(firstMs), person(`writer ${writer}`), {
      kind: 'system.noted',
      text: `note ${n}`,
    });
    stdout.write(`record ${seq} ${writer} ${n}\n`);
  }
}

async function commitForEver(): Promise<never> {
  const count = 500;
  for (let atMs = Number(firstMs); ; atMs += count) {
    const samples = {
      count,
      seriesId: new Uint32Array(count).fill(1),
      atMs: Float64Array.from({ length: count }, (_, row) => atMs + row),
      value: Float64Array.from({ length: count }, (_, row) => atMs + row),
      quality: new Uint8Array(count),
      feed: new Uint8Array(count),
    };
    await telemetry.commit({
      newSeries: [{ id: 1, deviceId: 'd', quantity: 'speedMps' }],
      samples,
      positions: [],
      units: [],
      flags: [],
      reports: [],
      deadLetters: [],
    });
    stdout.write(`samples ${atMs} ${count}\n`);
    // Some processes are killed during compaction.
    if ((atMs / count) % 4 === 0) await telemetry.tend(Number(firstMs), true);
  }
}

await Promise.all([appendForEver(0), appendForEver(1), appendForEver(2), commitForEver()]);
