import { test as base } from '@playwright/test';
import { launchShell } from '../support/electron/launchShell.ts';
import type { ShellApp } from '../support/electron/ShellApp.ts';
import { createShellFixture } from '../support/electron/shellFixture.ts';

type Launch = (args?: readonly string[], env?: NodeJS.ProcessEnv) => Promise<ShellApp>;

/** No county and no broker are needed: the fixture's engine asks for neither. */
const ALONE = ['--broker', 'mqtt://127.0.0.1:9', '--county', '.', '--no-simulator'];

/** `launch` starts the application, any number of times on one fresh data folder; `shell` is one that has started. */
export const test = base.extend<{ launch: Launch; shell: ShellApp }>({
  // Playwright demands the empty pattern where a fixture depends on none.
  launch: async ({}, use) => {
    const fixture = createShellFixture();
    const running: ShellApp[] = [];
    await use(async (args = [], env = {}) => {
      const app = await launchShell(fixture.appDir, ['--data', fixture.dataDir, ...ALONE, ...args], {
        ...process.env,
        ...env,
      });
      running.push(app);
      return app;
    });
    for (const app of running) await app.quit();
    fixture.remove();
  },
  shell: async ({ launch }, use, { annotations }) => {
    const app = await launch();
    annotations.push({ type: 'runtime', description: app.runtime });
    await app.page();
    await use(app);
  },
});
