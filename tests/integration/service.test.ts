import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { eventually } from '../support/startHost.ts';
import { startFaultBench } from '../support/startFaultBench.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it.skipIf(process.platform === 'win32')(
  'npm run engine ends in order within ten seconds on SIGTERM to npm',
  async () => {
    const bench = await startFaultBench();
    const npm = spawn(
      'npm',
      [
        'run',
        'engine',
        '--',
        '--broker',
        bench.url,
        '--county',
        bench.countyDir,
        '--data',
        bench.dataDir,
        '--listen',
        '127.0.0.1:0',
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CI: '1' } },
    );
    let output = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    npm.stderr.resume();
    await eventually('The engine', () => output.includes('Beacon is at') || undefined, 120_000);
    const pid = Number(readFileSync(join(bench.dataDir, 'engine.pid'), 'utf8'));
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    });
    npm.kill('SIGTERM');
    await eventually('The end of the engine', () => !isAlive(pid) || undefined, 10_000);
    // An engine that was killed leaves its note behind.
    expect(existsSync(join(bench.dataDir, 'engine.pid'))).toBe(false);
  },
);

/** The settings of a unit file by section and name. */
function settingsOf(unit: string): Map<string, string> {
  let section = '';
  const settings = new Map<string, string>();
  for (const line of unit.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    const head = /^\[(\w+)\]$/.exec(line)?.[1];
    if (head !== undefined) section = head;
    else {
      const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined || section === '') throw new Error(`not a setting: ${line}`);
      settings.set(`${section}.${name}`, value);
    }
  }
  return settings;
}

describe('the shipped systemd unit', () => {
  const text = readFileSync(join(ROOT, 'packaging/beacon.service'), 'utf8');

  test('starts at boot, stops by SIGTERM with more patience than the engine needs, and keeps data to itself', () => {
    expect(Object.fromEntries(settingsOf(text))).toMatchObject({
      'Install.WantedBy': 'multi-user.target',
      'Service.KillSignal': 'SIGTERM',
      'Service.KillMode': 'mixed',
      'Service.TimeoutStopSec': '15',
      'Service.Restart': 'on-failure',
      'Service.StateDirectoryMode': '0700',
      'Service.UMask': '0077',
      'Service.ExecStart': expect.stringMatching(/^\/usr\/bin\/node \/opt\/beacon\/main\/start\.mjs engine /) as string,
    });
  });

  test('is one that systemd takes', ({ skip }) => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return skip('systemd-analyze is not installed here');
    const file = join(temporaryFolder(), 'beacon.service');
    // The programs of this machine stand in for those of an installed one, which systemd looks for.
    writeFileSync(file, text.replaceAll('/opt/beacon', ROOT).replaceAll('/usr/bin/node', process.execPath));
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('beacon.service'))).toEqual([]);
    expect(status).toBe(0);
  });
});

test('the shipped description of a Windows service names files that are there and leaves the engine its time', () => {
  const text = readFileSync(join(ROOT, 'packaging/beacon-service.xml'), 'utf8');
  const valueOf = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  expect(valueOf('startmode')).toBe('Automatic');
  expect(Number.parseInt(valueOf('stoptimeout'), 10)).toBeGreaterThan(10);
  expect(valueOf('arguments')).toMatch(/^"%BASE%\\\.\.\\main\\start\.mjs" engine /);
  expect(existsSync(join(ROOT, 'main/start.mjs'))).toBe(true);
});
