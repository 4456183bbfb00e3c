// @ts-check
// `npm test`: everything that checks Beacon, on a bare machine. Plain JavaScript, because it installs what the rest
// needs. The stages run in two lanes beside each other, which keeps two cores busy: most of what needs no browser waits
// for clocks and processes, and what needs one draws without a graphics card. Ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { ensureBuild, ensureDependencies, findNode } from '../main/start.mjs';
import { ensurePrograms, tryProgram } from './ensurePrograms.mjs';

const root = resolve(import.meta.dirname, '..');
/** The reports of the stages, and what tests of different processes share (tests/support/generateCounty.ts). */
const folderOfRun = mkdtempSync(join(tmpdir(), 'beacon-tests-'));
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
const SLOWEST_FILES = 10;

/**
 * @typedef {{ file: string; ms: number }} FileTime
 * @typedef {{ passed: number; failed: number; skipped: string[]; files: FileTime[] }} Outcome
 * @typedef {(text: string) => void} Write
 * @typedef {{ write: Write; minutes: number; env?: NodeJS.ProcessEnv }} RunOptions
 */

/** Runs a tool of the project on the project's Node, bounded in time. @returns {Promise<number>} its exit code */
function run(
  /** @type {string} */ script,
  /** @type {string[]} */ args,
  /** @type {RunOptions} */ { write, minutes, env = {} },
) {
  const node = findNode();
  return new Promise((resolveTo) => {
    const child = spawn(node, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: {
        ...process.env,
        PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
        BEACON_TEST_RUN: folderOfRun,
        // Tests start hundreds of processes, and each compiles the same code.
        NODE_COMPILE_CACHE: join(folderOfRun, 'compiled'),
        ...env,
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write);
    const end = () => {
      try {
        // The whole group: what a hanging tool started must not outlive it.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const timer = setTimeout(() => {
      write(`Stopped after ${minutes} minutes.\n`);
      end();
    }, minutes * 60_000);
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
    child.on('close', (code) => {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      clearTimeout(timer);
      resolveTo(code ?? 1);
    });
  });
}

/** A tool that passes or fails as a whole counts as one test. @returns {Promise<Outcome>} */
async function whole(
  /** @type {string} */ script,
  /** @type {string[]} */ args,
  /** @type {number} */ minutes,
  /** @type {Write} */ write,
) {
  const code = await run(script, args, { write, minutes });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [], files: [] };
}

const readReport = (/** @type {string} */ file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

/** @type {Outcome} */
const noReport = { passed: 0, failed: 1, skipped: [], files: [] };

/** @returns {Promise<Outcome>} */
async function vitest(/** @type {string} */ name, /** @type {string[]} */ args, /** @type {RunOptions} */ options) {
  const file = join(folderOfRun, `${name}.json`);
  const code = await run(
    'vitest/vitest.mjs',
    ['run', '--no-color', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
    options,
  );
  const report = readReport(file);
  if (report === undefined) return noReport;
  const tests = report.testResults.flatMap((/** @type {any} */ each) => each.assertionResults);
  const skipped = tests
    .filter((/** @type {any} */ test) => test.status === 'pending' || test.status === 'skipped')
    .map((/** @type {any} */ test) => test.fullName);
  const { numPassedTests: passed, numFailedTests: failed } = report;
  const files = report.testResults.map((/** @type {any} */ each) => ({
    file: relative(root, each.name),
    ms: each.endTime - each.startTime,
  }));
  // A file that could not be loaded, or an error outside a test, fails the run without failing a test.
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped, files };
}

/** @returns {number} how long the tests of a suite of Playwright's report took together */
function suiteMs(/** @type {any} */ { specs = [], suites = [] }) {
  const results = specs.flatMap((/** @type {any} */ spec) =>
    spec.tests.flatMap((/** @type {any} */ test) => test.results),
  );
  const own = results.reduce((/** @type {number} */ sum, /** @type {any} */ { duration }) => sum + duration, 0);
  return suites.reduce((/** @type {number} */ sum, /** @type {any} */ suite) => sum + suiteMs(suite), own);
}

/** @returns {Promise<Outcome>} */
async function playwright(/** @type {string} */ project, /** @type {number} */ minutes, /** @type {Write} */ write) {
  const file = join(folderOfRun, `${project}.json`);
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const args = ['test', '--project', project, '--reporter=list,json'];
  const code = await run('@playwright/test/cli.js', args, { write, minutes, env });
  const report = readReport(file);
  if (report?.stats === undefined) return noReport;
  const { stats, suites } = report;
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: Array.from({ length: stats.skipped }, () => `a test of ${project} (its reason stands in the list above)`),
    files: suites.map((/** @type {any} */ suite) => ({ file: join('tests', suite.file), ms: suiteMs(suite) })),
  };
}

const project = (/** @type {string} */ name, /** @type {number} */ minutes, /** @type {Write} */ write) =>
  vitest(name, ['--project', name], { write, minutes });

/** @type {Record<string, (write: Write) => Promise<Outcome>>} */
const stages = {
  types: (write) => whole('typescript/bin/tsc', ['-b'], 20, write),
  format: (write) => whole('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn'], 15, write),
  lint: (write) => whole('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], 30, write),
  unused: (write) => whole('knip/bin/knip.js', [], 15, write),
  unit: (write) => project('unit', 30, write),
  integration: (write) => project('integration', 60, write),
  shell: (write) => playwright('shell', 30, write),
  e2e: (write) => playwright('e2e', 60, write),
  long: (write) => vitest('long', LONG_FILES, { write, minutes: 180, env: { BEACON_TEST_LONG: '1' } }),
};

/** What runs without being asked for: stages one after another, in lanes beside each other. */
const lanes = [
  ['types', 'format', 'lint', 'unused', 'unit', 'integration'],
  ['shell', 'e2e'],
];

/** The files whose number of tries tests/support/tries.ts raises in the stage `long`. */
const LONG_FILES = [
  'tests/integration/faults/kill.test.ts',
  'tests/integration/store/firstStart.test.ts',
  'tests/unit/main/engine/alarms/convergence.test.ts',
  'tests/unit/main/engine/domainLaws.test.ts',
  'tests/unit/main/engine/log/EntryJudge.test.ts',
  'tests/unit/shared/folds/incidents/foldIncidents.test.ts',
];

/** Runs stages one after another. What they write comes at their end where another lane writes meanwhile. */
async function runLane(
  /** @type {string[]} */ names,
  /** @type {boolean} */ isAlone,
  /** @type {(outcome: Outcome) => void} */ onOutcome,
) {
  for (const name of names) {
    const stage = stages[name];
    if (stage === undefined) continue;
    say(isAlone ? `\n── ${name}` : `── ${name} begins`);
    /** @type {string[]} */
    const written = [];
    const startedMs = performance.now();
    const outcome = await stage((text) => void (isAlone ? process.stdout.write(text) : written.push(text)));
    const { passed, failed, skipped } = outcome;
    if (!isAlone) say(`\n── ${name}\n${written.join('').trimEnd()}`);
    say(
      `── ${name}: ${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''} (${Math.round((performance.now() - startedMs) / 1000)} s)`,
    );
    onOutcome(outcome);
  }
}

function saySlowest(/** @type {FileTime[]} */ files) {
  const slowest = files.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST_FILES);
  if (slowest.length === 0) return;
  say(`\nThe slowest files:`);
  for (const { file, ms } of slowest) say(`${String(Math.round(ms / 1000)).padStart(5)} s  ${file}`);
}

async function main(/** @type {string[]} */ wanted) {
  const unknown = wanted.filter((name) => !Object.hasOwn(stages, name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no stage ${unknown.join(', ')}. Stages: ${Object.keys(stages).join(', ')}.\n`);
    process.exit(2);
  }
  ensureDependencies();
  ensurePrograms('chromium', 'mosquitto');
  tryProgram('nats-server');
  ensureBuild();
  const chosen = wanted.includes('long') ? [...lanes, ['long']] : lanes;
  const running = chosen
    .map((lane) => (wanted.length === 0 ? lane : lane.filter((name) => wanted.includes(name))))
    .filter(({ length }) => length > 0);
  /** @type {Outcome} */
  const total = { passed: 1, failed: 0, skipped: [], files: [] };
  const add = (/** @type {Outcome} */ outcome) => {
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped.push(...outcome.skipped);
    total.files.push(...outcome.files);
  };
  await Promise.all(running.map((lane) => runLane(lane, running.length === 1, add)));
  rmSync(folderOfRun, { recursive: true, force: true });
  for (const name of total.skipped) say(`skipped: ${name}`);
  saySlowest(total.files);
  say(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : ''}`,
  );
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
