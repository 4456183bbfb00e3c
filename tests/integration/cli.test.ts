import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ENGINE_FLAGS } from '../../main/engineFlags.mjs';
import { scenarioNames } from '../../shared/wire/simulatedCounty.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { eventually, runScript, startHost } from '../support/startHost.ts';
import type { Ended, Host } from '../support/startHost.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** A command line that a person may type, through the launcher. */
const beacon = (...args: string[]): Promise<Ended> => runScript('main/start.mjs', args).ended;

/** One sentence on standard error, or a few, but never where in the program it came up. */
function expectSentence({ errors, code }: Ended, sentence: RegExp, exitCode: number): void {
  expect(errors).toMatch(sentence);
  expect(errors).not.toMatch(/^\s+at |node:internal|Error:/m);
  expect(code).toBe(exitCode);
}

/** A small county, made once for all these tests. */
const folder = mkdtempSync(join(tmpdir(), 'beacon-cli-'));
const county = join(folder, 'county');

beforeAll(async () => {
  const { errors } = await runScript('out/main/simulator.js', [
    'generate',
    '--out',
    county,
    '--seed',
    '7',
    '--scale',
    '0.05',
  ]).ended;
  expect(errors).toBe('');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ended(host: Host): Host {
  onTestFinished(() => host.kill('SIGKILL'));
  return host;
}

describe('what is told before anything starts', () => {
  test('the options and the version', async () => {
    const help = await beacon('--help');
    for (const option of [
      '--web',
      '--broker',
      '--broker-port',
      '--data',
      '--port',
      '--county',
      '--no-simulator',
      '--scenario',
      '--seed',
      '--scale',
      '--speed',
      ...scenarioNames,
    ])
      expect(help.output).toContain(option);
    expect(help.code).toBe(0);
    expect((await beacon('engine', '--help')).output).toContain('--listen');
    expect((await beacon('--version')).output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each<[string[], RegExp]>([
    [['--web', '--colour'], /Unknown option '--colour'.* See --help\./],
    [['--web', 'now'], /Unexpected argument 'now'.* See --help\./],
    [['--web', '--port', '99999'], /--port 99999 is not a number that can be used here/],
    [['--web', '--port', 'http'], /--port http is not a number/],
    [['--web', '--speed', '0'], /--speed 0 is not a number/],
    [['--web', '--speed', '2000'], /--speed 2000 is not a number that can be used here/],
    [['--web', '--scale', '50'], /--scale 50 is not a number that can be used here/],
    [
      ['--web', '--scenario', 'nonsense'],
      /There is no scenario "nonsense"; there are quiet, demo, crash, .* See --help/,
    ],
    [['--web', '--scenario', 'crash,nonsense'], /There is no scenario "nonsense"/],
    [
      ['--web', '--broker', 'http://broker.example.org'],
      /--broker http:\/\/broker\.example\.org is not an address like mqtts:/,
    ],
    [['--web', '--broker', 'mqtts://broker.example.org', '--ca', '/nothing.pem'], /--ca \/nothing\.pem cannot be read/],
    [['--web', '--clock', 'sun'], /--clock is wall or broker, not sun/],
    [['--web', '--no-simulator'], /--county DIR is needed/],
    [['--web', '--broker-port', '70000'], /--broker-port 70000 is not a number that can be used here/],
    [
      ['--web', '--broker-port', '1883', '--broker', 'mqtt://127.0.0.1:1'],
      /--broker-port is the port of the embedded broker, and --broker names another one/,
    ],
    [['engine', '--broker', 'mqtt://127.0.0.1:1'], /needs --county DIR/],
    [
      ['engine', '--listen', '0.0.0.0:4680', '--broker', 'mqtt://127.0.0.1:1', '--county', '/c'],
      /--listen 0\.0\.0\.0:4680 is refused: .* needs --tls-cert and --tls-key, or --proxy/,
    ],
  ])('%j is refused with the reason', async (args, sentence) => {
    expectSentence(await beacon(...args), sentence, 2);
  });

  test('a password in a refused address is not repeated', async () => {
    const { errors } = await beacon('--web', '--broker', 'http://me:secret@broker.example.org');
    expect(errors).not.toContain('secret');
  });
});

describe.skipIf(process.platform !== 'linux')(
  'the application where there is a runtime and a display, a browser elsewhere',
  () => {
    const withDisplay = { DISPLAY: ':99', WAYLAND_DISPLAY: undefined };
    const webArgs = (): string[] => [
      '--port',
      '0',
      '--data',
      temporaryFolder(),
      '--county',
      county,
      '--broker',
      'mqtt://127.0.0.1:1',
    ];

    /** Starts without --web, waits for the address, ends it, and returns what was said. */
    async function served(env: NodeJS.ProcessEnv): Promise<string> {
      const run = runScript('main/start.mjs', webArgs(), env);
      onTestFinished(() => run.kill('SIGKILL'));
      await eventually(
        'The address',
        () => run.output().includes('Beacon is at http://127.0.0.1:') || undefined,
        60_000,
      );
      run.kill('SIGTERM');
      const { code, output } = await run.ended;
      expect(code).toBe(0);
      return output;
    }

    test('a runtime is given the arguments, and its exit code is the command’s', async () => {
      const runtime = temporaryFolder();
      writeFileSync(join(runtime, 'electron'), '#!/bin/sh\necho "runtime: $2 $3"\nexit 7\n', { mode: 0o755 });
      const { output, code } = await runScript('main/start.mjs', ['--seed', '5'], {
        ...withDisplay,
        ELECTRON_OVERRIDE_DIST_PATH: runtime,
      }).ended;
      expect(output).toContain('runtime: --seed 5');
      expect(code).toBe(7);
    });

    test('without a display', async () => {
      expect(await served({ DISPLAY: undefined, WAYLAND_DISPLAY: undefined })).toContain(
        'There is no display here, so Beacon serves the same application to a browser.',
      );
    });

    test('without a runtime and without a way to one', async () => {
      const output = await served({
        ...withDisplay,
        ELECTRON_OVERRIDE_DIST_PATH: temporaryFolder(),
        ELECTRON_MIRROR: 'http://127.0.0.1:1',
      });
      expect(output).toContain(
        'The Electron runtime is not here and cannot be downloaded, so Beacon serves the same application to a browser.',
      );
    });
  },
);

describe('what dies by itself', () => {
  test.each([
    ['the headless engine', ['engine', '--broker', 'mqtt://127.0.0.1:1', '--listen', '127.0.0.1:0']],
    ['the served application with its broker', ['--web', '--no-simulator', '--port', '0']],
  ])('%s is started again at its address, and a signal ends all of it', async (_, args) => {
    const data = temporaryFolder();
    const run = runScript('main/start.mjs', [...args, '--county', county, '--data', data]);
    onTestFinished(() => run.kill('SIGKILL'));
    const addresses = (): string[] => [...run.output().matchAll(/^Beacon is at (\S+)$/gm)].map(([, url = '']) => url);
    const [url = ''] = await eventually('The address', () => (addresses().length === 1 ? addresses() : undefined));
    for (let death = 1; death <= 2; death++) {
      const pid = Number(readFileSync(join(data, 'engine.pid'), 'utf8'));
      if (process.platform === 'linux')
        expect(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').split('\0')).toEqual(
          expect.arrayContaining(ENGINE_FLAGS),
        );
      process.kill(pid, 'SIGKILL');
      await eventually('The next run', () => addresses().length === death + 1 || undefined);
      expect(addresses().at(-1)).toBe(url);
      expect((await fetch(`${url}/healthz`)).status).toBeGreaterThanOrEqual(200);
    }
    expect(run.errors()).toContain('Beacon ended by itself (SIGKILL) and is started again in 0.5 s.');
    expect(run.errors()).toContain('Beacon ended by itself (SIGKILL) and is started again in 1 s.');
    run.kill('SIGTERM');
    const { code } = await run.ended;
    expect(code).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});

describe('what keeps it from starting', () => {
  test('a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await eventually('The port', () => taken.listening || undefined);
    const port = String((taken.address() as AddressInfo).port);
    expectSentence(
      await beacon(
        '--web',
        '--port',
        port,
        '--data',
        temporaryFolder(),
        '--county',
        county,
        '--broker',
        'mqtt://127.0.0.1:1',
      ),
      new RegExp(`Port ${port} is in use.*--port`),
      1,
    );
  });

  test('a data folder that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expectSentence(
      await beacon('--web', '--port', '0', '--data', join(file, 'data'), '--county', county),
      /The data folder .* cannot be written .*--data DIR/,
      1,
    );
  });

  test.each([
    ['a data folder that another engine holds', ['--broker', 'mqtt://127.0.0.1:1']],
    ['a data folder whose broker runs already', ['--no-simulator']],
  ])('%s', async (_name, more) => {
    const args = ['--port', '0', '--data', temporaryFolder(), '--county', county, ...more];
    const first = ended(await startHost(args));
    expectSentence(await beacon('--web', ...args), /data folder/, 1);
    await first.stop();
  });

  test('a county folder with a broken file', async () => {
    const broken = join(temporaryFolder(), 'county');
    cpSync(county, broken, { recursive: true });
    writeFileSync(join(broken, 'county.json'), '{"name":');
    expectSentence(
      await beacon(
        '--web',
        '--port',
        '0',
        '--data',
        temporaryFolder(),
        '--county',
        broken,
        '--broker',
        'mqtt://127.0.0.1:1',
      ),
      /county\.json/,
      1,
    );
  });
});

describe('a broker that cannot be used leaves the rest running, and is tried again', () => {
  const start = async (data: string, broker: string, ...more: string[]): Promise<Host> =>
    ended(await startHost(['--port', '0', '--data', data, '--county', county, '--broker', broker, ...more]));
  const health = async ({ url }: Host): Promise<{ status: number; broker: string }> => {
    const answer = await fetch(`${url}/healthz`);
    return { status: answer.status, broker: ((await answer.json()) as { broker: string }).broker };
  };
  const said = (host: Host, sentence: RegExp): Promise<boolean> =>
    eventually(String(sentence), () => sentence.test(host.errors()) || undefined);

  test('one that is not there, and comes', async () => {
    const broker = await startMosquitto();
    onTestFinished(broker.dispose);
    await broker.stop();
    const host = await start(temporaryFolder(), broker.url);
    await said(host, /Nothing answers at .*Check that the broker runs/);
    expect(await health(host)).toMatchObject({ status: 503, broker: 'lost' });
    await broker.start();
    await eventually('The connection', async () => (await health(host)).status === 200 || undefined);
    expect(await health(host)).toMatchObject({ broker: 'connected' });
    const { code, errors } = await host.stop();
    expect(code).toBe(0);
    expect(errors).not.toMatch(/^\s+at /m);
  });

  test('one that refuses the password', async () => {
    const broker = await startMosquitto({ user: { name: 'beacon', password: 'right' } });
    onTestFinished(broker.dispose);
    const host = await start(temporaryFolder(), broker.url.replace('//', '//beacon:wrong@'));
    await said(host, /refused the user name or password/);
    expect(host.errors() + host.output()).not.toContain('wrong');
    expect(await health(host)).toMatchObject({ status: 503, broker: 'refused' });
  });

  test('one whose certificate is not trusted, until its authority is given', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'broker' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const broker = await startMosquitto({ tls: { cert, key } });
    onTestFinished(broker.dispose);
    const stranger = await start(temporaryFolder(), broker.url);
    await said(stranger, /certificate of .* is not trusted .*--ca FILE/);
    const ca = join(temporaryFolder(), 'ca.pem');
    writeFileSync(ca, cert);
    await said(await start(temporaryFolder(), broker.url, '--ca', ca), /Connected to/);
  });
});

describe('the whole county', () => {
  /** Processes below a process, from the system's own table. */
  function descendants(pid: number): number[] {
    const file = `/proc/${String(pid)}/task/${String(pid)}/children`;
    const children = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
    return children.flatMap((child) => [child, ...descendants(child)]);
  }
  const isAlive = (pid: number): boolean =>
    existsSync(`/proc/${String(pid)}`) && !/\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  const commandOf = (pid: number): string =>
    existsSync(`/proc/${String(pid)}/cmdline`) ? readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8') : '';
  const whole = async (): Promise<Host> =>
    ended(await startHost(['--port', '0', '--data', temporaryFolder(), '--seed', '7', '--scale', '0.05']));

  test.skipIf(process.platform !== 'linux')(
    'a broker that dies is started again at the same address, and the engine finds it',
    async () => {
      const host = await whole();
      const connections = (): number => host.errors().match(/(?<!desk: )Connected to/g)?.length ?? 0;
      await eventually('The connection', () => connections() >= 1 || undefined);
      const broker = descendants(host.pid).find((pid) => commandOf(pid).includes('broker.js'));
      process.kill(broker ?? 0, 'SIGKILL');
      await eventually('The next connection', () => connections() >= 2 || undefined);
      expect(host.errors()).toMatch(/The broker ended .* is started again/);
      expect((await host.stop()).code).toBe(0);
    },
  );

  test.skipIf(process.platform !== 'linux').each<[string, NodeJS.Signals]>([
    ['told to end', 'SIGINT'],
    ['killed', 'SIGKILL'],
  ])('nothing is left of it when it is %s', async (_how, signal) => {
    const host = await whole();
    const all = await eventually('Broker and county', () =>
      descendants(host.pid).length >= 2 ? descendants(host.pid) : undefined,
    );
    host.kill(signal);
    const { code, errors } = await host.ended;
    if (signal === 'SIGINT') expect(code).toBe(0);
    await eventually('The end of its processes', () => all.every((pid) => !isAlive(pid)) || undefined, 60_000);
    expect(errors).not.toMatch(/^\s+at |is started again/m);
  });
});
