import { parentPort, workerData } from 'node:worker_threads';
import { reportTasks } from './reportTask.ts';
import type { ReportReply, ReportTask } from './reportTask.ts';

/**
 * One thread a task: reports are seldom, and reading and printing take a second that the engine's loop does not have.
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
