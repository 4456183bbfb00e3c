import { onTestFinished } from 'vitest';
import { openCuttableLine } from './openCuttableLine.ts';
import type { CuttableLine } from './openCuttableLine.ts';

/** A line of its own to a broker, which can be cut and mended. Goes when the test is over. */
export async function cuttableLine(port: number): Promise<CuttableLine> {
  const line = await openCuttableLine(port);
  onTestFinished(line.close);
  return line;
}
