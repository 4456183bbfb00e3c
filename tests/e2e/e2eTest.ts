import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startBeacon } from '../support/startBeacon.ts';
import type { RunningBeacon } from '../support/startBeacon.ts';
import { LiveCounty } from './LiveCounty.ts';
import type { LiveOptions } from './LiveCounty.ts';

type Fixtures = {
  live: LiveOptions;
  county: LiveCounty;
  /** The data folder of `startHost`. */
  dataDir: string;
  startHost: (port?: number) => Promise<RunningBeacon>;
  faultsOfPage: undefined;
};

/**
 * `county`: Beacon with a broker and a simulated county of their own, as `live` says. `startHost`: Beacon as `npm start
 * -- --web` starts it, with everything built in; again on the same data folder each time. Errors that no code of a page
 * has caught fail the test.
 */
export const test = base.extend<Fixtures>({
  live: [{ scenario: 'quiet', speed: 1 }, { option: true }],
  county: async ({ live }, use, testInfo) => {
    const county = await LiveCounty.start(live);
    await use(county);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('what Beacon said', { body: county.beacon.output() });
    await county.stop();
  },
  // Playwright demands the empty pattern where a fixture depends on none.
  dataDir: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'beacon-e2e-'));
    await use(dataDir);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  },
  startHost: async ({ dataDir }, use, testInfo) => {
    const started: RunningBeacon[] = [];
    await use(async (port = 0) => {
      const beacon = await startBeacon({ dataDir, port, args: ['--scale', '0.1'] });
      started.push(beacon);
      return beacon;
    });
    if (testInfo.status !== testInfo.expectedStatus)
      for (const beacon of started) await testInfo.attach('what Beacon said', { body: beacon.output() });
    for (const beacon of started) await beacon.stop();
  },
  faultsOfPage: [
    async ({ context }, use) => {
      const faults: string[] = [];
      const listen = (page: Page): void =>
        void page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
      context.on('page', listen);
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});
