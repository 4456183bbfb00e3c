import { onTestFinished } from 'vitest';
import { openCuttableLine } from './openCuttableLine.ts';
import type { CuttableLine } from './openCuttableLine.ts';

/** Opens a connection to a broker that can be cut and mended. It is closed when the test is over. */
export async function cuttableLine(port: number): Promise<CuttableLine> {
  const line = await openCuttableLine(port);
  onTestFinished(line.close);
  return line;
}
