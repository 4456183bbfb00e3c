// @ts-check
// `npm test`: everything that checks Beacon, on a bare machine. Plain JavaScript, because it installs what the rest
// needs. The stages run in two lanes beside each other, which keeps two cores busy: most of what needs no browser waits
// for clocks and processes, and what needs one draws without a graphics card. A file that fails is run once more when
// everything else has ended: two lanes on two cores can make a test late, and what fails alone is broken. What passed
// only then is named at the end. Ends with "N passed, N failed".
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
/** Rules that ask for types hold those of the whole project, near the 4 GB that Node takes by itself. */
const LINT_ENV = { NODE_OPTIONS: '--max-old-space-size=8192' };
/** More files than these do not fail because the machine is busy. */
const MOST_FILES_AGAIN = 8;

/**
 * What became of a file of tests, or of a tool that passes or fails as a whole. `path` only where it can be run again.
 * @typedef {{ name: string; path?: string; ms: number; passed: number; failed: number; skipped: string[] }} Part
 * @typedef {{ stage: string; parts: Part[] }} Outcome
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

const failedPart = (/** @type {string} */ name) => ({ name, ms: 0, passed: 0, failed: 1, skipped: [] });

/** A tool that passes or fails as a whole counts as one test. @returns {Promise<Part[]>} */
async function whole(
  /** @type {string} */ script,
  /** @type {string[]} */ args,
  /** @type {number} */ minutes,
  /** @type {Write} */ write,
  env = {},
) {
  const code = await run(script, args, { write, minutes, env });
  return [{ ...failedPart(script), passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }];
}

const readReport = (/** @type {string} */ file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

/** An error outside every test fails the run without failing a test. @returns {Part[]} */
function withCode(/** @type {string} */ stage, /** @type {Part[]} */ parts, /** @type {number} */ code) {
  const isNamed = code === 0 || parts.some(({ failed }) => failed > 0);
  return isNamed ? parts : [...parts, failedPart(`${stage}, outside its tests`)];
}

/** @returns {Promise<Part[]>} */
async function vitest(/** @type {string} */ name, /** @type {string[]} */ args, /** @type {RunOptions} */ options) {
  const report = join(folderOfRun, `${name}.json`);
  rmSync(report, { force: true });
  const code = await run(
    'vitest/vitest.mjs',
    ['run', '--no-color', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    options,
  );
  const results = readReport(report)?.testResults;
  if (results === undefined) return [failedPart(`${name}, which left no report`)];
  const parts = results.map(
    (/** @type {any} */ { name: file, startTime, endTime, status, assertionResults: tests }) => {
      const of = (/** @type {string[]} */ ...states) =>
        tests.filter((/** @type {any} */ test) => states.includes(test.status));
      const path = relative(root, file);
      // A file that could not be loaded, or whose preparation failed, fails without failing a test.
      const failed = Math.max(of('failed').length, status === 'failed' ? 1 : 0);
      const skipped = of('pending', 'skipped').map((/** @type {any} */ test) => test.fullName);
      return { name: path, path, ms: endTime - startTime, passed: of('passed').length, failed, skipped };
    },
  );
  return withCode(name, parts, code);
}

/** @returns {any[]} the tests of a suite of Playwright's report and of the suites in it */
const testsOf = (/** @type {any} */ { specs = [], suites = [] }) => [
  ...specs.flatMap((/** @type {any} */ spec) => spec.tests),
  ...suites.flatMap(testsOf),
];

/** @returns {Promise<Part[]>} */
async function playwright(
  /** @type {string} */ name,
  /** @type {string[]} */ files,
  /** @type {number} */ minutes,
  /** @type {Write} */ write,
  /** @type {Record<string, string>} */ more = {},
) {
  const report = join(folderOfRun, `${name}.json`);
  rmSync(report, { force: true });
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...more };
  const args = ['test', ...files, '--project', name, '--reporter=list,json'];
  const code = await run('@playwright/test/cli.js', args, { write, minutes, env });
  const suites = readReport(report)?.suites;
  if (suites === undefined) return [failedPart(`${name}, which left no report`)];
  const parts = suites.map((/** @type {any} */ suite) => {
    const tests = testsOf(suite);
    const count = (/** @type {string[]} */ ...states) => tests.filter(({ status }) => states.includes(status)).length;
    const path = join('tests', suite.file);
    const ms = tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0);
    const reason = `a test of ${path} (its reason stands in the list above)`;
    const skipped = Array.from({ length: count('skipped') }, () => reason);
    return { name: path, path, ms, passed: count('expected'), failed: count('unexpected', 'flaky'), skipped };
  });
  return withCode(name, parts, code);
}

const project = (
  /** @type {string} */ name,
  /** @type {string[]} */ files,
  /** @type {number} */ minutes,
  /** @type {Write} */ write,
) => vitest(name, ['--project', name, ...files], { write, minutes });

/**
 * The second argument of those that have one: the files to run, all where there is none.
 * @type {Record<string, (write: Write, files: string[]) => Promise<Part[]>>}
 */
const stages = {
  types: (write) => whole('typescript/bin/tsc', ['-b'], 20, write),
  format: (write) => whole('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn'], 15, write),
  lint: (write) => whole('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], 45, write, LINT_ENV),
  unused: (write) => whole('knip/bin/knip.js', [], 15, write),
  unit: (write, files) => project('unit', files, 30, write),
  integration: (write, files) => project('integration', files, 60, write),
  shell: (write, files) => playwright('shell', files, 30, write),
  e2e: (write, files) => playwright('e2e', files, 60, write),
  long: async (write) => [
    ...(await vitest('long', LONG_FILES, { write, minutes: 180, env: LONG_ENV })),
    ...(await playwright('e2e', LONG_E2E_FILES, 60, write, LONG_ENV)),
  ],
};

/** What runs without being asked for: stages one after another, in lanes beside each other. */
const lanes = [
  ['types', 'format', 'lint', 'unused', 'unit', 'integration'],
  ['shell', 'e2e'],
];

const LONG_ENV = { BEACON_TEST_LONG: '1' };

/** The files whose number of tries tests/support/tries.ts raises in the stage `long`. */
const LONG_FILES = [
  'tests/integration/faults/kill.test.ts',
  'tests/integration/store/firstStart.test.ts',
  'tests/unit/main/engine/alarms/convergence.test.ts',
  'tests/unit/main/engine/domainLaws.test.ts',
  'tests/unit/main/engine/log/EntryJudge.test.ts',
  'tests/unit/shared/folds/incidents/foldIncidents.test.ts',
];
/** Those that measure on more sizes of the screen there. */
const LONG_E2E_FILES = ['tests/e2e/layout.spec.ts'];

const passedOf = (/** @type {Part[]} */ parts) => parts.reduce((sum, { passed }) => sum + passed, 0);
const failedOf = (/** @type {Part[]} */ parts) => parts.reduce((sum, { failed }) => sum + failed, 0);
const skippedOf = (/** @type {Part[]} */ parts) => parts.flatMap(({ skipped }) => skipped);

/** "3 passed, 0 failed, 1 skipped" */
function sum(/** @type {Part[]} */ parts) {
  const skipped = skippedOf(parts).length;
  return `${passedOf(parts)} passed, ${failedOf(parts)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Runs stages one after another. What they write comes at their end where another lane writes meanwhile.
 * @returns {Promise<Outcome[]>}
 */
async function runLane(/** @type {string[]} */ names, /** @type {boolean} */ isAlone) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const name of names) {
    const stage = stages[name];
    if (stage === undefined) continue;
    say(isAlone ? `\n── ${name}` : `── ${name} begins`);
    /** @type {string[]} */
    const written = [];
    const startedMs = performance.now();
    const parts = await stage((text) => void (isAlone ? process.stdout.write(text) : written.push(text)), []);
    if (!isAlone) say(`\n── ${name}\n${written.join('').trimEnd()}`);
    say(`── ${name}: ${sum(parts)} (${Math.round((performance.now() - startedMs) / 1000)} s)`);
    outcomes.push({ stage: name, parts });
  }
  return outcomes;
}

/**
 * Runs the failed files of a stage once more.
 * @returns {Promise<{ parts: Part[]; late: string[] }>} all parts of the stage, and which files passed only now
 */
async function runAgain(/** @type {Outcome} */ { stage, parts }) {
  const failed = parts.filter((part) => part.failed > 0);
  const paths = failed.flatMap(({ path }) => path ?? []);
  const again = stages[stage];
  const isWorthIt = paths.length > 0 && paths.length === failed.length && paths.length <= MOST_FILES_AGAIN;
  if (!isWorthIt || again === undefined) return { parts, late: [] };
  say(`\n── ${stage}, once more: ${paths.join(', ')}`);
  const second = await again((text) => void process.stdout.write(text), paths);
  const late = second.filter((part) => part.failed === 0 && paths.includes(part.name)).map(({ name }) => name);
  const known = parts.filter(({ path }) => path === undefined || !paths.includes(path));
  const isWhole = paths.every((path) => second.some(({ name }) => name === path));
  return { parts: [...known, ...(isWhole ? second : failed)], late };
}

function saySlowest(/** @type {Part[]} */ parts) {
  const slowest = parts
    .filter(({ path }) => path !== undefined)
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST_FILES);
  if (slowest.length === 0) return;
  say(`\nThe slowest files:`);
  for (const { name, ms } of slowest) say(`${String(Math.round(ms / 1000)).padStart(5)} s  ${name}`);
}

async function main(/** @type {string[]} */ wanted) {
  const unknown = wanted.filter((name) => !Object.hasOwn(stages, name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no stage ${unknown.join(', ')}. Stages: ${Object.keys(stages).join(', ')}.\n`);
    process.exit(2);
  }
  ensureDependencies();
  ensurePrograms('chromium', 'mosquitto', 'mosquitto-clients');
  tryProgram('nats-server');
  ensureBuild();
  const chosen = wanted.includes('long') ? [...lanes, ['long']] : lanes;
  const running = chosen
    .map((lane) => (wanted.length === 0 ? lane : lane.filter((name) => wanted.includes(name))))
    .filter(({ length }) => length > 0);
  const outcomes = (await Promise.all(running.map((lane) => runLane(lane, running.length === 1)))).flat();
  /** @type {Part[]} */
  const parts = [];
  /** @type {string[]} */
  const late = [];
  for (const outcome of outcomes) {
    const again = await runAgain(outcome);
    parts.push(...again.parts);
    late.push(...again.late);
  }
  rmSync(folderOfRun, { recursive: true, force: true });
  for (const name of skippedOf(parts)) say(`skipped: ${name}`);
  for (const name of late) say(`failed beside others, passed when it was run again: ${name}`);
  saySlowest(parts);
  say(`\n${sum(parts)}`);
  process.exitCode = failedOf(parts) === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
