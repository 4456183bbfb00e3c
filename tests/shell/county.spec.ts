import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { Entrance } from '../e2e/pages/Entrance.ts';
import { launchShell } from '../support/electron/launchShell.ts';
import type { ShellApp } from '../support/electron/ShellApp.ts';
import { watchFor } from './watchFor.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FIRST_PICTURE_MS = 180_000;

/** The process ids of the application's helpers, by the names that the shell gave them. */
const helpers = (shell: ShellApp): Promise<Record<string, number>> =>
  shell.evaluateMain(
    ({ app }) => Object.fromEntries(app.getAppMetrics().map(({ name, pid }) => [name ?? '', pid])),
    undefined,
  );

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('the whole application: a county appears, its engine dies and comes back, and nothing is left behind', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'beacon-county-'));
  const shell = await launchShell(ROOT, ['--data', dataDir, '--scale', '0.05']);
  try {
    const page = await shell.page();
    await new Entrance(page).enter();
    const link = page.getByTestId('link-state');
    await expect(link).toHaveAttribute('data-state', 'live', { timeout: FIRST_PICTURE_MS });
    const before = await helpers(shell);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['Beacon broker', 'Beacon engine', 'Beacon simulator']));

    const frozen = await watchFor(page, '[data-testid="link-state"][data-state="frozen"]');
    const told = await watchFor(page, '[data-testid="banner"]', 'No connection to the engine');
    process.kill(before['Beacon engine'] ?? 0, 'SIGKILL');
    await frozen();
    await told();
    await expect(link).toHaveAttribute('data-state', 'live', { timeout: FIRST_PICTURE_MS });

    const after = await helpers(shell);
    expect(await shell.quit()).toBe(0);
    expect(Object.values(after).filter(isAlive)).toEqual([]);
  } finally {
    await shell.quit();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  }
});
