import { defineConfig } from '@playwright/test';

const chromium = process.env['BEACON_CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * `shell`: the built Electron entry and preload. `e2e`: the built application in a browser, with the simulated county.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // Each test has an engine, ports and folders of its own, and much of its time it waits for the county.
  workers: 2,
  fullyParallel: true,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reportSlowTests: null,
  use: {
    viewport: { width: 1920, height: 1080 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
    },
  },
  projects: [
    { name: 'shell', testMatch: 'shell/**/*.spec.ts' },
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts' },
  ],
});
