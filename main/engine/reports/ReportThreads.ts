import { Worker } from 'node:worker_threads';
import type { ReportReply, ReportTasks } from './reportTask.ts';

/**
 * Runs tasks of reports, each in a thread of its own and one after the other: two at once would slow the engine down.
 */
export class ReportThreads {
  readonly #workerPath: string;
  #queue: Promise<unknown> = Promise.resolve();
  #running: Worker | undefined;
  #isClosed = false;

  constructor(workerPath: string) {
    this.#workerPath = workerPath;
  }

  /** Rejects with the reason in a sentence. */
  run<N extends keyof ReportTasks>(
    name: N,
    order: Parameters<ReportTasks[N]>[0],
  ): Promise<Awaited<ReturnType<ReportTasks[N]>>> {
    const done = this.#queue.then(() => this.#start(name, order));
    this.#queue = done.catch(() => undefined);
    return done as Promise<Awaited<ReturnType<ReportTasks[N]>>>;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running?.terminate();
  }

  #start(name: keyof ReportTasks, order: unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new Error('Beacon is being stopped.'));
    const worker = new Worker(this.#workerPath, { workerData: { name, order }, name: 'report' });
    this.#running = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (reply: ReportReply) =>
        'error' in reply ? reject(new Error(reply.error)) : resolve(reply.result),
      );
      worker.on('error', reject);
      // Once an answer has come, this rejection has no effect.
      worker.on('exit', () => reject(new Error('The report was not finished.')));
    }).finally(() => {
      this.#running = undefined;
      return worker.terminate();
    });
  }
}
