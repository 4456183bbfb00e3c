import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** In the stage `long` of `npm test`, tests of chance try so often that no limit makes sense. */
const limitOf = (usualMs: number): number => (process.env['BEACON_TEST_LONG'] === '1' ? 10_800_000 : usualMs);

/** A busy machine is slow, and a test that waits is over as soon as it sees what it waits for. */
const patience = { poll: { timeout: 60_000 } };

/** The longest files, which would leave other workers without work if they came last. */
const FIRST = /faults\/kill|county\/(ledger|scenarios)/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFirst = ({ moduleId }: TestSpecification): boolean => FIRST.test(moduleId);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}

/**
 * `unit` needs no network and no clock; `integration` uses real brokers, real files and the built entries in out/. Each
 * test has folders, ports and processes of its own, so files run beside each other; there are more of them than cores,
 * since most wait for processes.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          testTimeout: limitOf(120_000),
          hookTimeout: 120_000,
          maxWorkers: 2,
          expect: patience,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/ensureBuilt.ts',
          testTimeout: limitOf(480_000),
          hookTimeout: 240_000,
          expect: patience,
          maxWorkers: 3,
        },
      },
    ],
  },
});
