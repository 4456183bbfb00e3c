// @ts-check
// `npm test`: everything that checks Beacon, on a bare machine. Plain JavaScript, because it installs what the rest
// needs. Ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { ensureBuild, ensureDependencies, findNode } from '../main/start.mjs';
import { ensurePrograms, tryProgram } from './ensurePrograms.mjs';

const root = resolve(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'beacon-tests-'));
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** @typedef {{ passed: number; failed: number; skipped: string[] }} Outcome */

/** Runs a tool of the project on the project's Node, bounded in time. @returns {Promise<number>} its exit code */
function run(/** @type {string} */ script, /** @type {string[]} */ args, /** @type {number} */ minutes) {
  const node = findNode();
  return new Promise((resolveTo) => {
    const child = spawn(node, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    const end = () => {
      try {
        // The whole group: what a hanging tool started must not outlive it.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const timer = setTimeout(() => {
      say(`Stopped after ${minutes} minutes.`);
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
async function whole(/** @type {string} */ script, /** @type {string[]} */ args, /** @type {number} */ minutes) {
  const code = await run(script, args, minutes);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

const readReport = (/** @type {string} */ file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

/** @returns {Promise<Outcome>} */
async function vitest(/** @type {string} */ project, /** @type {number} */ minutes) {
  const file = join(reports, `${project}.json`);
  const code = await run(
    'vitest/vitest.mjs',
    ['run', '--project', project, '--no-color', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    minutes,
  );
  const report = readReport(file);
  if (report === undefined) return { passed: 0, failed: 1, skipped: [] };
  const tests = report.testResults.flatMap((/** @type {any} */ each) => each.assertionResults);
  const skipped = tests
    .filter((/** @type {any} */ test) => test.status === 'pending' || test.status === 'skipped')
    .map((/** @type {any} */ test) => test.fullName);
  const { numPassedTests: passed, numFailedTests: failed } = report;
  // A file that could not be loaded, or an error outside a test, fails the run without failing a test.
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

/** @returns {Promise<Outcome>} */
async function playwright(/** @type {string} */ project, /** @type {number} */ minutes) {
  const file = join(reports, `${project}.json`);
  process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] = file;
  const code = await run('@playwright/test/cli.js', ['test', '--project', project, '--reporter=list,json'], minutes);
  const stats = readReport(file)?.stats;
  if (stats === undefined) return { passed: 0, failed: 1, skipped: [] };
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: Array.from({ length: stats.skipped }, () => `a test of ${project} (its reason stands in the list above)`),
  };
}

/** @type {Record<string, () => Promise<Outcome>>} */
const stages = {
  types: () => whole('typescript/bin/tsc', ['-b'], 10),
  lint: () => whole('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], 10),
  unused: () => whole('knip/bin/knip.js', [], 5),
  unit: () => vitest('unit', 15),
  integration: () => vitest('integration', 40),
  shell: () => playwright('shell', 15),
  e2e: () => playwright('e2e', 40),
};

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
  const total = { passed: 1, failed: 0, skipped: /** @type {string[]} */ ([]) };
  for (const [name, stage] of Object.entries(stages)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`\n── ${name}`);
    const startedMs = performance.now();
    const { passed, failed, skipped } = await stage();
    total.passed += passed;
    total.failed += failed;
    total.skipped.push(...skipped);
    say(
      `── ${name}: ${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''} (${Math.round((performance.now() - startedMs) / 1000)} s)`,
    );
  }
  rmSync(reports, { recursive: true, force: true });
  for (const name of total.skipped) say(`skipped: ${name}`);
  say(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : ''}`,
  );
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
