import { Worker } from 'node:worker_threads';
import type { BackupOrder, BackupReply } from './backupWorker.ts';

/** Makes backups in a thread of their own: copying and checking takes minutes that the engine's event loop lacks. */
export class BackupThread {
  readonly #workerPath: string;
  #running: Worker | undefined;
  #isClosed = false;

  /** @param workerPath the built worker, out/main/backupWorker.js */
  constructor(workerPath: string) {
    this.#workerPath = workerPath;
  }

  /** Rejects with the reason in a sentence. */
  run(order: BackupOrder): Promise<string[]> {
    if (this.#isClosed) return Promise.reject(new Error('Beacon is being stopped.'));
    const worker = new Worker(this.#workerPath, { workerData: order, name: 'backup' });
    this.#running = worker;
    return new Promise<string[]>((resolve, reject) => {
      worker.on('message', (reply: BackupReply) =>
        'error' in reply ? reject(new Error(reply.error)) : resolve(reply.lines),
      );
      worker.on('error', reject);
      // Once an answer has come, this rejection has no effect.
      worker.on('exit', () => reject(new Error('The backup was not finished.')));
    }).finally(() => {
      this.#running = undefined;
      return worker.terminate();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running?.terminate();
  }
}
