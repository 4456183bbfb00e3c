import { between } from '../chunks/run.ts';
import type { Run } from '../chunks/run.ts';
import { isUsableCode } from '../chunks/summary.ts';
import { BUCKET_MS } from '../rollups.ts';
import type { RollupSums } from '../rollups.ts';
import type { Ends } from './ends.ts';

/**
 * Adds the samples of a series that are newer than its sealed ones. A gauge's quarter hour that is sealed in part keeps
 * its mean so far.
 */
export function addUnsealed(sums: RollupSums, run: Run, end: Ends | undefined, isCounted: boolean): void {
  if (end === undefined || Number.isNaN(end.lastAtMs)) sums.addRun(run, isCounted, undefined, 1);
  else if (isCounted)
    sums.addRun(
      between(run, end.lastAtMs + 1, Number.POSITIVE_INFINITY),
      true,
      isUsableCode(end.quality) ? { atMs: end.lastAtMs, value: end.value } : undefined,
      1,
    );
  else
    sums.addRun(
      between(run, (Math.floor(end.lastAtMs / BUCKET_MS) + 1) * BUCKET_MS, Number.POSITIVE_INFINITY),
      false,
      undefined,
      1,
    );
}
