import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import type { SpawnEntry } from '../../../main/Keeper.ts';
import { PortalRun } from '../../../main/PortalRun.ts';

const options = { host: '127.0.0.1', port: 0, isAnyPortFine: true };
/** A child that runs this script, in place of the portal. */
const running =
  (script: string): SpawnEntry =>
  () =>
    spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });

it('says nothing of a portal that is stopped while it starts', async () => {
  const lines: string[] = [];
  const portal = new PortalRun(options, running('setInterval(() => {}, 1000)'), (_level, line) => lines.push(line));
  const opened = portal.open();
  await portal.stop();
  expect(await opened).toBeUndefined();
  expect(lines).toEqual([]);
});

it('says why a portal could not start', async () => {
  const lines: string[] = [];
  const script = 'console.error("No port is free."); process.exit(1)';
  const portal = new PortalRun(options, running(script), (_level, line) => lines.push(line));
  expect(await portal.open()).toBeUndefined();
  await portal.stop();
  expect(lines).toContain("The citizens' portal cannot be reached: No port is free. It is tried again.");
});
