import { parentPort, workerData } from 'node:worker_threads';
import { reportTasks } from './reportTask.ts';
import type { ReportReply, ReportTask } from './reportTask.ts';

/**
 * Runs one task per thread: reports are rare, and reading and printing take a second that the engine's event loop
 * cannot spare.
 */
function run(task: ReportTask): Promise<unknown> {
  switch (task.name) {
    case 'write':
      return reportTasks.write(task.order);
    case 'keep':
      return reportTasks.keep(task.order);
  }
}

run(workerData as ReportTask).then(
  (result) => parentPort?.postMessage({ result } satisfies ReportReply),
  (error: unknown) =>
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies ReportReply),
);
